"""What officers find out at their steps: always so that the result can be granted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.expressions import evaluate, names_for
from tools.demo.client import Json
from tools.demo.forms import fields_of
from tools.demo.rules import NAME
from tools.demo.values import Common, Field, Values

FIRST = {"boolean": False, "money": 0, "integer": 1, "text": "Đã kiểm tra"}
OTHERS: dict[str, list[Any]] = {
    "boolean": [True],
    "money": [1, 1_000_000, 100_000_000],
    "integer": [0, 2, 10, 100],
    "text": ["Đạt"],
}


class Findings:
    """Facts of one case; of fields that a reviewer fills in, some by chance."""

    def __init__(
        self, definition: Json, common: Common, channel: str, values: Values
    ) -> None:
        self._definition, self._common = definition, common
        self._channel, self._values = channel, values
        self._fields = {each["name"]: each for each in fields_of(definition, common)}

    def of(self, step: Json, case: Json) -> Json:
        """All that this step has to find out, and what a grant needs besides."""
        asked = step.get("facts", [])
        known = dict(case.get("facts") or {})
        found = {
            each["name"]: self._first(each)
            for each in asked
            if each["required"] and known.get(each["name"]) is None
        }
        found |= self._reviewed(step, asked)
        for each in asked:
            if each["name"] not in self._fields:
                found = self._best(each, found, case)
        return {name: value for name, value in found.items() if value is not None}

    def _first(self, asked: Json) -> Any:
        if field := self._fields.get(asked["name"]):
            return self._values.of(field)
        return FIRST.get(asked["type"], self._values.today.isoformat())

    def _reviewed(self, step: Json, asked: list[Json]) -> Json:
        """Fields of the form, at the first review."""
        if step["step_id"] != self._first_review:
            return {}
        fields: list[Field] = [
            self._fields[each["name"]] for each in asked if each["name"] in self._fields
        ]
        return {each["name"]: self._values.of(each) for each in fields}

    @property
    def _first_review(self) -> str | None:
        steps = self._definition["steps"]
        reviews = [each["id"] for each in steps if each["role"] == "reviewer"]
        return reviews[0] if reviews else None

    def _best(self, asked: Json, found: Json, case: Json) -> Json:
        """The first value that leaves the fewest checks of the review broken."""
        name = asked["name"]
        if not any(name in NAME.findall(rule) for rule in self._rules):
            return found
        values = [found.get(name), self._first(asked), *OTHERS.get(asked["type"], [])]
        choices = [{**found, name: value} for value in values]
        return min(choices, key=lambda each: self._broken(each, case))

    def _broken(self, found: Json, case: Json) -> int:
        facts = {**(case.get("facts") or {}), **found}
        names = names_for(
            self._definition,
            self._common,
            answers={**(case.get("answers") or {}), **facts},
            channel=self._channel,
            submitted_on=self._values.today.isoformat(),
            received_on=self._values.today.isoformat(),
            today=self._values.today.isoformat(),
            exemption_groups=[],
            outcomes={},
            facts=facts,
        )
        return sum(evaluate(rule, names) is not True for rule in self._rules)

    @property
    def _rules(self) -> list[str]:
        return [*self._enforced()]

    def _enforced(self) -> Iterator[str]:
        for each in self._definition["checks"]:
            if each["stage"] == "review" and each["severity"] == "error":
                yield each["rule"]
