"""What an inbox accepts: messages it knows, from whom they speak for."""

from __future__ import annotations

from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError
from pydantic import ValidationError

from shared.contracts.documents import FileChecked, FileReceived
from shared.messaging.hearing import ForgedMessageError, heard, pause
from tests.fakes import MemoryKeys
from tests.unit.shared.things import a_message

KEYS = MemoryKeys()


def hear(message: FileReceived) -> None:
    """A method that understands one message."""


def hear_both(message: FileReceived | FileChecked) -> None:
    """A method that understands two."""


def body(**changed: Any) -> dict[str, Any]:
    return a_message().model_dump(mode="json") | changed


@pytest.mark.parametrize("method", [hear, hear_both])
def test_a_message_from_its_source_is_heard(method: Any) -> None:
    said = body()

    message = heard(method, said, {"user_id": "documents"}, KEYS)

    assert message == FileReceived.model_validate(said)


@pytest.mark.parametrize("sender", [{"user_id": "notifications"}, {}])
def test_nobody_can_speak_for_another_service(sender: dict[str, Any]) -> None:
    with pytest.raises(ForgedMessageError):
        heard(hear, body(), sender, KEYS)


@pytest.mark.parametrize("method", [hear, hear_both])
def test_an_unknown_version_of_a_message_is_refused(method: Any) -> None:
    with pytest.raises(ValidationError):
        heard(method, body(type="file.received.v9"), {"user_id": "documents"}, KEYS)


def test_each_attempt_waits_longer_than_the_one_before() -> None:
    waits = [pause({"x-delivery-count": count}, OSError()) for count in range(4)]

    assert waits == sorted(set(waits))


def test_who_met_another_save_tries_again_soon() -> None:
    assert pause({}, IntegrityError()) < pause({}, OSError())
