"""What workflow needs around it: the queue of open steps, ready to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from services.workflow.errors import CursorInvalidError

Place = tuple[
    int, datetime, UUID, str
]  # in the order of a queue: lane, due, case, step
Row = dict[str, Any]

Due = Literal["overdue", "soon", "later"]

EXPRESS, ORDINARY = 0, 1  # lanes
LANES = ("0", "1")  # as a cursor writes them
NOBODY = ""


@dataclass(frozen=True)
class Filters:
    """Which open steps of a unit; what is not named does not matter.

    `q` finds words of the code, the procedure, the step and the applicant's name.
    """

    role: str | None = None
    mine: bool = False
    unassigned: bool = False
    assignee: str | None = None
    status: int | None = None
    procedure: str | None = None
    due: Due | None = None
    priority: bool | None = None
    q: str | None = None
    code: str | None = None
    applicant: str | None = None


@dataclass(frozen=True)
class Wanted:
    """Which page of a list, and how fresh."""

    filters: Filters = Filters()
    limit: int = 50
    after: str | None = None
    seen: int | None = None

    @property
    def place(self) -> Place | None:
        """Where the page before ended."""
        if self.after is None:
            return None
        try:
            lane, due_at, case_id, step = self.after.split("~")
            due, id = datetime.fromisoformat(due_at), UUID(case_id)
            return LANES.index(lane), due, id, step
        except ValueError:
            raise CursorInvalidError(self.after) from None


def cursor(row: Row) -> str:
    """Where a page ends that ends with this row."""
    place = row["lane"], row["due_at"].isoformat(), row["case_id"], row["step"]
    return "~".join(map(str, place))


@dataclass(frozen=True)
class Listing:
    """A list as it is for one reader at one moment."""

    unit: str
    reader: str
    at: datetime
    filters: Filters = Filters()

    @property
    def assignees(self) -> list[str]:
        """Whose steps are wanted; none named: everybody's."""
        wanted = self.filters
        named = [
            *([self.reader] if wanted.mine else []),
            *([NOBODY] if wanted.unassigned else []),
            *([wanted.assignee] if wanted.assignee is not None else []),
        ]
        return list(dict.fromkeys(named))


@dataclass(frozen=True)
class Counts:
    """How many steps each list would show; capped ones are at least so many.

    All but `found` count whatever officer is asked for.
    """

    open: int
    mine: int
    unassigned: int
    found: int
    is_capped: bool = False


@dataclass(frozen=True)
class Watch:
    """Which things somebody is told of: in a unit or in all, theirs only or all."""

    kinds: tuple[str, ...]
    unit: str | None
    assignee: str | None = None


class QueueView(Protocol):
    """The open steps of all units: emergencies first, then by the date they are due."""

    def page(
        self, listing: Listing, after: Place | None, limit: int, *, back: bool = False
    ) -> list[Row]:
        """So many steps of the list after a place; with `back` those before, nearest
        first."""

    def counts(self, listing: Listing) -> Counts:
        """How many there are, known without counting all of them."""

    def place_of(self, case_id: UUID, step: str) -> Place | None:
        """Where a step stands, or stood, among the steps of a case not yet closed."""

    def loads(self, unit: str, officers: Sequence[str]) -> dict[str, int]:
        """How many open steps of the unit each officer has."""

    def alerts(self, watch: Watch, limit: int) -> list[Row]:
        """The steps one of these things happened to, the most urgent first."""

    def wait(
        self, application_name: str, notification_id: int | None, timeout: float
    ) -> None:
        """Return when this position of the log is shown, or raise TimeoutError."""


@dataclass(frozen=True)
class Period:
    """Of which time, and of which cases; what is not named does not matter.

    Cases of a unit are those it received, and those it had a step of; a receiver is
    the unit that received them.
    """

    since: datetime
    until: datetime
    unit: str | None = None
    procedure: str | None = None
    channel: str | None = None
    receiver: str | None = None


@dataclass(frozen=True)
class Figured:
    """Which of the counted cases: by the name of a count, and the step they wait at.

    A `reader` is shown only those that are the affair of their unit.
    """

    name: str
    step: str | None = None
    reader: str | None = None
    after: str | None = None
    limit: int = 50

    @property
    def place(self) -> tuple[datetime, UUID] | None:
        """Where the page before ended."""
        if self.after is None:
            return None
        try:
            at, case_id = self.after.split("~")
            return datetime.fromisoformat(at), UUID(case_id)
        except ValueError:
            raise CursorInvalidError(self.after) from None


class FiguresView(Protocol):
    """One row for each case that ever was, with what its lateness is judged by."""

    def counts(self, period: Period) -> list[Row]:
        """By unit, procedure and channel: received, ended, late, open, overdue."""

    def trend(self, period: Period, by: str) -> list[Row]:
        """By day or by month: received, ended on time, ended late."""

    def steps(self, period: Period) -> list[Row]:
        """By procedure, step and unit: how many wait, how long they took."""

    def cases(self, period: Period, wanted: Figured) -> list[Row]:
        """The cases behind a count, the last received first, and one more."""
