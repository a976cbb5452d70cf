"""Fees: formulas, periods of validity, exemptions, and what is not known yet."""

from __future__ import annotations

from collections.abc import Sequence

from tests.builders.procedures.conditions import Conditions
from tests.builders.procedures.hand import COMMON, Hand, Json, text3

EXEMPT = [each["code"] for each in COMMON["enums"]["exemption_group"]]
TIMINGS = ("on_submission", "before_result", "tax_notice", "none")
FOR_EVER: Json = {"valid_from": None, "valid_to": None}
PERIODS: tuple[list[Json], ...] = (
    [FOR_EVER],
    [FOR_EVER],
    [{"valid_from": "2020-01-01", "valid_to": None}],
    [
        {"valid_from": None, "valid_to": "2024-12-31"},
        {"valid_from": "2025-01-01", "valid_to": None},
    ],
    [
        {"valid_from": "2025-01-01", "valid_to": "2099-12-31"},
        {"valid_from": "2100-01-01", "valid_to": None},
    ],
)


class Fees:
    def __init__(
        self, hand: Hand, fields: list[Json], facts: list[Json], asks: Conditions
    ) -> None:
        self.hand, self.asks, self.facts = hand, asks, facts
        self.numbers = [each for each in fields if each["type"] in ("integer", "money")]

    def draw(self, agencies: Sequence[str], *, is_held: bool) -> list[Json]:
        """Where a step is held until all is paid, no amount waits for a finding."""
        fees = [self._fee(x, is_held=is_held) for x in range(self.hand.number(0, 3))]
        for fee in fees:
            fee |= self.hand.optional("collector", 20, lambda: self.hand.pick(agencies))
        return fees

    def _fee(self, number: int, *, is_held: bool) -> Json:
        hand = self.hand
        timing = hand.pick(TIMINGS)
        periods = hand.pick(PERIODS)
        may_wait = not is_held or timing not in ("on_submission", "before_result")
        rates = [{**each, "formula": self._formula(may_wait)} for each in periods]
        return {
            "code": f"PHI_{number}",
            "kind": hand.pick(["phi", "le_phi", "tax"]),
            "name": text3(f"Fee {number}"),
            "currency": "VND",
            "timing": timing,
            "rates": rates,
            "set_by": hand.pick(["national", "provincial_council"]),
            "refundable": hand.likely(50),
            "exemptions": hand.some(EXEMPT, 0, 3),
        }

    def _formula(self, may_wait: bool) -> str:
        hand = self.hand
        found = ["0", "50000", "channel == 'online' ? 0 : 25000"]
        found.append(f"({self.asks.one()}) ? 30000 : 10000")
        names = (each["name"] for each in self.numbers)
        found += [f"{x} == null ? 0 : greatest({x}, 0) * 10" for x in names]
        if may_wait:
            found += [formula for fact in self.facts for formula in of_fact(fact)]
        return hand.pick(found)


def of_fact(fact: Json) -> list[str]:
    name = f"facts.{fact['name']}"
    if fact["set_by_step"] is None:
        return []
    if fact["type"] in ("integer", "money"):
        return [f"{name} == null ? null : 1000 * greatest({name}, 1)"]
    return [f"{name} == null ? null : 45000"]
