"""Dossiers written down in a file, and when each of them is due."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from infra.cli import legal_input as read
from shared.legal_time import (
    OFFICE_HOURS,
    Calendar,
    Counted,
    LegalTime,
    Override,
    Stop,
    count,
)

PROVINCE, AGENCY = "P1", "A1"  # whose dossiers they are

Moment = Annotated[datetime, BeforeValidator(read.moment)]
Day = Annotated[date, BeforeValidator(read.day)]
Hour = Annotated[str, BeforeValidator(read.hour)]
Hours = Annotated[tuple[tuple[Hour, Hour], ...], AfterValidator(read.office_hours)]


class Written(BaseModel):
    """A part of the file; null is as good as left out, a strange key is told."""

    model_config = ConfigDict(frozen=True, extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        return {key: each for key, each in content.items() if each is not None}


class Time(Written):
    value: int = Field(default=0, strict=True)
    unit: Literal["working_day", "day", "same_day"]
    cutoff: Hour | None = None

    @model_validator(mode="after")
    def _require_value(self) -> Time:
        read.days(self.value, self.unit)
        return self

    @property
    def legal(self) -> LegalTime:
        return LegalTime(read.days(self.value, self.unit), self.unit, self.cutoff)


class Notice(Written):
    day: Day = Field(alias="date")
    kind: Literal["off", "work"]
    scope: Literal["national", "province", "agency"]
    scope_id: str = ""
    legal_notice: str = ""

    @model_validator(mode="after")
    def _require_scope_id(self) -> Notice:
        if self.scope != "national" and not self.scope_id:
            raise read.InputError(f"scope_id is missing: write which {self.scope}")
        return self

    @property
    def override(self) -> Override:
        place = self.scope_id
        return Override(self.day, self.kind, self.scope, place, self.legal_notice)


class Pause(Written):
    since: Moment = Field(alias="from")
    until: Moment | None = Field(alias="to", default=None)
    effect: Literal["pause", "restart"] = "pause"

    @model_validator(mode="before")
    @classmethod
    def _require_end(cls, content: Any) -> Any:
        if isinstance(content, dict) and "to" not in content:
            raise read.InputError('"to" is missing: write null while the pause lasts')
        return content

    @model_validator(mode="after")
    def _require_order(self) -> Pause:
        read.in_order(self.stop)
        return self

    @property
    def stop(self) -> Stop:
        return Stop(self.since, self.until, self.effect)


class Scenario(Written):
    """One dossier of the agency A1 in the province P1."""

    id: str | int
    received: Moment
    legal_time: Time
    office_hours: Hours = OFFICE_HOURS
    overrides: list[Notice] = []
    pauses: list[Pause] = []

    def counted(self) -> Counted:
        notices = tuple(each.override for each in self.overrides)
        calendar = Calendar(self.office_hours, notices, PROVINCE, AGENCY)
        stops = [each.stop for each in self.pauses]
        return count(self.received, self.legal_time.legal, calendar, stops=stops)

    def unknown(self) -> Iterator[str]:
        """The keys nobody reads: perhaps misspelt."""
        for part in (self, self.legal_time, *self.overrides, *self.pauses):
            yield from part.model_extra or ()


SCENARIOS = TypeAdapter(list[Scenario])


def scenarios(file: Path) -> list[Scenario]:
    """All of a file, or what is wrong in it, each place with its reason."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise read.InputError(f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise read.InputError(f"{file} is not JSON: {error}") from None
    if not isinstance(content, list):
        raise read.InputError(f"{file} is no list: write [{{...}}, {{...}}]")
    try:
        return SCENARIOS.validate_python(content)
    except ValidationError as error:
        wrong = [f"{place(each, content)}: {reason(each)}" for each in error.errors()]
        raise read.InputError("\n".join(wrong)) from None


def place(error: ErrorDetails, content: list[Any]) -> str:
    """Which dossier, and where in it."""
    number, *inside = error["loc"]
    steps = [f"[{each}]" if isinstance(each, int) else f".{each}" for each in inside]
    dossier = content[int(number)]
    named = dossier.get("id") if isinstance(dossier, dict) else None
    return f"[{number}]{''.join(steps)}" + (f" (id {named!r})" if named else "")


def reason(error: ErrorDetails) -> str:
    match error["type"]:
        case "value_error":
            return str(error["ctx"]["error"])
        case "missing":
            return "is missing: write it"
        case "model_type":
            return f"write an object {{...}}, not {error['input']!r}"
        case _:
            said = error["msg"].replace("Input should be", "write")
            return f"{said[0].lower()}{said[1:]}, not {error['input']!r}"
