"""The legal clock, over the bus."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from services.workflow.clockwork import Clockwork
from services.workflow.domain.apology import Term
from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice, Kind, Scope
from services.workflow.entrypoints.words import Day, Days, Moment, Name, Text
from shared import actor
from shared.messaging.rpc import command, question

Counted = Literal["working_day", "day"]


class ClockEntrypoints:
    app: Clockwork

    @command
    def propose_extension(
        self, case_id: UUID, value: Days, unit: Counted, reason: Text
    ) -> int:
        term = Term(value, unit)
        return self.app.propose_extension(case_id, term, reason, by=actor.current())

    @command
    def approve_extension(self, case_id: UUID, reason: Text = "") -> int:
        return self.app.approve_extension(case_id, reason, by=actor.current())

    @command
    def reject_extension(self, case_id: UUID, reason: Text) -> int:
        return self.app.reject_extension(case_id, reason, by=actor.current())

    @command
    def enter_calendar_notice(  # noqa: PLR0913 - what a notice says
        self,
        notice_id: UUID,
        date: Day,
        kind: Kind,
        scope: Scope,
        scope_id: Name | None = None,
        legal_notice: Text = "",
        valid_from: Moment | None = None,
    ) -> int:
        since = valid_from or self.app.clock()
        notice = CalendarNotice(
            notice_id, date, kind, scope, scope_id, legal_notice, since
        )
        return self.app.enter_calendar_notice(notice, by=actor.current())

    @command
    def revoke_calendar_notice(self, notice_id: UUID, legal_notice: Text = "") -> int:
        by = actor.current()
        return self.app.revoke_calendar_notice(notice_id, legal_notice, by=by)

    @question
    def calendar_notices(self) -> list[dict[str, Any]]:
        return self.app.calendar_notices(by=actor.current())

    @command
    def issue_decree(  # noqa: PLR0913 - what a decree says
        self,
        decree_id: UUID,
        selection: dict[str, Any],
        effect: Name,
        legal_basis: Text = "",
        since: Moment | None = None,
        until: Moment | None = None,
        value: Days | None = None,
        unit: Counted | None = None,
    ) -> int:
        begins = since or self.app.clock()
        how = legal_basis, begins, until, value, unit
        decree = Decree(decree_id, selection, effect, *how)
        return self.app.issue_decree(decree, by=actor.current())

    @command
    def end_decree(self, decree_id: UUID, legal_basis: Text = "") -> int:
        return self.app.end_decree(decree_id, legal_basis, by=actor.current())

    @question
    def decrees(self) -> list[dict[str, Any]]:
        return self.app.decrees(by=actor.current())
