"""What one can ask about ratings and complaints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.intake.domain.feedback import SUBJECTS
from services.intake.dossiers import Dossiers
from shared.actor import Actor
from shared.contracts.words import opened
from shared.errors import NotAllowedError

MOMENTS = ("lodged_at", "answer_by", "answered_at")


class Feedbacks(Dossiers):
    def rate(self, dossier_id: UUID, score: int, words: str, *, by: Actor) -> int:
        dossier = self._dossier(dossier_id)
        dossier.rate(score, words, by=by, now=self.clock())
        return self.commit(dossier)

    def complain(self, dossier_id: UUID, subject: str, text: str, *, by: Actor) -> int:
        dossier, rules = self._open(dossier_id)
        dossier.complain(subject, text, rules=rules, by=by, now=self.clock())
        return self.commit(dossier)

    def answer_complaint(
        self,
        dossier_id: UUID,
        complaint_id: UUID,
        outcome: str,
        text: str,
        *,
        by: Actor,
    ) -> int:
        dossier, rules = self._open(dossier_id)
        now = self.clock()
        dossier.answer_complaint(
            complaint_id, outcome, text, rules=rules, by=by, now=now
        )
        return self.commit(dossier)

    def complaints(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """For the applicant's side, for who may answer, and for auditors; nobody else.

        Whom a complaint is about need not read it.
        """
        dossier, rules = self._open(dossier_id)
        may_answer = dossier.may_answer_complaints(rules, by)
        is_theirs = dossier.speaks_for_applicant(by)
        is_audit = by.has("auditor") and not dossier.is_private
        if not (may_answer or is_theirs or is_audit):
            raise NotAllowedError(str(dossier_id))
        return {
            "subjects": list(SUBJECTS),
            "may_answer": may_answer,
            "may_complain": "write" in dossier.powers_of(by)
            and dossier.submitted_at is not None
            and all(each["answered_at"] for each in dossier.complaints),
            "complaints": [shown(each) for each in dossier.complaints],
        }


def shown(complaint: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(complaint["id"]),
        "subject": complaint["subject"],
        "text": opened(complaint["text"]),
        "outcome": complaint["outcome"],
        "answer": opened(complaint["answer"]),
        "unit": complaint["unit"],
        **{name: complaint[name] and complaint[name].isoformat() for name in MOMENTS},
    }
