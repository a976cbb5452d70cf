"""The way back: which step stands before another, and what is undone with one."""

from __future__ import annotations

from collections.abc import Iterator

from services.workflow.domain.route import Route, Steps, instances, is_done
from services.workflow.domain.step import APPLICANT, Effect, State, Step
from services.workflow.errors import NothingBeforeError
from shared.actor import SYSTEM

BY_NOBODY = (None, SYSTEM.subject)


def step_before(step: Step, route: Route, steps: Steps) -> Step:
    """The one that a person of ours ended last, of those that lead here."""
    found: dict[str, Step] = {}
    ids, seen = dependencies(step, route), set[str]()
    while ids:
        id = ids.pop()
        if id not in seen:
            seen.add(id)
            done = [each for each in instances(id, steps) if is_by_person(each)]
            found |= {each.key: each for each in done}
            ids += [] if done else dependencies_of(id, route)
    if not found:
        raise NothingBeforeError(step.key)
    return max(found.values(), key=lambda each: (each.finished_at, each.key))


def dependencies(step: Step, route: Route) -> list[str]:
    """What this step waited for; the approval waits for all but the last."""
    if step.id == route.approval.id:
        return [id for id in route.steps if id != route.last.id]
    return dependencies_of(step.id, route)


def dependencies_of(id: str, route: Route) -> list[str]:
    return list(route.steps[id].depends_on) if id in route.steps else []


def is_by_person(step: Step) -> bool:
    has_ended = step.state == State.DONE and step.role != APPLICANT
    return has_ended and step.finished_by not in BY_NOBODY


def undone_with(
    again: Step, route: Route, steps: Steps, *, sender: Step | None = None
) -> list[str]:
    """The steps that are taken out when this one is to be done again, itself too.

    Behind it whatever is not done yet, and every signature with what led to it; what
    others have done stays done. With whoever sends it back goes what no person of ours
    did between the two.
    """
    ids = {again.id, *ways_to_signatures(again.id, route, steps)}
    if again.id not in route.after_paper:
        ids.add(route.approval.id)
    if sender:
        ids |= {sender.id, *passed_over(again, sender, route, steps)}
    while more := set(unfinished_after(ids, route, steps)) - ids:
        ids |= more
    others = ids - {again.id}
    keys = [again.key, *(each.key for each in steps.values() if each.id in others)]
    return keys + without_refusal(keys, steps)


def passed_over(again: Step, sender: Step, route: Route, steps: Steps) -> Iterator[str]:
    for each in route.downstream(again.id):
        leads = sender.id in {x.id for x in route.downstream(each.id)}
        if leads and not any(map(is_by_person, instances(each.id, steps))):
            yield each.id


def ways_to_signatures(id: str, route: Route, steps: Steps) -> Iterator[str]:
    """From this step to each approval behind it that is done already."""
    after = {each.id for each in route.downstream(id)}
    for signed in (each for each in after if route.steps[each].is_approval):
        if is_done(signed, steps):
            leads = {x for x in after if route.steps[signed] in route.downstream(x)}
            yield from (signed, *leads)


def unfinished_after(ids: set[str], route: Route, steps: Steps) -> Iterator[str]:
    """The next steps behind these that were opened or skipped, but are not done."""
    for each in route.steps.values():
        begun = instances(each.id, steps)
        is_next = not ids.isdisjoint(each.depends_on) and each is not route.last
        if is_next and any(branch.state != State.DONE for branch in begun):
            yield each.id


def without_refusal(keys: list[str], steps: Steps) -> list[str]:
    """What a refusal made needless, when no refusal remains."""
    rest = [each for each in steps.values() if each.key not in keys]
    if any(each.effect == Effect.REFUSE and each.outcome for each in rest):
        return []
    return [each.key for each in rest if each.effect == Effect.REFUSE]


def receivers(step: Step, route: Route, steps: Steps) -> list[Step]:
    """Who has it next: the steps behind this one, whatever was skipped between."""
    found, ids = [], {step.id}
    for each in route.steps.values():
        if ids.isdisjoint(each.depends_on):
            continue
        begun = instances(each.id, steps)
        if begun and all(branch.state == State.SKIPPED for branch in begun):
            ids.add(each.id)
        found += [branch for branch in begun if branch.state != State.SKIPPED]
    if step.id in route.after_paper:
        return found
    return found + instances(route.approval.id, steps)
