"""Supplements: what is missing is asked for at once, and only that is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.intake.domain import documents
from services.intake.domain.fields import root
from services.intake.domain.filing import Filing
from services.intake.domain.form import Filled
from services.intake.domain.record import APPLICANT, Text, sealed
from services.intake.domain.rules import Rules
from services.intake.domain.texts import LANGUAGES, NOTHING, Text3
from services.intake.errors import (
    ItemUnknownError,
    LegalBasisMissingError,
    ReasonUnknownError,
    SupplementIncompleteError,
    SupplementLimitError,
    SupplementNotAskedError,
    SupplementNotOfferedError,
)
from shared.actor import Actor
from shared.contracts.words import parted
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal

Item = Mapping[str, Any]


class Completion(Filing):
    def request_supplement(
        self,
        items: Sequence[Item],
        note: str,
        *,
        rules: Rules,
        by: Actor,
        now: datetime,
    ) -> None:
        """Ask for all that is missing (form 02); once, or by the leader's leave."""
        settings = rules.definition["supplement"]
        self.require_desk(rules, by, "front_desk", settings["override_role"])
        self.require_receivable()
        if settings["max_requests_per_stage"] == 0:
            raise SupplementNotOfferedError(self.procedure)
        if self.requests["intake"] >= settings["max_requests_per_stage"] + self.leaves:
            raise SupplementLimitError(str(self.id))
        asked = named(items, note, rules)
        self._ask("intake", asked, rules, now, Personal(by.subject, by.name))

    def allow_supplement(self, legal_basis: str, *, rules: Rules, by: Actor) -> None:
        """Give leave to ask once more before acceptance, on a legal basis."""
        settings = rules.definition["supplement"]
        self.require_desk(rules, by, settings["override_role"])
        self.require_receivable()
        if settings["max_requests_per_stage"] == 0:
            raise SupplementNotOfferedError(self.procedure)
        if not legal_basis.strip():
            raise LegalBasisMissingError(str(self.id))
        self.trigger_event(
            self.SupplementAllowed,
            legal_basis=legal_basis.strip(),
            allowed_by=by.subject,
        )

    class SupplementAllowed(Aggregate.Event):
        TOPIC = "intake.dossier.supplement-allowed"

        legal_basis: str
        allowed_by: str

        def apply(self, aggregate: Completion) -> None:
            aggregate.leaves += 1

    def ask_from_review(
        self, items: Sequence[Item], *, rules: Rules, now: datetime
    ) -> None:
        """A reviewer found the dossier incomplete; it stays accepted meanwhile."""
        if self.received_at and not self.is_over and self.supplement is None:
            self._ask("review", named(items, "", rules), rules, now)

    def _ask(
        self,
        stage: str,
        items: list[dict[str, Any]],
        rules: Rules,
        now: datetime,
        officer: Personal | None = None,
    ) -> None:
        unit = rules.directory.unit(self.unit)
        filled = self.fill(rules, now)
        self.trigger_event(
            self.SupplementRequested,
            about=self.about(rules, filled),
            **self.told(rules, filled),
            officer=officer,
            code=self.code,
            stage=stage,
            **parted(items, self.applicant),
            requested_at=now,
            answer_by=rules.answer_by(now, unit),
        )

    class SupplementRequested(Aggregate.Event):
        TOPIC = "intake.dossier.supplement-requested"

        stage: str
        items: list[dict[str, Any]]
        requested_at: datetime
        answer_by: datetime | None
        words: Text | None = None
        about: dict[str, Any] | None = None
        contact: Text | None = None
        presentation: Text | None = None
        officer: Text | None = None
        code: str | None = None

        def apply(self, aggregate: Completion) -> None:
            aggregate.submitted_at = aggregate.submitted_at or self.requested_at
            aggregate.requests[self.stage] += 1
            aggregate.supplement = {
                "stage": self.stage,
                "items": self.items,
                "words": self.words,
                "keys": [item["key"] for item in self.items],
                "answer_by": self.answer_by,
                "is_expired": False,
                "brought": [],
            }

    def answer_supplement(self, *, rules: Rules, by: Actor, now: datetime) -> None:
        """Hand in what was asked for; the dossier goes back to who asked."""
        self.require_editable(rules, by)
        if self.speaks_for_applicant(by) and not self.may(by, "send"):
            raise NotAllowedError(str(self.id))
        if self.supplement is None:
            raise SupplementNotAskedError(str(self.id))
        filled = self.fill(rules, now, APPLICANT)
        if lacking := list(self._lacking(rules, filled)):
            raise SupplementIncompleteError(str(self.id), lacking)
        with self.settling():
            self.assess_fees(rules, now)
        self.trigger_event(
            self.SupplementAnswered,
            stage=self.supplement["stage"],
            answers=sealed(self.applicant, filled.values),
            presentation=self.told(rules, filled)["presentation"],
            documents=documents.handed_in(rules.definition["documents"], self.papers),
        )

    class SupplementAnswered(Aggregate.Event):
        TOPIC = "intake.dossier.supplement-answered"

        stage: str
        answers: Text
        presentation: Text
        documents: list[dict[str, Any]]

        def apply(self, aggregate: Completion) -> None:
            aggregate.supplement = None

    def _lacking(self, rules: Rules, filled: Filled) -> Iterator[dict[str, Any]]:
        """Asked fields that are not right, asked papers that did not come anew."""
        asked = self.supplement or {"keys": [], "brought": []}
        for each in filled.problems:
            if root(each["field"]) in asked["keys"]:
                yield each
        for key in asked["keys"]:
            document = rules.document(key)
            if document is None:
                continue
            found = documents.state(self.papers.get(key, documents.NO_PAPER))
            is_new = key in asked["brought"]
            if not is_new or found not in ("clean", "recorded"):
                code = found if is_new and found in BLOCKING else "missing"
                yield documents.problem(code, key, document["name"])


BLOCKING = ("being-checked", "rejected")


def named(items: Sequence[Item], note: str, rules: Rules) -> list[dict[str, Any]]:
    """The items with their names; each must be something the procedure knows."""
    if not items:
        raise ItemUnknownError
    return [one(item, note, rules) for item in items]


def one(item: Item, note: str, rules: Rules) -> dict[str, Any]:
    key = str(item["key"])
    field = rules.form.fields.get(key)
    document = rules.document(key) if item["kind"] == "document" else None
    if item["kind"] not in ("document", "field") or not (document or field):
        raise ItemUnknownError(item["kind"], key)
    return {
        "kind": item["kind"],
        "key": key,
        "name": document["name"] if document else (field or {})["label"],
        "reason": reason(item, rules),
        "note": str(item.get("note") or note),
        **counted(document),
    }


def counted(document: dict[str, Any] | None) -> dict[str, int]:
    """How many of a paper form 02 asks for; of an answer there is only one."""
    if document is None:
        return {}
    return {each: document[each] for each in ("originals", "copies") if document[each]}


def reason(item: Item, rules: Rules) -> Text3:
    """A reason of the procedure by its code, or in the officer's own words."""
    listed = {each["code"]: each["label"] for each in rules.supplement_reasons}
    if code := item.get("reason_code"):
        if code not in listed:
            raise ReasonUnknownError(str(code))
        return dict(listed[code])
    words = item.get("reason") or NOTHING
    return dict.fromkeys(LANGUAGES, words) if isinstance(words, str) else words
