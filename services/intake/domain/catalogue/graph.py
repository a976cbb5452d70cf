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
                yield Fault(path, "order", "order", {"name": name}, tuple(earlier))
        earlier.add(step["id"])


def wrong_ends(steps: list[Step]) -> Iterator[Fault]:
    """One step begins, one returns the result."""
    for number, step in enumerate(steps):
        if (number == 0) != (not step["depends_on"]):
            path = f"$.steps[{number}].depends_on"
            yield Fault(path, "first-step", "first-step")
    followed = {name for step in steps for name in step["depends_on"]}
    for number, step in enumerate(steps):
        if (number == len(steps) - 1) == (step["id"] in followed):
            path = f"$.steps[{number}]"
            yield Fault(path, "last-step", "successor", {"name": step["id"]})
    last = f"$.steps[{len(steps) - 1}]"
    if steps[-1]["role"] != "return_officer":
        told = {"role": "return_officer"}
        yield Fault(f"{last}.role", "last-step", "last-role", told)
    if missing := TO_RETURN - set(steps[-1].get("requires", ())):
        told = {"missing": ", ".join(sorted(missing))}
        yield Fault(f"{last}.requires", "last-step", "last-requires", told)


def wrong_groups(definition: Definition) -> Iterator[Fault]:
    members = Counter(
        step["parallel_group"]
        for step in definition["steps"]
        if "parallel_group" in step
    )
    joined = Counter(join["group"] for join in definition["joins"])
    for number, join in enumerate(definition["joins"]):
        path, told = f"$.joins[{number}].group", {"group": join["group"]}
        if join["group"] not in members:
            yield Fault(path, "group", "join-empty", told)
        if joined[join["group"]] > 1:
            yield Fault(path, "group", "join-twice", told)
    for number, step in enumerate(definition["steps"]):
        group = step.get("parallel_group")
        path = f"$.steps[{number}].parallel_group"
        if group and group not in joined:
            yield Fault(path, "group", "group-unjoined", {"group": group})
        if group and members[group] < 2:
            yield Fault(path, "group", "group-single", {"group": group})
        if group and definition["flow"] == "optional_parallel" and "when" not in step:
            yield Fault(f"$.steps[{number}]", "group", "group-when")


def wrong_times(definition: Definition) -> Iterator[Fault]:
    legal = definition["legal_time"]
    for number, variant in enumerate(legal["variants"]):
        if variant["value"] <= legal["value"]:
            path = f"$.legal_time.variants[{number}].value"
            yield Fault(path, "time", "variant", {"value": legal["value"]})
    total = sum(part["value"] for part in legal["parts"])
    if legal["parts"] and total != legal["value"]:
        told = {"sum": total, "value": legal["value"]}
        yield Fault("$.legal_time.parts", "time", "parts", told)
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
        told = {"held": held, "needs": needs, "limit": limit, "over": needs - limit}
        yield Fault("$.steps", "time", "too-long", told)


def longest_path(steps: list[Step], worked: Callable[[Step], int]) -> int:
    """Steps stand after what they depend on; what is out of order counts alone."""
    ends: dict[str, int] = {}
    for step in steps:
        start = max((ends.get(name, 0) for name in step["depends_on"]), default=0)
        ends[step["id"]] = start + worked(step)
    return max(ends.values())
