"""What leaders and reviewers look at before they decide, and what is new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from services.workflow.bulk import Bulk, Item, require_few
from services.workflow.domain import Case, Sight
from services.workflow.domain.comparing import differences
from services.workflow.domain.completion import Completion
from services.workflow.domain.drafting import draft
from services.workflow.domain.roster import LEADERS
from services.workflow.domain.state import Act
from services.workflow.meanwhile import deeds
from services.workflow.ports import Filters, Row, Wanted, cursor
from services.workflow.queues import Queues
from services.workflow.review_errors import NoApprovalError
from shared.actor import Actor
from shared.errors import DomainError, NotAllowedError, NotFoundError
from shared.eventsourcing import replayed
from shared.personal import reading

Found = dict[str, Any]
Answer = TypeVar("Answer")

NEEDS_PROOF = "step-up-needed"  # a matter of how one signed in, not of the case


@dataclass(frozen=True)
class Waiting:
    """A row of the queue, the case it is of, and who would act on it."""

    row: Row
    case: Case
    by: Actor


class Reviewing(Bulk, Queues):
    """Commands answer the position in the log at which they became true."""

    def approvals(self, wanted: Wanted, *, by: Actor) -> Found:
        """The results that wait for the asker's signature, the most urgent first."""
        leaders = [each for each in (by, *self.deputies(by)) if each.has(*LEADERS)]
        if by.agency is None or not leaders:
            raise NotAllowedError(by.subject)
        rows = sorted(self._to_sign(leaders, wanted, by), key=place_of)
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        waiting = [Waiting(row, self._case(row["case_id"]), by) for row in page]
        found = [self._waiting(each) for each in waiting if self._is_approval(each)]
        return {"items": found, "next": cursor(page[-1]) if more else None}

    def _to_sign(
        self, leaders: Sequence[Actor], wanted: Wanted, by: Actor
    ) -> Iterator[Row]:
        """Nobody's steps, and those of the asker or of whom they stand in for."""
        theirs = {"", by.subject, *(each.on_behalf_of for each in leaders)}
        known: set[tuple[UUID, str]] = set()
        roles = {role for each in leaders for role in LEADERS if each.has(role)}
        for role in sorted(roles):
            listing = self._listing(Filters(role=role), by)
            for row in self._queue.page(listing, wanted.place, wanted.limit + 1):
                place = row["case_id"], row["step"]
                if place not in known and row["assignee"] in theirs:
                    known.add(place)
                    yield row

    def _is_approval(self, each: Waiting) -> bool:
        step = each.case.steps.get(each.row["step"])
        route = self._route_of(each.case)
        return step is not None and route.definition_of(step.key).is_approval

    def _waiting(self, each: Waiting) -> Found:
        case, by = each.case, each.by
        act = self._act(case, by)
        proposal = case.proposal
        return {
            **self._told(each.row),
            "version": case.version,
            "proposal": proposal and told_proposal(case),
            "hindrance": hindrance(case, act),
            **self._news(case, by),
        }

    def _news(self, case: Case, by: Actor) -> Found:
        """What is different from how the asker saw it last; null: never seen."""
        sight = self._sight(case.id, by)
        before, before_at = sight.known_at(case.version)
        nothing = {"seen_version": sight.seen, "seen_at": said(sight.seen_at)}
        if before is None:
            return {**nothing, "since": None, "difference": None}
        then = self._case_at(case.id, before)
        found = differences(then, case, self._route_of(case))
        return {**nothing, "since": said(before_at), "difference": found}

    def difference(self, case_id: UUID, *, by: Actor) -> Found:
        """What is new in a case since the asker looked at another version of it."""
        case = self._case(case_id)
        require_involved(case, by)
        return {"version": case.version, **self._news(case, by)}

    def look_at(self, case_id: UUID, version: int, *, by: Actor) -> int:
        """Remember that the asker has this version of the case before them."""
        case = self._case(case_id)
        require_involved(case, by)
        sight = self._sight(case_id, by)
        sight.take(min(version, case.version), now=self.clock())
        if not sight.pending_events:
            return self.recorder.max_notification_id() or 0
        return self.commit(sight)

    def draft_decision(
        self, case_id: UUID, step: str, outcome: str | None, text: str, *, by: Actor
    ) -> Found:
        """What the paper would say if it were decided so; nothing happens."""
        return self._for_somebody(
            case_id, by, lambda case, act: draft(case, step, outcome, text, act=act)
        )

    def meanwhile(self, case_id: UUID, since: int, *, by: Actor) -> Found:
        """What others did with a case after the version the asker has seen."""
        case = self._case(case_id)
        require_involved(case, by)
        found = deeds(self.events.get(case_id, gt=since), self._route_of(case), by)
        return {"version": case.version, "deeds": found}

    def approve_each(
        self, items: Sequence[Item], note: str, *, by: Actor
    ) -> list[Found]:
        """Sign several results, each as its leader saw it; each may fail alone."""
        require_few(items)
        return [self._done(item, self._approving(note, by)) for item in items]

    def _approving(self, note: str, by: Actor) -> Callable[[Item], int]:
        def approve(item: Item) -> int:
            def deed(case: Case, act: Act) -> None:
                definition = act.route.definition_of(case.open_step(item.step).key)
                if not definition.is_approval:
                    raise NoApprovalError(item.step)
                outcome = act.route.usual_outcome(definition)
                case.finish(item.step, Completion(outcome, note), act=act)

            return self.act_on(item.case_id, deed, by=by)

        return approve

    def _for_somebody(
        self, case_id: UUID, by: Actor, look: Callable[[Case, Act], Answer]
    ) -> Answer:
        """In one's own right; else in that of a leader one stands in for."""
        case = self._case(case_id)
        try:
            return look(case, self._act(case, by))
        except NotAllowedError:
            for deputy in self.deputies(by):
                return look(case, self._act(case, deputy))
            raise

    def _sight(self, case_id: UUID, by: Actor) -> Sight:
        id = Sight.create_id(by.subject, case_id)
        if id not in self.repository:
            return Sight(officer=by.subject, case_id=case_id)
        sight: Sight = self.load(id, NotFoundError, kind=Sight)
        return sight

    def _case_at(self, case_id: UUID, version: int) -> Case:
        with reading():
            case: Case = self.repository.get(
                case_id, version=version, projector_func=replayed
            )
        return case


def told_proposal(case: Case) -> Found:
    found = case.proposal
    if found is None:
        return {}
    return {
        "outcome": found.outcome["code"],
        "kind": found.kind,
        "title": found.outcome["title"],
        "text": getattr(found.text, "value", None),
        "proposed_by": found.by,
        "proposed_at": said(found.at),
        "on_behalf_of": found.on_behalf_of,
    }


def hindrance(case: Case, act: Act) -> str | None:
    """Why it cannot be signed now, as the refusal would say."""
    try:
        case.require_awake()
        case.require_approvable(act)
    except DomainError as error:
        return None if error.code == NEEDS_PROOF else error.code
    return None


def place_of(row: Row) -> tuple[Any, ...]:
    return row["lane"], row["due_at"], row["case_id"], row["step"]


def require_involved(case: Case, by: Actor) -> None:
    if not case.is_involved(by):
        raise NotAllowedError(str(case.id))


def said(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
