"""How a message of an inbox becomes an argument, and what is done when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from eventsourcing.persistence import IntegrityError
from pydantic import Field, TypeAdapter, ValidationError

from shared.contracts.base import Message
from shared.errors import DomainError
from shared.personal import Keys

PAUSE = 0.5  # seconds before the second attempt; doubles with each
CLASH = 0.02

HOPELESS = (DomainError, ValidationError)  # no repetition will heal these


class ForgedMessageError(DomainError):
    """A message speaks for a service that did not send it."""

    code = "message-forged"


@cache
def understood(method: Callable[..., Any]) -> TypeAdapter[Any]:
    """The messages that the hint of a method's argument `message` names."""
    hint = get_type_hints(method)["message"]
    if len(get_args(hint)) > 1:
        hint = Annotated[hint, Field(discriminator="type")]
    return TypeAdapter(hint)


def opened(method: Callable[..., Any], body: Any, keys: Keys) -> Message:
    """The message that this method understands, with its personal values readable."""
    function = getattr(method, "__func__", method)
    message: Message = understood(function).validate_python(
        body, context={"keys": keys}
    )
    return message


def heard(
    method: Callable[..., Any], body: Any, properties: dict[str, Any], keys: Keys
) -> Message:
    """The message, opened; its sender is whom the broker let speak for its source."""
    message = opened(method, body, keys)
    if properties.get("user_id") != message.source:
        raise ForgedMessageError(message.source)
    return message


def pause(headers: dict[str, Any], error: Exception) -> float:
    """Seconds to wait before giving a message back for its next attempt.

    Who only met another's save need not wait long for it to be over.
    """
    first = CLASH if isinstance(error, IntegrityError) else PAUSE
    return first * float(2 ** int(headers.get("x-delivery-count", 0)))
