"""Whatever the graph and whatever the officers choose: a case goes on, and ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workflow.domain.step import Effect, State
from shared.actor import Actor
from tests.builders import an_officer
from tests.builders.workflow import Handling, a_definition, a_step, the_catalogue

CATALOGUE = the_catalogue()
PATIENCE = 3  # repetitions of one step before an officer lets it go on

Draw = Any


@st.composite
def steps_between(draw: Draw) -> list[dict[str, Any]]:
    """Steps in an order in which each stands after those it depends on."""
    found: list[dict[str, Any]] = []
    ids = ["receive"]
    for number in range(draw(st.integers(0, 7))):
        before = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        found.append(draw(steps(f"s{number}", before, ids)))
        ids.append(f"s{number}")
    return found


@st.composite
def steps(draw: Draw, id: str, before: list[str], ids: list[str]) -> dict[str, Any]:
    other = draw(st.sampled_from(ids))
    conditions = ["true", "false", f"outcomes.{other} == 'verify'", "channel == 'post'"]
    keys = ["[]", "['66', '66', null]", "['66', '68', '52']"]
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["when"] = draw(st.sampled_from(conditions))
    if draw(st.integers(0, 3)) == 0:
        more["fan_out"] = {"keys": draw(st.sampled_from(keys)), "by": "province"}
    if draw(st.booleans()):
        more["parallel_group"] = draw(st.sampled_from("AB"))
    if draw(st.integers(0, 2)) == 0:
        more["signature"] = draw(st.sampled_from(["authority", "organisation"]))
    else:
        others = st.sampled_from(["ok", "verify", "mismatch", "refuse"])
        more["outcomes"] = [*draw(st.lists(others, unique=True)), "clear"]
    roles = ["reviewer", "unit_leader", "clerk", "system", "third_party", "applicant"]
    role = "agency_leader" if "signature" in more else draw(st.sampled_from(roles))
    return dict(a_step(id, *before, role=role, **more))


@st.composite
def definitions(draw: Draw) -> dict[str, Any]:
    modes = st.sampled_from(["all_settled", "all_done"])
    joins = [{"group": group, "mode": draw(modes)} for group in "AB"]
    return a_definition(*draw(steps_between()), joins=joins)


class Walk:
    """One case, worked to its end by officers who choose what the data says."""

    def __init__(self, handling: Handling, data: st.DataObject) -> None:
        self.handling = handling
        self.data = data
        self.repeated: dict[str, int] = {}

    def to_the_end(self) -> None:
        case, last = self.handling.case, self.handling.route.last.id
        for _ in range(200):
            if case.is_requested and case.paper is None:
                self.handling.seal()
            self.handling.seal_branches()
            if self.handling.open == [last]:
                break
            assert self.handling.open, "nothing is open, and the case is not over"
            self.step(self.data.draw(st.sampled_from(sorted(self.handling.open))))
        assert case.is_released
        self.handling.hand_over()
        assert case.status == 10

    def step(self, key: str) -> None:
        case = self.handling.case
        if case.proposal is None:
            self.propose(key)
        outcome = self.outcome(key)
        effect = self.handling.effect(key, outcome)
        if effect == Effect.REPEAT:
            self.repeated[key] = self.repeated.get(key, 0) + 1
        self.handling.finish(key, outcome, note="Không đủ điều kiện.")

    def propose(self, key: str) -> None:
        grants = [
            each["code"]
            for each in self.handling.route.definition["outcomes"]
            if each["kind"] == "grant"
        ]
        outcome = self.data.draw(st.sampled_from([*grants, "refused"]))
        self.handling.propose(key, outcome, by=self.adviser(key))

    def adviser(self, key: str) -> Actor:
        """Somebody who will not have to sign."""
        step = self.handling.case.steps[key]
        if self.handling.route.definition_of(key).is_approval:
            return an_officer("reviewer", agency=step.unit, subject="adviser-1")
        return self.handling.officer(key, "adviser-1")

    def outcome(self, key: str) -> str:
        definition = self.handling.route.definition_of(key)
        useful = [each for each in definition.outcomes if self.is_possible(key, each)]
        return str(self.data.draw(st.sampled_from(useful)))

    def is_possible(self, key: str, outcome: str) -> bool:
        match self.handling.effect(key, outcome):
            case Effect.SUPPLEMENT:
                return False
            case Effect.REPEAT:
                return self.repeated.get(key, 0) < PATIENCE
            case Effect.REFUSE:
                return self.handling.case.approval is None
        return True


def require_order(handling: Handling) -> None:
    """By the events: opened once, never early, and skipping blocked nobody."""
    settled: set[str] = {handling.route.first.id}
    begun: set[str] = set()
    branches: dict[str, set[str]] = {}
    for event in handling.case.collect_events():
        key = getattr(event, "step", "")
        id = key.partition(":")[0]
        match type(event).__name__:
            case "StepOpened":
                assert key not in begun
                begun.add(key)
                branches.setdefault(id, set()).add(key)
                needed = set(handling.route.definition_of(key).depends_on)
                assert needed <= settled
            case "StepFinished" | "StepSkipped":
                branches.setdefault(id, set()).discard(key)
                begun.add(key)
        settled |= {id for id, open_ones in branches.items() if not open_ones}


@settings(max_examples=150, deadline=None)
@given(definition=definitions(), data=st.data())
def test_every_case_ends(definition: dict[str, Any], data: st.DataObject) -> None:
    handling = Handling(definition)

    Walk(handling, data).to_the_end()

    assert all(each.is_settled for each in handling.case.steps.values())
    require_order(handling)


def reviewed(definition: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """What a reviewer may have filled in, which conditions ask for."""
    keys = ["residence", "health_card", "id_card"]
    places = [None, {"province_code": "66"}, {"province_code": "68"}]
    services = data.draw(st.lists(st.sampled_from(keys), unique=True))
    return {
        "services": services,
        "consultations": data.draw(
            st.lists(st.sampled_from(["planning", "fire", "heritage"]), unique=True)
        ),
        "needs_verification": data.draw(st.booleans()),
        "consent_on_paper": data.draw(st.booleans()),
        "residence_history": [
            {"address": data.draw(st.sampled_from(places))} for _ in range(2)
        ],
    }


@settings(max_examples=25, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("definition", CATALOGUE, ids=lambda each: str(each["slug"]))
def test_every_real_procedure_reaches_its_last_step(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    handling = Handling(definition, reviewed(definition, data))
    handling.case.settle_fees(act=handling.act())

    Walk(handling, data).to_the_end()

    states = {each.id: each.state for each in handling.case.steps.values()}
    assert states[handling.route.last.id] == State.DONE
    assert set(handling.route.steps) <= states.keys()
    require_order(handling)
