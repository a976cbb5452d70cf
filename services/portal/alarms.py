"""Each working morning, one letter to every officer for whom something waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Protocol
from uuid import UUID

from services.portal.application import PortalApplication
from services.portal.domain import Account
from services.portal.office_days import calendar_of
from services.portal.roster import Roster
from shared.clock import LOCAL

FIRST, LAST = time(7), time(11)  # later than that, officers have seen for themselves


class DigestRows(Protocol):
    def done(self, day: date) -> set[UUID]:
        """For whom this day's letter is written, or needless."""

    def mark(self, day: date, account_id: UUID) -> None: ...

    def notices(self, now: datetime) -> list[dict[str, Any]]:
        """The legal notices in force."""


class Post(Protocol):
    def deliver(self, account: Account, day: date) -> None:
        """Find out what waits for an officer, and have it written to them."""


class DigestAlarms:
    """Idempotent: a letter has one id for each officer and day, whoever asks twice."""

    def __init__(self, app: PortalApplication, rows: DigestRows, post: Post) -> None:
        self._app = app
        self._roster = Roster(app)
        self._rows = rows
        self._post = post
        self._done: tuple[date, set[UUID]] | None = None

    def due(self, now: datetime, limit: int) -> Sequence[UUID]:
        here = now.astimezone(LOCAL)
        if not FIRST <= here.time() < LAST:
            return ()
        done = self._done_on(here.date())
        waiting = [each for each in self._roster.written_to() if each.id not in done]
        if not waiting:
            return ()
        notices = self._rows.notices(now)
        return [each.id for each in waiting if self._works(each, here.date(), notices)][
            :limit
        ]

    def ring(self, id: UUID) -> None:
        day = self._app.clock().astimezone(LOCAL).date()
        self._post.deliver(self._app.repository.get(id), day)
        self._rows.mark(day, id)
        self._done_on(day).add(id)

    def _works(
        self, account: Account, day: date, notices: list[dict[str, Any]]
    ) -> bool:
        unit = self._app.directory.unit(str(account.agency))
        return calendar_of(unit, notices).is_working_day(day)

    def _done_on(self, day: date) -> set[UUID]:
        """Read once a day; from then on we know what we did ourselves."""
        if self._done is None or self._done[0] != day:
            self._done = (day, self._rows.done(day))
        return self._done[1]
