"""Supplements: the applicant completes the dossier, and the clock waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.workflow.domain.clock_state import PAUSE, RESTART, Hold
from services.workflow.domain.decision import Decisions
from services.workflow.domain.memory import Asked, Text
from services.workflow.domain.route import Route
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import Effect, State
from services.workflow.errors import (
    ItemsMissingError,
    ItemUnknownError,
    LegalBasisMissingError,
    OutcomeUnknownError,
    SupplementLimitError,
    SupplementOpenError,
)
from shared.contracts.words import parted
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.expressions import fields_of


class Supplements(Decisions):
    def ask(
        self, key: str, items: Sequence[Mapping[str, Any]], *, note: str, act: Act
    ) -> None:
        """Have the applicant complete the dossier; all that is missing at once."""
        step = self.open_step(key)
        self.require_worker(step, act.by)
        self.require_askable(key, act.route)
        self.require_transition("T5")
        self.trigger_event(
            self.SupplementAsked,
            step=key,
            unit=step.unit,
            **parted(completed(items, note, act.route), self.applicant),
            asked_by=act.by.subject,
            asked_at=act.now,
        )

    class SupplementAsked(Aggregate.Event):
        TOPIC = "workflow.case.supplement-asked"

        step: str
        unit: str
        items: list[dict[str, Any]]
        asked_by: str
        asked_at: datetime
        words: Text | None = None

        def apply(self, aggregate: CaseState) -> None:
            papers = tuple(x["key"] for x in self.items if x["kind"] == "document")
            aggregate.asked = Asked(self.step, self.asked_at, papers)
            aggregate.draft = None
            aggregate.requests += 1
            aggregate.hold(Hold.SUPPLEMENT, self.asked_at)
            aggregate.steps[self.step].state = State.WAITING

    def take_answer(self, answers: Text, presentation: Text, *, act: Act) -> None:
        """The dossier is complete: the step goes on, with the time that was left."""
        if self.asked is None:
            return
        effect = act.route.definition["supplement"]["clock_effect"]
        is_in_time = self.asked.since < self.due_at
        self.trigger_event(
            self.SupplementAnswered,
            step=self.asked.step,
            answers=answers,
            presentation=presentation,
            restarts_clock=effect == "restart" and is_in_time,
            answered_at=act.now,
        )
        self.move_due_date("supplement", act)
        self.proceed(act)

    class SupplementAnswered(Aggregate.Event):
        """With `restarts_clock` the legal time counts anew; asked papers came."""

        TOPIC = "workflow.case.supplement-answered"

        step: str
        answers: Text
        presentation: Text
        restarts_clock: bool
        answered_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.answers, aggregate.presentation = self.answers, self.presentation
            effect = RESTART if self.restarts_clock else PAUSE
            aggregate.release(Hold.SUPPLEMENT, self.answered_at, effect)
            aggregate.brought += aggregate.asked.papers if aggregate.asked else ()
            aggregate.asked = None
            step = aggregate.steps[self.step]
            if step.state == State.WAITING:
                step.state = State.OPEN

    def draft_supplement(self, key: str, *, act: Act) -> None:
        """Nobody answered in time: an officer may ask the applicant, or not."""
        self.trigger_event(self.SupplementDrafted, step=key, drafted_at=act.now)

    class SupplementDrafted(Aggregate.Event):
        TOPIC = "workflow.case.supplement-drafted"

        step: str
        drafted_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.draft = Asked(self.step, self.drafted_at)
            aggregate.drafts.add(self.step)

    def allow_supplement(self, legal_basis: str, *, act: Act) -> None:
        """One request more than the procedure foresees, for a reason in law."""
        role = act.route.definition["supplement"].get("override_role", "agency_leader")
        if not act.by.has(role) or not self.is_handled_by(act.by):
            raise NotAllowedError(str(self.id))
        if not legal_basis.strip():
            raise LegalBasisMissingError(str(self.id))
        self.require_transition("T5")
        self.trigger_event(
            self.SupplementAllowed,
            legal_basis=legal_basis,
            allowed_by=act.by.subject,
            allowed_at=act.now,
        )

    class SupplementAllowed(Aggregate.Event):
        TOPIC = "workflow.case.supplement-allowed"

        legal_basis: str
        allowed_by: str
        allowed_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.allowances += 1

    def require_askable(self, key: str, route: Route) -> None:
        step = route.definition_of(key)
        effects = [route.effect(step, outcome) for outcome in step.outcomes]
        is_drafted = self.draft is not None and self.draft.step == key
        if Effect.SUPPLEMENT not in effects and not is_drafted:
            raise OutcomeUnknownError(key, Effect.SUPPLEMENT)
        if self.asked:
            raise SupplementOpenError(str(self.id), self.applicant, self.asked.since)
        limit = route.definition["supplement"]["max_requests_per_stage"]
        if self.requests >= limit + self.allowances:
            raise SupplementLimitError(str(self.id))


def completed(
    items: Iterable[Mapping[str, Any]], note: str, route: Route
) -> list[dict[str, Any]]:
    """The items, each a document or field of the procedure, each with its reason."""
    known = {("document", each["code"]) for each in route.definition["documents"]}
    fields = fields_of(route.definition, route.directory.common)
    known |= {("field", each["name"]) for each in fields}
    asked = [completed_item(item, note) for item in items]
    if not asked:
        raise ItemsMissingError
    strange = [each for each in asked if (each["kind"], each["key"]) not in known]
    if strange:
        raise ItemUnknownError(route.definition["slug"], strange)
    return asked


def completed_item(item: Mapping[str, Any], note: str) -> dict[str, Any]:
    own = str(item.get("note") or note)
    return {
        "kind": str(item.get("kind")),
        "key": str(item.get("key")),
        "reason": dict(item.get("reason") or dict.fromkeys(("vi", "en", "fr"), own)),
        "note": own,
    }
