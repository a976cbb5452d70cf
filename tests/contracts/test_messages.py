"""A message once told must be understood by everybody who still runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.base import Message
from shared.personal import Erased
from tests.fakes import MemoryKeys
from tools.event_catalogue import messages, type_of

GOLDEN = Path(__file__).parent / "golden"
KEYS = {"keys": MemoryKeys()}


def golden(message: type[Message]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(
        (GOLDEN / f"{type_of(message)}.json").read_text()
    )
    return written


@pytest.mark.parametrize("message", messages(), ids=type_of)
def test_a_message_told_in_the_past_is_still_understood(message: type[Message]) -> None:
    understood = message.model_validate(golden(message), context=KEYS)

    assert understood.type == type_of(message)


@pytest.mark.parametrize("message", messages(), ids=type_of)
def test_what_is_told_today_is_what_was_promised(message: type[Message]) -> None:
    understood = message.model_validate(golden(message), context=KEYS)

    told = understood.model_dump(mode="json", context=KEYS)

    assert told == {
        key: {"subject": value["subject"]} if is_sealed(value) else value
        for key, value in golden(message).items()
    }


@pytest.mark.parametrize("message", messages(), ids=type_of)
def test_a_personal_value_without_key_is_understood_as_erased(
    message: type[Message],
) -> None:
    understood = message.model_validate(golden(message), context=KEYS)

    for name, value in golden(message).items():
        if is_sealed(value):
            assert getattr(understood, name) == Erased("citizen-1")


def is_sealed(value: object) -> bool:
    return isinstance(value, dict) and "sealed" in value
