"""The legal clock of cases: calendars, extensions, what happens when time runs out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.absences import Absences
from services.workflow.domain import Case
from services.workflow.domain.apology import Term
from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice, Gazette
from services.workflow.domain.published import told_decree, told_notice
from services.workflow.domain.state import Act
from shared.actor import SYSTEM, Actor
from shared.errors import NotAllowedError


class Clockwork(Absences):
    """Commands answer the position in the log at which they became true."""

    def propose_extension(
        self, case_id: UUID, term: Term, reason: str, *, by: Actor
    ) -> int:
        def propose(case: Case, act: Act) -> None:
            case.propose_extension(term, reason, act=act)

        return self.act_on(case_id, propose, by=by)

    def approve_extension(self, case_id: UUID, reason: str, *, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.approve_extension(reason, act=act), by=by
        )

    def reject_extension(self, case_id: UUID, reason: str, *, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.reject_extension(reason, act=act), by=by
        )

    def enter_calendar_notice(self, notice: CalendarNotice, *, by: Actor) -> int:
        gazette = self._open_gazette()
        gazette.enter_notice(notice, directory=self._directory, by=by)
        return self._publish(gazette)

    def revoke_calendar_notice(
        self, notice_id: UUID, legal_notice: str, *, by: Actor
    ) -> int:
        gazette = self._open_gazette()
        gazette.revoke_notice(notice_id, legal_notice, by=by, now=self.clock())
        return self._publish(gazette)

    def calendar_notices(self, *, by: Actor) -> list[dict[str, Any]]:
        """All that were ever entered, by their date; any officer may know them."""
        require_staff(by)
        gazette = self.gazette()
        notices = gazette.notices.values() if gazette else ()
        return [told_notice(each) for each in sorted(notices, key=by_day)]

    def issue_decree(self, decree: Decree, *, by: Actor) -> int:
        gazette = self._open_gazette()
        gazette.issue_decree(decree, directory=self._directory, by=by)
        return self._publish(gazette)

    def end_decree(self, decree_id: UUID, legal_basis: str, *, by: Actor) -> int:
        gazette = self._open_gazette()
        gazette.end_decree(decree_id, legal_basis, by=by, now=self.clock())
        return self._publish(gazette)

    def decrees(self, *, by: Actor) -> list[dict[str, Any]]:
        """All that were ever issued, the latest first."""
        require_staff(by)
        gazette, now = self.gazette(), self.clock()
        decrees = gazette.decrees.values() if gazette else ()
        latest = sorted(decrees, key=lambda each: each.since, reverse=True)
        return [told_decree(each, now) for each in latest]

    def ring(self, case_id: UUID) -> datetime | None:
        """Do what is due with a case by now; when something will be due again."""
        case = self._case(case_id)
        act = self._act(case, SYSTEM)
        case.ring(act)
        self.save(case)
        return case.next_alarm(act)

    def _open_gazette(self) -> Gazette:
        """The one of this deployment; its first notice or decree opens it."""
        if Gazette.create_id() not in self.repository:
            return Gazette()
        gazette: Gazette = self.repository.get(Gazette.create_id())
        return gazette

    def _publish(self, gazette: Gazette) -> int:
        """What was published already stands where it stood."""
        if not gazette.pending_events:
            return self.recorder.max_notification_id() or 0
        return self.commit(gazette)


def require_staff(by: Actor) -> None:
    if by.kind != "staff":
        raise NotAllowedError(by.subject)


def by_day(notice: CalendarNotice) -> tuple[date, datetime]:
    return notice.day, notice.valid_from
