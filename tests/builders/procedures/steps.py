"""Graphs of steps: any that begin at one step, end at one, and can be walked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.builders.procedures.conditions import Conditions
from tests.builders.procedures.forms import DATABASES
from tests.builders.procedures.hand import Hand, Json, text3

ROLES = (
    *("reviewer", "reviewer", "unit_leader", "agency_leader", "clerk", "system"),
    *("applicant", "third_party", "front_desk", "inspector", "return_officer"),
)
SIGNERS = ("agency_leader", "agency_leader", "unit_leader", "reviewer", "inspector")
OUTCOMES = (
    *("match", "mismatch", "clear", "verify", "consult", "pass", "remedy"),
    *("fail", "supplement", "refuse"),
)
GOES_ON = ("ok", "match", "clear", "verify", "consult", "pass", "remedy")
EFFECTS = ("accept", "consent", "supplement", "remind_then_suspend", "fail")
KEYS = (
    *("[]", "['66', '68']", "['66', null, '66']", "['66', '52', '68']"),
    "channel == 'online' ? ['66'] : []",
)
BETWEEN = 6
WAITS = ("paused", "excluded")


class Graph:
    """Draws the steps of one procedure, and what they find out."""

    def __init__(self, hand: Hand, agencies: Sequence[str], fields: list[Json]) -> None:
        self.hand, self.agencies, self.fields = hand, agencies, fields
        self.may_supplement = hand.likely(60)
        self.modes = {
            letter: hand.pick(["all_settled", "all_done"])
            for letter in hand.some("ABZ", 0, 2)
        }
        self.is_optional = hand.likely(20)
        self.facts = [self._fact(number) for number in range(hand.number(0, 3))]
        self.steps: list[Json] = [self._first()]

    def draw(self) -> None:
        for number in range(self.hand.number(0, BETWEEN)):
            self.steps.append(self._step(f"s{number}"))
        self._keep_groups_of_two()
        self.steps.append(self._last())
        self._hold_for_the_paper()
        self._set_facts()

    @property
    def joins(self) -> list[Json]:
        used = {each.get("parallel_group") for each in self.steps}
        return [self._join(group) for group in self.modes if group in used]

    @property
    def flow(self) -> str:
        if not self.joins:
            return self.hand.pick(["single_agency", "sequential"])
        return "optional_parallel" if self.is_optional else "parallel"

    def _join(self, group: str) -> Json:
        return {
            "group": group,
            "mode": self.modes[group],
            "partial_result": self.hand.likely(40),
            "note": None,
        }

    def _fact(self, number: int) -> Json:
        kind = self.hand.pick(["boolean", "money", "integer", "date", "text"])
        return {
            "name": f"fact{number}",
            "label": text3(f"Fact {number}"),
            "type": kind,
            "database": self.hand.pick(DATABASES),
            "set_by_step": None,
        }

    def _base(self, id: str, role: str, depends_on: Iterable[str]) -> Json:
        return {
            "id": id,
            "name": text3(f"Step {id}"),
            "agency": self.hand.pick(self.agencies),
            "role": role,
            "duration_minutes": self.hand.pick([0, 10, 60, 240, 480, 1000]),
            "depends_on": list(depends_on),
            "clock": "counts",
        }

    def _first(self) -> Json:
        role = "front_desk" if self.hand.likely(80) else self.hand.pick(ROLES)
        paid = {"requires": ["fees_settled"]} if self.hand.likely(25) else {}
        return {**self._base("begin", role, ()), **paid, **self._outcomes(10)}

    def _last(self) -> Json:
        followed = {name for step in self.steps for name in step["depends_on"]}
        ends = [each["id"] for each in self.steps if each["id"] not in followed]
        requires = ["result_signed", "fees_settled"]
        clock = {"clock": self.hand.pick(["counts", "excluded"])}
        base = self._base("end", "return_officer", ends)
        return {**base, "requires": requires, **clock}

    def _step(self, id: str) -> Json:
        hand, before = self.hand, [each["id"] for each in self.steps]
        signs = {}
        if hand.likely(25):
            signs["signature"] = hand.pick(["authority", "authority", "organisation"])
        role = hand.pick(SIGNERS if signs else ROLES)
        depends_on = before[-1:] if hand.likely(50) else hand.some(before, 1, 3)
        step = {**self._base(id, role, depends_on), **signs}
        step |= self._group() | self._clock()
        step |= self._condition(step)
        if not signs:
            step |= self._outcomes(45)
        step |= hand.optional("fan_out", 12, self._branches)
        step |= hand.optional("timeout", 25, self._timeout)
        if hand.likely(20):
            step["data_calls"] = hand.some(DATABASES, 1, 2)
        if hand.likely(12):
            step["requires"] = ["fees_settled"]
        return step | self._automatic(role)

    def _group(self) -> Json:
        chosen = sorted(self.modes)
        if not chosen or not self.hand.likely(60):
            return {}
        return {"parallel_group": self.hand.pick(chosen)}

    def _clock(self) -> Json:
        clock = self.hand.pick(["counts"] * 4 + ["excluded", "paused"])
        if clock == "paused":
            return {"clock": clock, "status": self.hand.pick([5, 6, 8])}
        return {"clock": clock}

    def _condition(self, step: Json) -> Json:
        is_branch = self.is_optional and "parallel_group" in step
        if not is_branch and not self.hand.likely(25):
            return {}
        asks = Conditions(self.hand, self.fields, self.facts, self.steps)
        condition = {"when": asks.one()}
        if step["clock"] == "counts" and self.hand.likely(30):
            condition["clock"] = "counts_in_variant"
        return condition

    def _outcomes(self, percent: int) -> Json:
        if not self.hand.likely(percent):
            return {}
        first = self.hand.pick(GOES_ON)
        others = [each for each in OUTCOMES if each != first]
        if not self.may_supplement:
            others.remove("supplement")
        chosen = self.hand.some(others, 1, 3)
        at = self.hand.number(0, len(chosen))
        return {"outcomes": [*chosen[:at], first, *chosen[at:]]}

    def _branches(self) -> Json:
        keys = [*KEYS]
        for each in self.fields:
            name = each["name"]
            if each["type"] == "address":
                keys.append(f"[{name} == null ? null : {name}.province_code]")
        return {
            "keys": self.hand.pick(keys),
            "by": self.hand.pick(["commune", "province"]),
        }

    def _timeout(self) -> Json:
        return {
            "value": self.hand.number(1, 20),
            "unit": self.hand.pick(["working_day", "day"]),
            "effect": self.hand.pick(EFFECTS),
        }

    def _automatic(self, role: str) -> Json:
        if role != "system" or not self.hand.likely(50):
            return {}
        retry = {"retry": {"max": 3, "every_minutes": 5}}
        return {"automatic": True, "on_failure": "manual_queue", **retry}

    def _keep_groups_of_two(self) -> None:
        for group in self.modes:
            members = [x for x in self.steps if x.get("parallel_group") == group]
            if len(members) == 1:
                del members[0]["parallel_group"]

    def _hold_for_the_paper(self) -> None:
        """Only where the signature does not wait for what waits for the paper."""
        signing = [each for each in self.steps if each.get("signature")]
        for step in self.steps[1:-1]:
            before = ancestors(self.steps, step["id"])
            is_after = all(each["id"] in before for each in signing)
            if is_after and "signature" not in step and self.hand.likely(15):
                step["requires"] = [*step.get("requires", []), "result_signed"]

    def _set_facts(self) -> None:
        """By a step that in any case is done, before somebody signs."""
        for fact in self.facts:
            found = [each for each in self.steps[1:-1] if self._finds_out(each)]
            if found and self.hand.likely(60):
                fact |= {"database": None, "set_by_step": self.hand.pick(found)["id"]}

    def _finds_out(self, step: Json) -> bool:
        before = ancestors(self.steps, step["id"])
        is_late = any(
            each.get("signature") for each in self.steps if each["id"] in before
        )
        unsure = {"when", "fan_out", "timeout", "signature", "parallel_group"}
        holds = "result_signed" in step.get("requires", ())
        return not (is_late or holds or step.keys() & unsure)


def ancestors(steps: Iterable[Json], id: str) -> set[str]:
    known = {each["id"]: each["depends_on"] for each in steps}
    found: set[str] = set()
    left: list[Any] = [*known[id]]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += known[one]
    return found
