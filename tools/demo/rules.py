"""What the expressions of a procedure say about answers that are not yet handed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from shared.expressions import (
    Circumstances,
    ExpressionError,
    evaluate,
    fields_of,
    names_for,
)

NAME = re.compile(r"[a-z][a-z0-9_]*")
BETWEEN = re.compile(r"&&|\|\||==|!=|<=|>=|<|>|\?|:")


class Rules:
    """The same conditions as the front desk's, asked beforehand."""

    def __init__(
        self,
        definition: dict[str, Any],
        common: dict[str, Any],
        channel: str,
        today: date,
    ) -> None:
        self._definition, self._common = definition, common
        self._computed = [
            each for each in fields_of(definition, common) if "computed" in each
        ]
        self._circumstances = Circumstances(
            channel=channel,
            submitted_on=today.isoformat(),
            received_on=None,
            today=today.isoformat(),
            exemption_groups=[],
            outcomes={},
            facts={},
        )

    def holds(self, rule: str, answers: dict[str, Any]) -> bool:
        return evaluate(rule, self._names(answers)) is True

    def numbers_in(self, rule: str, answers: dict[str, Any]) -> list[float]:
        """What the two sides of its comparisons come to, as the answers are now."""
        return [*self._numbers_in(rule, self._names(answers))]

    def _numbers_in(self, rule: str, names: dict[str, Any]) -> Iterator[float]:
        for side in BETWEEN.split(rule):
            try:
                value = evaluate(side.strip(), names)
            except ExpressionError:
                continue  # half a bracket: not everything between two signs is a side
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield value

    def _names(self, answers: dict[str, Any]) -> dict[str, Any]:
        names = names_for(
            self._definition, self._common, answers=answers, **self._circumstances
        )
        for _ in self._computed:  # one may be made of another
            for each in self._computed:
                names[each["name"]] = evaluate(each["computed"], names)
        return names
