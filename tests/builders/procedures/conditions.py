"""Conditions over whatever a procedure knows: true or false, and never an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.builders.procedures.hand import Hand

Field = Mapping[str, Any]

ALWAYS_KNOWN = (
    "channel == 'online'",
    "channel in ['counter', 'post']",
    "today > '2020-01-01'",
    "submitted_on <= today",
    "received_on == null",
    "exemption_groups.exists(g, g == 'poor_household')",
    "true",
    "false",
)
OF_TYPE = {
    "boolean": ("{0}", "!{0}", "{0} == true"),
    "integer": ("{0} != null && {0} > 2", "{0} == null || {0} <= 3"),
    "money": ("{0} != null && {0} >= 1000000", "{0} == null"),
    "decimal": ("{0} != null && {0} > 1.5", "{0} == null || {0} * 2.0 < 9.5"),
    "date": (
        "{0} != null && {0} < today",
        "{0} == null || days_between({0}, today) >= -40",
        "{0} != null && years_between({0}, today) >= 18",
    ),
    "datetime": ("{0} != null && days_between(today, {0}) >= 0",),
    "partial_date": ("{0} != null && years_between({0}, today) > 2",),
    "year_month": ("{0} != null && months_between({0}, today) > 6",),
    "address": ("{0} != null && {0}.province_code == '66'", "{0} == null"),
    "file": ("{0} != null && {0}.size > 100",),
    "table": ("size({0}) > 1", "size({0}) == 0"),
}
CHOSEN = ("{0} == '{1}'", "{0} != null && {0} != '{1}'", "{0} in ['{1}', '{1}']")
ONE_OF_MANY = ("{0}.exists(x, x == '{1}')", "'{1}' in {0}", "size({0}) > 1")
OTHERS = ("{0} != null", "{0} == null")


def about(field: Field, name: str | None = None) -> Iterator[str]:
    """Everything one can say about an answer."""
    name = name or field["name"]
    options = [each["value"] for each in field.get("options", ())]
    if options:
        forms = ONE_OF_MANY if field["type"] == "multiselect" else CHOSEN
        for option in options:
            yield from (form.format(name, option) for form in forms)
        return
    yield from (form.format(name) for form in OF_TYPE.get(field["type"], OTHERS))
    for column in field.get("columns", ()):
        for inner in about(column, f"r.{column['name']}"):
            yield f"{name}.exists(r, {inner})"
            yield f"{name}.all(r, {inner})"


def about_fact(fact: Field) -> Iterator[str]:
    """Unknown is not false: a fact may be null whatever its type."""
    name = f"facts.{fact['name']}"
    if fact["type"] == "boolean":
        yield from (f"{name} == true", f"{name} != true", f"{name} == null")
    else:
        yield from (form.format(name) for form in OF_TYPE.get(fact["type"], OTHERS))


def about_step(step: Mapping[str, Any]) -> Iterator[str]:
    for outcome in step.get("outcomes", ["ok"]):
        yield f"outcomes.{step['id']} == '{outcome}'"
    yield f"outcomes.{step['id']} == null"


class Conditions:
    """What can be asked at some place of a procedure."""

    def __init__(
        self,
        hand: Hand,
        fields: Iterable[Field] = (),
        facts: Iterable[Field] = (),
        steps: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        self._hand = hand
        known = [list(about(each)) for each in fields]
        known += [list(about_fact(each)) for each in facts]
        known += [list(about_step(each)) for each in steps]
        self._known = [list(ALWAYS_KNOWN), *known]

    def one(self) -> str:
        """Simple; or two of them, joined."""
        if not self._hand.likely(25):
            return self._simple()
        left, right = self._simple(), self._simple()
        form = self._hand.pick(["({0}) && ({1})", "({0}) || ({1})", "!({0}) || ({1})"])
        joined = form.format(left, right)
        return joined if len(joined) <= 500 else left

    def _simple(self) -> str:
        return self._hand.pick(self._hand.pick(self._known))
