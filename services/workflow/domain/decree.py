"""A decree: one act of law about the time of many dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeGuard
from uuid import UUID

from shared.clock import LOCAL

EFFECTS = ("freeze", "extend", "priority")
LISTS = ("procedures", "units", "codes")
DAYS = ("received_from", "received_until")

Wrong = dict[str, Any]


class Selected(Protocol):
    """What a selection looks at."""

    procedure: str
    unit: str
    code: str
    received_at: datetime


@dataclass(frozen=True)
class Decree:
    """`selection` names procedures, units, codes and days of receipt: all must fit."""

    id: UUID
    selection: dict[str, Any]
    effect: str
    legal_basis: str
    since: datetime
    until: datetime | None = None
    value: int | None = None
    unit: str | None = None
    issued_by: str = ""
    ended_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        return min(filter(None, (self.until, self.ended_at)), default=None)

    def has_ended(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def selects(self, case: Selected) -> bool:
        wanted, received = self.selection, case.received_at.astimezone(LOCAL).date()
        day = received.isoformat()
        return (
            case.procedure in (wanted.get("procedures") or [case.procedure])
            and case.unit in (wanted.get("units") or [case.unit])
            and case.code in (wanted.get("codes") or [case.code])
            and (wanted.get("received_from") or day) <= day
            and day <= (wanted.get("received_until") or day)
        )

    def concerns(self, case: Selected) -> bool:
        """It selects the case, and was not over before the case began."""
        ends = self.ends_at
        begins = max(self.since, case.received_at)
        return self.selects(case) and (ends is None or ends > begins)


def wrong(decree: Decree, units: set[str]) -> list[Wrong]:
    """What a decree lacks, item by item."""
    return [{"field": field} for field in dict.fromkeys(_wrong(decree, units))]


def _wrong(decree: Decree, units: set[str]) -> Iterator[str]:
    if not decree.legal_basis.strip():
        yield "legal_basis"
    if decree.effect not in EFFECTS:
        yield "effect"
    if decree.until and decree.until <= decree.since:
        yield "until"
    if decree.effect == "extend" and (decree.value or 0) < 1:
        yield "value"
    if decree.effect == "extend" and decree.unit not in ("working_day", "day"):
        yield "unit"
    yield from _wrong_selection(decree.selection, units)


def _wrong_selection(selection: dict[str, Any], units: set[str]) -> Iterator[str]:
    for key, value in selection.items():
        if key in LISTS:
            is_right = is_list_of_names(value)
        else:
            is_right = key in DAYS and (value is None or is_day(value))
        if not is_right:
            yield f"selection.{key}"
    named = selection.get("units")
    if is_list_of_names(named) and not units.issuperset(named):
        yield "selection.units"


def is_list_of_names(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False
