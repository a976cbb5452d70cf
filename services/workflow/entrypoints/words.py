"""What names and texts may be when they come over the bus."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from services.workflow.ports import Due
from shared.clock import LOCAL

D = TypeVar("D", bound=date)

FIRST, LAST = 2000, 2099  # years for which there are calendars


def in_our_time(day: D) -> D:
    if not FIRST <= day.year <= LAST:
        raise ValueError(f"{FIRST} to {LAST}")
    return day


def local_unless_said(moment: datetime) -> datetime:
    """A moment without a zone is meant as the clock on the wall shows it."""
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


Limit = Annotated[int, Field(ge=1, le=200)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=20_000)]
Days = Annotated[int, Field(ge=1, le=1000)]
Day = Annotated[date, AfterValidator(in_our_time)]
Moment = Annotated[
    datetime, AfterValidator(local_unless_said), AfterValidator(in_our_time)
]
Amount = Annotated[int, Field(le=10**12)]  # more than any fee, in dong
Word = Annotated[str, Field(max_length=200)]
Status = Annotated[int, Field(ge=1, le=10)]


@with_config(ConfigDict(extra="forbid"))
class Names(TypedDict):
    """What something is called in every language."""

    vi: Name
    en: Name
    fr: Name


@with_config(ConfigDict(extra="forbid"))
class FilterWords(TypedDict, total=False):
    """What a list can be filtered by; see `Filters`."""

    role: Word | None
    mine: bool
    unassigned: bool
    assignee: Word | None
    status: Status | None
    procedure: Word | None
    due: Due | None
    priority: bool | None
    q: Word | None
    code: Word | None
    applicant: Word | None


@with_config(ConfigDict(extra="forbid"))
class BulkArguments(TypedDict, total=False):
    """To whom steps are assigned, or how they are finished."""

    assignee: Name
    outcome: Name
    note: Text
    facts: dict[str, Any]
