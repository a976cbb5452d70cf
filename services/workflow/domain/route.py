"""The route: which steps of a procedure open next, given those behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.step import Effect, Step, StepDefinition
from shared.directory import Directory, Unit
from shared.expressions import evaluate

Steps = Mapping[str, Step]  # by key, as far as they were opened or skipped
Names = Mapping[str, Any]  # what expressions may use

APPROVAL = {"vi": "Phê duyệt kết quả", "en": "Approval", "fr": "Approbation"}
OPINION = {"vi": "Cho ý kiến", "en": "Opinion", "fr": "Avis"}


@dataclass(frozen=True)
class Opening:
    """A step, or a branch of it, is to be worked on by this unit."""

    key: str
    step: StepDefinition
    unit: str


@dataclass(frozen=True)
class Skipping:
    """A step is needless: by its condition, or because its branch ended."""

    key: str
    step: StepDefinition
    effect: str


Move = Opening | Skipping


class Route:
    """The steps of a procedure version as a graph, from the first to the last."""

    def __init__(self, definition: Mapping[str, Any], directory: Directory) -> None:
        self.definition = definition
        self.directory = directory
        steps = [StepDefinition.of(each) for each in definition["steps"]]
        self.steps = {each.id: each for each in steps}
        followed = {id for each in steps for id in each.depends_on}
        self.first = next(each for each in steps if not each.depends_on)
        self.last = next(each for each in steps if each.id not in followed)
        self.joins = {each["group"]: each["mode"] for each in definition["joins"]}
        self.partial = {
            each["group"] for each in definition["joins"] if each.get("partial_result")
        }
        self.approval = self._implicit(
            "approval", APPROVAL, role="agency_leader", signature="authority"
        )
        self.consultation = self._implicit("consultation", OPINION, role="reviewer")
        self.after_paper = self._after_paper()

    def _implicit(self, id: str, name: dict[str, str], **more: Any) -> StepDefinition:
        """A step that procedures need not name: an approval before the last step when
        none of theirs approved, and the answer of a unit that was asked."""
        while id in self.steps:
            id += "_"
        return StepDefinition(id, name, "", **more)

    def _after_paper(self) -> set[str]:
        """Steps that cannot end before the result is signed, and what follows them."""
        held = [x.id for x in self.steps.values() if "result_signed" in x.requires]
        return {*held, *(each.id for id in held for each in self.downstream(id))}

    def definition_of(self, key: str) -> StepDefinition:
        id = key.partition(":")[0]
        if id == self.consultation.id:
            return self.consultation
        return self.steps.get(id, self.approval)

    def moves(self, steps: Steps, names: Names, place: Unit) -> list[Move]:
        """What happens now to steps whose dependencies are settled; the last waits."""
        return [
            move
            for step in self.steps.values()
            if step is not self.last
            and not instances(step.id, steps)
            and all(is_settled(each, steps) for each in step.depends_on)
            for move in self._moves(step, steps, names, place)
        ]

    def usual_outcome(self, step: StepDefinition) -> str:
        """The outcome by which a step simply goes on."""
        going_on = (
            each for each in step.outcomes if self.effect(step, each) == Effect.CONTINUE
        )
        return next(going_on, step.outcomes[0])

    def has_all_approvals(self, steps: Steps) -> bool:
        """No step that approves is still to come, unless it waits for the paper."""
        approvals = {each.id for each in self.steps.values() if each.is_approval}
        return all(is_settled(id, steps) for id in approvals - self.after_paper)

    def has_reached_paper(self, steps: Steps) -> bool:
        """Whatever is still to come waits for the signed result."""
        return all(is_settled(id, steps) for id in self.steps.keys() - self.after_paper)

    def has_reached_last(self, steps: Steps) -> bool:
        """All steps lead to the last; after a refusal, those that were kept."""
        return all(is_settled(id, steps) for id in self.steps if id != self.last.id)

    def opening(self, step: StepDefinition, place: Unit) -> Opening:
        """The step in the unit of its agency that is nearest to this place."""
        unit = self.directory.unit_of(
            step.agency, province=place.province, commune=place.commune
        )
        return Opening(step.id, step, unit.id)

    def effect(self, step: StepDefinition, outcome: str) -> str:
        """Of an outcome at this step: one refused branch may leave the others."""
        listed = self.directory.common["enums"]["step_outcome"]
        effect = next(each["effect"] for each in listed if each["code"] == outcome)
        if effect == Effect.REFUSE and self.joins.get(step.group) == "all_settled":
            return Effect.END_BRANCH
        return str(effect)

    def needless_after_refusal(self, refused: StepDefinition) -> list[StepDefinition]:
        """All but what signs and numbers the refusal, and hands it over."""
        after = self.downstream(refused.id)
        signed = [each.id for each in after if each.signature]
        numbering = {
            each.id
            for signature in signed
            for each in self.downstream(signature)
            if each.numbers_results
        }
        kept = {*signed, *numbering, refused.id, self.last.id}
        return [each for each in self.steps.values() if each.id not in kept]

    def is_numbered(self, approved: str, steps: Steps) -> bool:
        """After the approval one clerk has finished, or none is to come."""
        after = self.downstream(approved)
        clerks = [
            each
            for each in after
            if each.numbers_results and each.id not in self.after_paper
        ]
        numbered = [each for each in clerks if is_done(each.id, steps)]
        return bool(numbered) or all(is_settled(each.id, steps) for each in clerks)

    def outcomes(self, steps: Steps) -> dict[str, str | None]:
        """Of each step that is done; of branches the refusal, if there is one."""
        return {id: self._outcome(instances(id, steps)) for id in self.steps}

    def _outcome(self, branches: list[Step]) -> str | None:
        if not all(each.is_settled for each in branches):
            return None
        branches = sorted(branches, key=lambda each: each.effect == Effect.CONTINUE)
        return next((each.outcome for each in branches), None)

    def _moves(
        self, step: StepDefinition, steps: Steps, names: Names, place: Unit
    ) -> Iterator[Move]:
        if self._is_in_ended_branch(step, steps):
            yield Skipping(step.id, step, Effect.END_BRANCH)
        elif step.when and not evaluate(step.when, names):
            yield Skipping(step.id, step, Effect.CONTINUE)
        elif step.keys is None:
            yield self.opening(step, place)
        else:
            yield from self._branches(step, evaluate(step.keys, names))

    def _branches(
        self, step: StepDefinition, keys: Iterable[str | None]
    ) -> Iterator[Move]:
        places = dict.fromkeys(key for key in keys if key is not None)
        for key in places:
            at = {str(step.by): key}
            unit = self.directory.unit_of(step.agency, **at)
            yield Opening(f"{step.id}:{key}", step, unit.id)
        if not places:
            yield Skipping(step.id, step, Effect.CONTINUE)

    def _is_in_ended_branch(self, step: StepDefinition, steps: Steps) -> bool:
        """All that led here within its parallel group was refused."""
        before = [
            branch
            for id in step.depends_on
            if step.group and self.steps[id].group == step.group
            for branch in instances(id, steps)
        ]
        return bool(before) and all(each.effect == Effect.END_BRANCH for each in before)

    def ends_branch(self, step: StepDefinition) -> bool:
        """No step of the same parallel group comes after it."""
        after = self.downstream(step.id)
        return step.group is not None and step.group not in {x.group for x in after}

    def downstream(self, id: str) -> list[StepDefinition]:
        """The steps that come after this one, in their order."""
        reached = {id}
        for each in self.steps.values():
            if not reached.isdisjoint(each.depends_on):
                reached.add(each.id)
        return [self.steps[each] for each in self.steps if each in reached - {id}]


def instances(id: str, steps: Steps) -> list[Step]:
    """The step in this case: one, or one for each branch; none before its turn."""
    return [each for each in steps.values() if each.id == id]


def is_settled(id: str, steps: Steps) -> bool:
    found = instances(id, steps)
    return bool(found) and all(each.is_settled for each in found)


def is_done(id: str, steps: Steps) -> bool:
    return any(each.outcome is not None for each in instances(id, steps))
