"""Personal values cross the bus sealed, or not at all."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from shared.contracts.base import Sealed, SealError
from shared.personal import Erased, Personal
from tests.fakes import MemoryKeys

VALUE: TypeAdapter[Personal | Erased] = TypeAdapter(Sealed)
NAME = Personal("citizen-1", "Nguyễn Thị Hoa")


def test_a_personal_value_crosses_the_bus_sealed() -> None:
    keys = MemoryKeys()

    crossing = VALUE.dump_python(NAME, mode="json", context={"keys": keys})

    assert "Nguyễn" not in json.dumps(crossing, ensure_ascii=False)
    assert VALUE.validate_python(crossing, context={"keys": keys}) == NAME


def test_without_keys_a_personal_value_does_not_leave() -> None:
    with pytest.raises(PydanticSerializationError, match="SealError"):
        VALUE.dump_python(NAME, mode="json")


def test_without_keys_a_sealed_value_is_not_taken_for_a_value() -> None:
    crossing = VALUE.dump_python(NAME, mode="json", context={"keys": MemoryKeys()})

    with pytest.raises(SealError):
        VALUE.validate_python(crossing)


def test_a_value_whose_key_is_destroyed_arrives_as_erased() -> None:
    keys = MemoryKeys()
    crossing = VALUE.dump_python(NAME, mode="json", context={"keys": keys})
    keys.erase("citizen-1")

    assert VALUE.validate_python(crossing, context={"keys": keys}) == Erased(
        "citizen-1"
    )


def test_what_was_erased_before_crosses_as_erased() -> None:
    keys = MemoryKeys()

    crossing = VALUE.dump_python(Erased("a"), mode="json", context={"keys": keys})

    assert VALUE.validate_python(crossing, context={"keys": keys}) == Erased("a")
