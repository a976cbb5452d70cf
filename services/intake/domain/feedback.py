"""What the applicant thinks of it: a rating at the end, and complaints with answers."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from services.intake.contact_errors import (
    AlreadyRatedError,
    ComplaintAnsweredError,
    ComplaintNotFoundError,
    ComplaintOpenError,
    ComplaintSubjectError,
    DossierNotSentError,
    NotEndedError,
    ScoreInvalidError,
)
from services.intake.domain.record import DossierRecord, Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    ReasonMissingError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.legal_time import LegalTime, count
from shared.personal import Personal

SCORES = range(1, 6)
SUBJECTS = ("delay", "attitude", "papers", "fee", "decision", "other")
OUTCOMES = ("upheld", "partly", "rejected")
ANSWER_WITHIN = LegalTime(15, "working_day")  # Decision 766/QD-TTg, items 5.1-5.3
HEADS = ("manager", "unit_leader", "agency_leader")


class Feedback(DossierRecord):
    def rate(self, score: int, words: str, *, by: Actor, now: datetime) -> None:
        """Say how it was; once, when it is over."""
        if not self.may(by, "write"):
            raise NotAllowedError(str(self.id))
        if score not in SCORES:
            raise ScoreInvalidError(str(score))
        if self.submitted_at is None or not (self.is_over or self.result):
            raise NotEndedError(str(self.id))
        if self.rating:
            raise AlreadyRatedError(str(self.id))
        self.trigger_event(
            self.ServiceRated,
            score=score,
            words=self.personal(words.strip()),
            procedure=self.procedure,
            unit=self.unit,
            rated_at=now,
        )

    class ServiceRated(Aggregate.Event):
        TOPIC = "intake.dossier.service-rated"

        score: int
        words: Text | None
        procedure: str
        unit: str
        rated_at: datetime

        def apply(self, aggregate: Feedback) -> None:
            aggregate.rating = {
                "score": self.score,
                "words": self.words,
                "rated_at": self.rated_at,
            }

    def complain(
        self, subject: str, text: str, *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """Lodge a complaint; a person above the counter answers in 15 working days."""
        if not self.may(by, "write"):
            raise NotAllowedError(str(self.id))
        if self.submitted_at is None:
            raise DossierNotSentError(str(self.id))
        if subject not in SUBJECTS:
            raise ComplaintSubjectError(subject)
        if not text.strip():
            raise ReasonMissingError(str(self.id))
        if any(each["answered_at"] is None for each in self.complaints):
            raise ComplaintOpenError(str(self.id))
        number = len(self.complaints) + 1
        calendar = rules.calendar(rules.directory.unit(self.unit))
        self.trigger_event(
            self.ComplaintLodged,
            complaint_id=uuid5(NAMESPACE_URL, f"complaint/{self.id}/{number}"),
            subject=subject,
            text=Personal(self.applicant, text.strip()),
            procedure=self.procedure,
            unit=self.unit,
            lodged_at=now,
            answer_by=count(now, ANSWER_WITHIN, calendar).due,
        )

    class ComplaintLodged(Aggregate.Event):
        TOPIC = "intake.dossier.complaint-lodged"

        complaint_id: UUID
        subject: str
        text: Text
        procedure: str
        unit: str
        lodged_at: datetime
        answer_by: datetime

        def apply(self, aggregate: Feedback) -> None:
            aggregate.complaints.append(
                {
                    "id": self.complaint_id,
                    "subject": self.subject,
                    "text": self.text,
                    "lodged_at": self.lodged_at,
                    "answer_by": self.answer_by,
                    "outcome": None,
                    "answer": None,
                    "unit": None,
                    "answered_at": None,
                }
            )

    def may_answer_complaints(self, rules: Rules, by: Actor) -> bool:
        """Who leads or manages a reception, or the unit that receives the dossier."""
        is_reception = by.agency and rules.directory.is_reception(by.agency)
        receives = is_reception or self.is_received_by(rules, by)
        answers = bool(receives) and by.has(*HEADS)
        return by.kind == "staff" and answers and not self.is_private

    def answer_complaint(
        self,
        complaint_id: UUID,
        outcome: str,
        text: str,
        *,
        rules: Rules,
        by: Actor,
        now: datetime,
    ) -> None:
        """Answer it in words; the applicant is told that there is an answer."""
        if not self.may_answer_complaints(rules, by):
            raise NotAllowedError(str(self.id))
        known = (each for each in self.complaints if each["id"] == complaint_id)
        if (complaint := next(known, None)) is None:
            raise ComplaintNotFoundError(str(complaint_id))
        if complaint["answered_at"]:
            raise ComplaintAnsweredError(str(complaint_id))
        if outcome not in OUTCOMES or not text.strip():
            raise ReasonMissingError(str(complaint_id))
        self.trigger_event(
            self.ComplaintAnswered,
            complaint_id=complaint_id,
            outcome=outcome,
            text=Personal(self.applicant, text.strip()),
            unit=by.agency or self.unit,
            answered_by=by.subject,
            officer=Personal(by.subject, by.name),
            answered_at=now,
        )

    class ComplaintAnswered(Aggregate.Event):
        TOPIC = "intake.dossier.complaint-answered"

        complaint_id: UUID
        outcome: str
        text: Text
        unit: str
        answered_by: str
        officer: Text
        answered_at: datetime

        def apply(self, aggregate: Feedback) -> None:
            answer = {
                "outcome": self.outcome,
                "answer": self.text,
                "unit": self.unit,
                "answered_at": self.answered_at,
            }
            for each in aggregate.complaints:
                if each["id"] == self.complaint_id:
                    each |= answer
