"""Procedures that nobody made the engine for, and that use all that data can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workflow.domain.step import State
from shared.directory import read
from tests.builders.workflow import Handling
from tests.unit.workflow.test_every_case_ends import Walk, require_order
from tools.catalogue.checking import looked_over

NASTY = Path(__file__).parents[2] / "acceptance/catalogues/nasty"
PROCEDURES = [read(file) for file in sorted(NASTY.glob("*.json"))]

PLACES = [{"province_code": "66"}, {"province_code": "68"}, None]


FOUND = {"integer": 40, "text": "hiếm"}  # what officers find out, by its type


class Inquiring(Handling):
    """Whoever finishes a step enters the facts that it has to find out."""

    def finish(self, step: str, outcome: str = "ok", **more: Any) -> None:
        id = step.partition(":")[0]
        facts = {
            each["name"]: FOUND[each["type"]]
            for each in self.route.definition["facts"]
            if each["set_by_step"] == id
        }
        super().finish(step, outcome, **{"facts": facts, **more})


def test_they_are_in_order() -> None:
    assert looked_over([NASTY]).faults == []


def test_they_use_all_that_data_can_say() -> None:
    steps = [step for each in PROCEDURES for step in each["steps"]]
    outcomes = [outcome for each in PROCEDURES for outcome in each["outcomes"]]
    effects = {step["timeout"]["effect"] for step in steps if "timeout" in step}

    assert {step["clock"] for step in steps} == {
        *("counts", "excluded", "paused", "counts_in_variant"),
    }
    assert {step.get("status") for step in steps} == {None, 5, 6, 8}
    assert effects == {"accept", "consent", "supplement", "remind_then_suspend", "fail"}
    assert {each["kind"] for each in outcomes} == {
        *("grant", "refuse", "partial", "intermediate", "supplement", "closed"),
    }
    assert {each["legal_time"]["unit"] for each in PROCEDURES} == {
        *("working_day", "day", "same_day"),
    }


def answers(data: st.DataObject) -> dict[str, Any]:
    """What the conditions of their steps ask for, from nothing to everything."""
    places = st.lists(st.sampled_from(PLACES), max_size=3)
    works = st.lists(st.sampled_from(["dredging", "quay"]), unique=True)
    trees = [{"species": "Đa", "age": 250}][: data.draw(st.integers(0, 1))]
    return {
        "works": data.draw(works),
        "stations": [{"place": each, "depth_cm": 9} for each in data.draw(places)],
        "reach_km": data.draw(st.sampled_from([None, 1.5, 20.0])),
        "age_years": data.draw(st.sampled_from([None, 10, 80])),
        "trees": trees,
        "wants_relief": data.draw(st.booleans()),
    }


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("definition", PROCEDURES, ids=lambda each: str(each["slug"]))
def test_each_reaches_its_last_step(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    handling = Inquiring(definition, answers(data))
    handling.case.settle_fees(act=handling.act())

    Walk(handling, data).to_the_end()

    states = {each.id: each.state for each in handling.case.steps.values()}
    assert states[handling.route.last.id] == State.DONE
    assert set(handling.route.steps) <= states.keys()
    require_order(handling)
