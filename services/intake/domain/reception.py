"""The front desk's decision: receive the dossier, or say why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.intake.domain import documents
from services.intake.domain.fees import outstanding
from services.intake.domain.filing import Filing
from services.intake.domain.form import Filled
from services.intake.domain.reasons import UNANSWERED
from services.intake.domain.record import AT_THE_DESK, Text, sealed
from services.intake.domain.rules import Rules
from services.intake.domain.texts import Text3
from services.intake.errors import (
    FeesUnpaidError,
    ReasonMissingError,
    ReasonUnknownError,
    SupplementOpenError,
)
from shared.actor import Actor
from shared.eventsourcing import Aggregate
from shared.personal import Personal


class Reception(Filing):
    def require_acceptable(self, rules: Rules, by: Actor, now: datetime) -> Filled:
        """Complete, in order, and paid as far as the first step requires."""
        self.require_desk(rules, by, "front_desk")
        self.require_receivable()
        filled = self.fill(rules, now, AT_THE_DESK)
        self.require_complete(rules, filled)
        if "fees_settled" in rules.first_step.get("requires", ()):
            fees = self.fees_on(rules, now)
            if outstanding(fees, self.paid, ("on_submission",)) != 0:
                raise FeesUnpaidError(str(self.id))
        return filled

    def accept(self, code: str, *, rules: Rules, by: Actor, now: datetime) -> None:
        """Receive a complete dossier: the legal time begins, form 01 is due."""
        filled = self.require_acceptable(rules, by, now)
        self.assess_fees(rules, now)
        limit = rules.limit(filled.names)
        unit = rules.directory.unit(self.unit)
        self.trigger_event(
            self.Accepted,
            about=self.about(rules, filled),
            code=code,
            received_at=now,
            due_at=rules.due(now, limit, unit),
            legal_time=limit,
            accepted_by=by.subject,
            officer=Personal(by.subject, by.name),
            answers=sealed(self.applicant, filled.values),
            documents=self.handed_in(rules),
            fees=[{key: fee[key] for key in FEE} for fee in self.fees],
            fees_settled=self.balance == 0,
            exemption_groups=list(self.exemption_groups),
            is_emergency=rules.is_emergency,
            receiving_point=by.agency,
            **self.told(rules, filled),
        )

    class Accepted(Aggregate.Event):
        TOPIC = "intake.dossier.accepted"

        about: dict[str, Any]
        code: str
        received_at: datetime
        due_at: datetime
        legal_time: dict[str, Any]
        accepted_by: str
        officer: Text
        answers: Text
        documents: list[dict[str, Any]]
        fees: list[dict[str, Any]]
        fees_settled: bool
        exemption_groups: list[str]
        contact: Text
        presentation: Text
        is_emergency: bool = False
        receiving_point: str | None = None

        def apply(self, aggregate: Reception) -> None:
            aggregate.procedure_version = self.about["version"]
            aggregate.result_channel = self.about["result_channel"]
            aggregate.language = self.about["language"]
            aggregate.code = self.code
            aggregate.receiving_point = self.receiving_point
            aggregate.received_at = self.received_at
            aggregate.submitted_at = aggregate.submitted_at or self.received_at
            aggregate.due_at = aggregate.original_due_at = self.due_at

    def handed_in(self, rules: Rules) -> list[dict[str, Any]]:
        return documents.handed_in(rules.definition["documents"], self.papers)

    def refuse(
        self,
        reasons: Sequence[str],
        note: str,
        *,
        rules: Rules,
        by: Actor,
        now: datetime,
    ) -> None:
        """Do not receive the dossier, for reasons of the procedure or in words.

        After its acceptance, only when it was not completed in time (T8).
        """
        self.require_desk(rules, by, "front_desk")
        self._require_refusable(now)
        labels = self._labels(reasons, rules)
        if not labels and not note.strip():
            raise ReasonMissingError(str(self.id))
        filled = self.fill(rules, now)
        self.trigger_event(
            self.Refused,
            about=self.about(rules, filled),
            reasons=labels,
            note=self.personal(note.strip()),
            refused_by=by.subject,
            officer=Personal(by.subject, by.name),
            outcome=rules.void_outcome if self.supplement else None,
            **self.told(rules, filled),
        )

    def _labels(self, reasons: Sequence[str], rules: Rules) -> list[Text3]:
        """What the applicant reads; that no answer came in time is reason enough."""
        labels = {
            each["code"]: each["label"] for each in rules.definition["refusal_reasons"]
        }
        if unknown := [reason for reason in reasons if reason not in labels]:
            raise ReasonUnknownError(*unknown)
        unanswered = [UNANSWERED] if self.supplement else []
        return [*unanswered, *(labels[reason] for reason in reasons)]

    class Refused(Aggregate.Event):
        TOPIC = "intake.dossier.refused"

        about: dict[str, Any]
        reasons: list[dict[str, str]]
        note: Text | None
        refused_by: str
        officer: Text
        contact: Text
        presentation: Text
        outcome: dict[str, Any] | None = None

        def apply(self, aggregate: Reception) -> None:
            aggregate.is_refused = True
            aggregate.refusal = {
                "reasons": self.reasons,
                "note": self.note,
                "outcome": self.outcome,
            }

    def _require_refusable(self, now: datetime) -> None:
        """Before acceptance; whenever a supplement is asked for, after its deadline."""
        if self.supplement is None:
            self.require_receivable()
        elif now <= (self.supplement["answer_by"] or now):
            raise SupplementOpenError(str(self.id))
        else:
            self.require_alive()


FEE = ("code", "name", "amount", "due")
