"""Late is handled: an apology with a new date, and an extension where law allows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from services.workflow.domain.apology import APPROVED, DRAFT, PROPOSED, Apology, Term
from services.workflow.domain.deadline import Deadline
from services.workflow.domain.duty import Duty
from services.workflow.domain.memory import DATE, Decided
from services.workflow.domain.state import Act, CaseState, Text
from services.workflow.errors import (
    CaseOverError,
    DateInPastError,
    ExtensionTooLongError,
    NothingToDecideError,
    ReasonMissingError,
    SamePersonError,
)
from shared.actor import require_stepped_up
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.legal_time import Extension
from shared.personal import Personal

APOLOGY = "apology"
PROPOSERS = ("reviewer", "unit_leader")


class Extensions(Deadline):
    def apology_duties(self, act: Act) -> Iterator[Duty]:
        """A draft lies ready before the date passes, unless somebody was quicker."""
        is_proposed = self.apology is not None and self.apology.state == PROPOSED
        is_drafted = self.told.get(APOLOGY) == self.due_at
        if not self.clock_stands and not is_proposed and not is_drafted:
            yield Duty(self._apology_at(act), self._draft_apology)

    def _apology_at(self, act: Act) -> datetime:
        """So many working days before, but not in the first half of the time."""
        calendar, days = act.calendar(self.unit), rules(act)[NOTIFY]
        closing = calendar.closing(self.due_at.astimezone(LOCAL).date())
        morning = calendar.before(closing, (days + 1) * calendar.day_minutes)
        return max(morning, self.received_at + (self.due_at - self.received_at) / 2)

    def _draft_apology(self, act: Act) -> None:
        term = self._usual_term(act)
        self.trigger_event(
            self.ApologyDrafted,
            due_at=self.due_at,
            new_due_at=self._later_by(term, act),
            value=term.value,
            unit=term.unit,
            is_extension=self._is_extension(act),
            drafted_at=act.now,
        )

    class ApologyDrafted(Aggregate.Event):
        """With `is_extension` the legal date may move, else only a date is promised."""

        TOPIC = "workflow.case.apology-drafted"

        due_at: datetime
        new_due_at: datetime
        value: int
        unit: str
        is_extension: bool
        drafted_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.told[APOLOGY] = self.due_at
            term = Term(self.value, self.unit)
            aggregate.apology = Apology(DRAFT, term, self.new_due_at, self.is_extension)

    def propose_extension(self, term: Term, reason: str, *, act: Act) -> None:
        """Say by how much the dossier will be late, and why."""
        self.require_proposer(act)
        if not reason.strip():
            raise ReasonMissingError(str(self.id))
        self.trigger_event(
            self.ExtensionProposed,
            new_due_at=self._new_date(term, act),
            value=term.value,
            unit=term.unit,
            is_extension=self._is_extension(act),
            reason=self.personal(reason),
            proposed_by=act.by.subject,
            proposed_at=act.now,
            on_behalf_of=act.by.on_behalf_of,
        )

    class ExtensionProposed(Aggregate.Event):
        TOPIC = "workflow.case.extension-proposed"

        new_due_at: datetime
        value: int
        unit: str
        is_extension: bool
        reason: Text
        proposed_by: str
        proposed_at: datetime
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.apology = Apology(
                PROPOSED,
                Term(self.value, self.unit),
                self.new_due_at,
                self.is_extension,
                self.reason,
                self.proposed_by,
                self.on_behalf_of,
            )

    def approve_extension(self, reason: str = "", *, act: Act) -> None:
        """Apologise to the applicant; within the law, the date moves."""
        apology = self.require_decider_of_date(act)
        if not apology.people.isdisjoint({act.by.subject, act.by.on_behalf_of}):
            raise SamePersonError(str(self.id))
        words = self.personal(reason.strip()) or apology.reason
        if words is None:
            raise ReasonMissingError(str(self.id))
        require_stepped_up(act.by)
        is_extension, new = self._is_extension(act), self._new_date(apology.term, act)
        self.trigger_event(
            self.ExtensionApproved,
            **self.about(),
            unit=self.unit,
            old_due_at=self.due_at,
            new_due_at=new,
            value=apology.term.value,
            unit_of_time=apology.term.unit,
            is_extension=is_extension,
            reason=words,
            proposed_by=apology.proposed_by or "system",
            approved_by=act.by.subject,
            approver=Personal(act.by.subject, act.by.name),
            approved_at=act.now,
        )
        if is_extension:
            self.move_due_date("extension", act, at_least=new)

    class ExtensionApproved(Aggregate.Event):
        TOPIC = "workflow.case.extension-approved"

        code: str
        procedure: str
        procedure_code: str
        procedure_name: dict[str, str]
        unit: str
        language: str
        received_at: datetime
        presentation: Text
        old_due_at: datetime
        new_due_at: datetime
        value: int
        unit_of_time: str
        is_extension: bool
        reason: Text
        proposed_by: str
        approved_by: str
        approver: Text
        approved_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            term = Term(self.value, self.unit_of_time)
            aggregate.apology = Apology(
                APPROVED,
                term,
                self.new_due_at,
                self.is_extension,
                self.reason,
                self.proposed_by,
            )
            aggregate.apologies += 1
            aggregate.decided[DATE] = Decided(self.approved_by, self.approved_at)
            aggregate.told[APOLOGY] = self.old_due_at
            if self.is_extension:
                more = Extension(self.approved_at, self.value, self.unit_of_time)
                aggregate.extensions.append(more)

    def reject_extension(self, reason: str, *, act: Act) -> None:
        """The date stays as it was; the draft lies ready again."""
        self.require_decider_of_date(act)
        if not reason.strip():
            raise ReasonMissingError(str(self.id))
        self.trigger_event(
            self.ExtensionRejected,
            reason=self.personal(reason),
            rejected_by=act.by.subject,
            rejected_at=act.now,
        )

    class ExtensionRejected(Aggregate.Event):
        TOPIC = "workflow.case.extension-rejected"

        reason: Text
        rejected_by: str
        rejected_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.apology = None
            aggregate.decided[DATE] = Decided(self.rejected_by, self.rejected_at)

    def _is_extension(self, act: Act) -> bool:
        return len(self.extensions) < int(rules(act)["max"])

    def _usual_term(self, act: Act) -> Term:
        """As long as the procedure allows; else half of its time, a day at least."""
        if longest := rules(act)["max_length"]:
            return Term(**longest)
        usual = act.route.definition["legal_time"]["value"]
        return Term(max(1, usual // 2), "working_day")

    def _later_by(self, term: Term, act: Act) -> datetime:
        """So much after the date that is due now (C5)."""
        calendar, day = act.calendar(self.unit), self.due_at.astimezone(LOCAL).date()
        if term.unit == "day":
            last = calendar.next_working_day(day + timedelta(days=term.value - 1))
        else:
            last = calendar.next_working_day(day, term.value)
        hour = time.fromisoformat(act.route.definition["legal_time"]["due_time"])
        return min(calendar.closing(last), datetime.combine(last, hour, LOCAL))

    def _new_date(self, term: Term, act: Act) -> datetime:
        new, longest = self._later_by(term, act), rules(act)["max_length"]
        is_limited = longest is not None and self._is_extension(act)
        if is_limited and new > self._later_by(Term(**longest), act):
            raise ExtensionTooLongError(str(self.id))
        if new <= max(act.now, self.due_at):
            raise DateInPastError(str(self.id))
        return new

    def require_proposer(self, act: Act) -> None:
        self._require_officer(*PROPOSERS, rules(act)["proposed_by"], act=act)

    def require_decider_of_date(self, act: Act) -> Apology:
        """Who decides by the procedure, while something waits for the decision."""
        self._require_officer(rules(act)["decided_by"], act=act)
        if self.apology is None or self.apology.state == APPROVED:
            raise NothingToDecideError(str(self.id), *self.quicker(DATE))
        return self.apology

    def _require_officer(self, *roles: str, act: Act) -> None:
        """Of a unit that handles it, in one of these roles, before the end."""
        if not self.is_handled_by(act.by) or not act.by.has(*roles):
            raise NotAllowedError(str(self.id))
        if self.is_over:
            raise CaseOverError(str(self.id))


NOTIFY = "notify_before_due_working_days"


def rules(act: Act) -> Mapping[str, Any]:
    """What the procedure says of extensions."""
    found: Mapping[str, Any] = act.route.definition["extension"]
    return found
