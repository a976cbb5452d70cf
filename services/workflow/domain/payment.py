"""Money that has to come before the case goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.workflow.domain.clock_state import Hold
from services.workflow.domain.decision import Decisions
from services.workflow.domain.facts import REVIEWERS
from services.workflow.domain.memory import Payment
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import State, Step
from services.workflow.errors import (
    AmountInvalidError,
    LegalBasisMissingError,
    PaymentOpenError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate


@dataclass(frozen=True)
class Charge:
    """What is to be paid, for what, and by which law."""

    amount: int
    name: dict[str, str]
    legal_basis: str


class Payments(Decisions):
    def ask_payment(self, key: str, charge: Charge, *, act: Act) -> None:
        """Have the applicant pay; the step and the clock wait for it."""
        step = self.open_step(key)
        self.require_cashing(step, act.by)
        self.require_undecided()
        if self.payment:
            raise PaymentOpenError(str(self.id), self.applicant, self.payment.since)
        self.require_transition("T11")
        if charge.amount < 1:
            raise AmountInvalidError(str(self.id))
        if not charge.legal_basis.strip():
            raise LegalBasisMissingError(str(self.id))
        self.trigger_event(
            self.PaymentAsked,
            step=key,
            unit=step.unit,
            amount=charge.amount,
            name=charge.name,
            legal_basis=charge.legal_basis,
            asked_by=act.by.subject,
            asked_at=act.now,
        )

    def require_cashing(self, step: Step, by: Actor) -> None:
        """A reviewer asks, at his own step."""
        if step.role not in REVIEWERS or step.key in self.consultations:
            raise NotAllowedError(step.key)
        self.require_worker(step, by)

    class PaymentAsked(Aggregate.Event):
        TOPIC = "workflow.case.payment-asked"

        step: str
        unit: str
        amount: int
        name: dict[str, str]
        legal_basis: str
        asked_by: str
        asked_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.payment = Payment(
                self.step,
                self.amount,
                self.name,
                self.legal_basis,
                self.asked_by,
                self.asked_at,
            )
            aggregate.fees_settled = False
            aggregate.steps[self.step].state = State.WAITING
            aggregate.hold(Hold.PAYMENT, self.asked_at)

    def settle_fees(self, *, act: Act) -> None:
        """Nothing remains to be paid; what was said before we asked says nothing."""
        if self.payment and act.now < self.payment.since:
            return
        if not self.fees_settled:
            self.trigger_event(self.FeesSettled)
        if self.payment:
            step = self.payment.step
            self.trigger_event(self.PaymentSettled, step=step, settled_at=act.now)
            self.move_due_date("payment", act)
        self.proceed(act)

    class FeesSettled(Aggregate.Event):
        TOPIC = "workflow.case.fees-settled"

        def apply(self, aggregate: CaseState) -> None:
            aggregate.fees_settled = True

    class PaymentSettled(Aggregate.Event):
        TOPIC = "workflow.case.payment-settled"

        step: str
        settled_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.payment = None
            aggregate.release(Hold.PAYMENT, self.settled_at)
            step = aggregate.steps[self.step]
            if step.state == State.WAITING:
                step.state = State.OPEN
