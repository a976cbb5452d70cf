"""Steps hang together, and fit into the legal time (rules 3, 5, 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.intake.domain.catalogue.fault import Fault

Definition = Mapping[str, Any]
Step = Mapping[str, Any]

WORKING_DAY = 480  # minutes
TO_RETURN = {"fees_settled", "result_signed"}


def faults(definition: Definition) -> Iterator[Fault]:
    yield from wrong_order(definition["steps"])
    yield from wrong_ends(definition["steps"])
    yield from wrong_groups(definition)
    yield from wrong_times(definition)


def wrong_order(steps: list[Step]) -> Iterator[Fault]:
    """A step stands after all it depends on."""
    earlier: set[str] = set()
    for number, step in enumerate(steps):
        for place, name in enumerate(step["depends_on"]):
            if name not in earlier:
                path = f"$.steps[{number}].depends_on[{place}]"
                yield Fault(path, "order", f"{name} is no earlier step")
        earlier.add(step["id"])


def wrong_ends(steps: list[Step]) -> Iterator[Fault]:
    """One step begins, one returns the result."""
    for number, step in enumerate(steps):
        if (number == 0) != (not step["depends_on"]):
            path = f"$.steps[{number}].depends_on"
            yield Fault(path, "first-step", "exactly the first step depends on none")
    followed = {name for step in steps for name in step["depends_on"]}
    for number, step in enumerate(steps):
        if (number == len(steps) - 1) == (step["id"] in followed):
            path = f"$.steps[{number}]"
            yield Fault(path, "last-step", "exactly the last step has no successor")
    last = f"$.steps[{len(steps) - 1}]"
    if steps[-1]["role"] != "return_officer":
        yield Fault(f"{last}.role", "last-step", "the last step is a return_officer's")
    if missing := TO_RETURN - set(steps[-1].get("requires", ())):
        reason = f"the last step also requires {', '.join(sorted(missing))}"
        yield Fault(f"{last}.requires", "last-step", reason)


def wrong_groups(definition: Definition) -> Iterator[Fault]:
    members = Counter(
        step["parallel_group"]
        for step in definition["steps"]
        if "parallel_group" in step
    )
    joined = Counter(join["group"] for join in definition["joins"])
    for number, join in enumerate(definition["joins"]):
        path, group = f"$.joins[{number}].group", join["group"]
        if group not in members:
            yield Fault(path, "group", f"no step is in group {group}")
        if joined[group] > 1:
            yield Fault(path, "group", f"group {group} is joined more than once")
    for number, step in enumerate(definition["steps"]):
        group = step.get("parallel_group")
        path = f"$.steps[{number}].parallel_group"
        if group and group not in joined:
            yield Fault(path, "group", f"no join ends group {group}")
        if group and members[group] < 2:
            yield Fault(path, "group", f"group {group} needs at least two steps")
        if group and definition["flow"] == "optional_parallel" and "when" not in step:
            reason = "a branch of an optional flow says when"
            yield Fault(f"$.steps[{number}]", "group", reason)


def wrong_times(definition: Definition) -> Iterator[Fault]:
    legal = definition["legal_time"]
    for number, variant in enumerate(legal["variants"]):
        if variant["value"] <= legal["value"]:
            path = f"$.legal_time.variants[{number}].value"
            yield Fault(path, "time", "a variant is longer than the usual time")
    if (
        legal["parts"]
        and sum(part["value"] for part in legal["parts"]) != legal["value"]
    ):
        yield Fault(
            "$.legal_time.parts", "time", "the parts do not add up to the value"
        )
    longest = max([legal["value"], *(each["value"] for each in legal["variants"])])
    yield from too_long(definition, legal["value"], with_conditions=False)
    yield from too_long(definition, longest, with_conditions=True)


def too_long(
    definition: Definition, days: int, *, with_conditions: bool
) -> Iterator[Fault]:
    def worked(step: Step) -> int:
        counts = step["clock"] in ("counts", "counts_in_variant")
        happens = with_conditions or "when" not in step
        return int(step["duration_minutes"]) if counts and happens else 0

    limit = (days or 1) * WORKING_DAY
    needs = longest_path(definition["steps"], worked)
    if needs > limit:
        held = "true" if with_conditions else "false"
        reason = f"with all conditions {held} the steps need {needs} of {limit} minutes"
        yield Fault("$.steps", "time", reason)


def longest_path(steps: list[Step], worked: Callable[[Step], int]) -> int:
    """Steps stand after what they depend on; what is out of order counts alone."""
    ends: dict[str, int] = {}
    for step in steps:
        start = max((ends.get(name, 0) for name in step["depends_on"]), default=0)
        ends[step["id"]] = start + worked(step)
    return max(ends.values())
