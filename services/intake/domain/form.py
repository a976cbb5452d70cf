"""The form of a procedure: what is asked of whom, and all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Unpack

from services.intake.domain.answers import Field, Lists
from services.intake.domain.fields import (
    EMPTY,
    Answers,
    Problem,
    contradiction,
    is_required,
    problem,
    read,
    root,
)
from services.intake.domain.texts import Text3
from shared.expressions import Circumstances, evaluate, names_for


@dataclass(frozen=True)
class Group:
    """Fields that stand together on the form, under one heading."""

    label: Text3
    visible_if: str | None
    fields: list[Field]


@dataclass(frozen=True)
class Filled:
    """A form as it was understood: every value in its one form, and every problem."""

    values: dict[str, Any]
    problems: list[Problem]
    visible: set[str] = field(default_factory=set)
    names: dict[str, Any] = field(default_factory=dict)


class Form:
    def __init__(
        self, definition: Mapping[str, Any], common: Mapping[str, Any]
    ) -> None:
        self.definition = definition
        self.common = common
        self.groups = list(groups(definition, common))
        self.fields: dict[str, Field] = {
            each["name"]: each for group in self.groups for each in group.fields
        }

    def fill(
        self,
        given: Answers,
        *,
        now: datetime,
        asked: frozenset[str] = frozenset(),
        **circumstances: Unpack[Circumstances],
    ) -> Filled:
        """Read all answers; what the `asked` persons must still fill is a problem."""
        lists = Lists.of(self.common, now)
        values, problems = self._read(given, lists)
        visible, names = self._settle(values, circumstances)
        hidden = self.fields.keys() - visible
        problems = [each for each in problems if root(each["field"]) not in hidden]
        problems += self._contradictions(values)
        troubled = {root(each["field"]) for each in problems}
        missing = self._missing(values, visible - troubled, names, asked)
        return Filled(values, [*problems, *missing], visible, names)

    def checks(self, names: Mapping[str, Any], stage: str) -> Iterator[Problem]:
        """The rules over the whole form that do not hold."""
        for check in self.definition["checks"]:
            if check["stage"] == stage and evaluate(check["rule"], names) is not True:
                yield {
                    "check": check["id"],
                    "code": "check-failed",
                    "severity": check["severity"],
                    "message": check["message"],
                }

    def _read(
        self, given: Answers, lists: Lists
    ) -> tuple[dict[str, Any], list[Problem]]:
        unknown = [str(name)[:60] for name in given if name not in self.fields]
        problems = [problem("unknown-field", name, name=name) for name in unknown]
        values: dict[str, Any] = {}
        for name, each in self.fields.items():
            answer = given[name] if name in given else each.get("default")
            if "computed" not in each:
                values[name], wrong = read(each, name, answer, lists)
                problems += wrong
        return values, problems

    def _settle(
        self, values: dict[str, Any], circumstances: Circumstances
    ) -> tuple[set[str], dict[str, Any]]:
        """Compute and hide until nothing changes: a hidden field has no value."""
        for _ in range(len(self.fields) + 1):
            names = self._names(values, circumstances)
            visible = set(self._visible(names))
            settled = {name: each for name, each in values.items() if name in visible}
            for name in visible:
                if source := self.fields[name].get("computed"):
                    settled[name] = evaluate(source, names)
            if settled == values:
                break
            values.clear()
            values.update(settled)
        return visible, names

    def _names(self, values: Answers, circumstances: Circumstances) -> dict[str, Any]:
        return names_for(self.definition, self.common, answers=values, **circumstances)

    def _visible(self, names: Mapping[str, Any]) -> Iterator[str]:
        for group in self.groups:
            if group.visible_if is None or evaluate(group.visible_if, names):
                for each in group.fields:
                    condition = each.get("visible_if")
                    if condition is None or evaluate(condition, names):
                        yield each["name"]

    def _contradictions(self, values: Answers) -> Iterator[Problem]:
        """Personal numbers that do not fit the birth date or sex beside them."""
        for name, each in self.fields.items():
            value = values.get(name)
            if each["type"] == "table":
                for number, row in enumerate(value or []):
                    for column in each["columns"]:
                        at = f"{name}[{number}].{column['name']}"
                        yield from contradiction(column, at, row)
            else:
                yield from contradiction(each, name, values)

    def _missing(
        self,
        values: Answers,
        visible: set[str],
        names: Mapping[str, Any],
        asked: frozenset[str],
    ) -> Iterator[Problem]:
        for name, each in self.fields.items():
            if name not in visible or each.get("set_by", "applicant") not in asked:
                continue
            is_so = values.get(name) is True
            if "must_be" in each and is_so is not each["must_be"]:
                yield problem("must-be", name, each["label"])
            elif values.get(name) in EMPTY and is_required(each, names):
                yield problem("required", name, each["label"])


def groups(definition: Mapping[str, Any], common: Mapping[str, Any]) -> Iterator[Group]:
    """The shared groups, then the procedure's own fields; the declaration last."""
    order = [each for each in definition["field_groups"] if each != "declaration"]
    for name in order:
        yield shared_group(common, name, definition)
    yield Group(definition["names"], None, definition["fields"])
    if "declaration" in definition["field_groups"]:
        yield shared_group(common, "declaration", definition)


def shared_group(
    common: Mapping[str, Any], name: str, definition: Mapping[str, Any]
) -> Group:
    group = common["field_groups"][name]
    fields = [offered(each, definition["result_channels"]) for each in group["fields"]]
    return Group(group["label"], group.get("visible_if"), fields)


def offered(each: Field, channels: list[str]) -> Field:
    """Only ways of return that the procedure has are offered."""
    if each["name"] != "result_channel":
        return each
    options = [option for option in each["options"] if option["value"] in channels]
    default = {"default": each.get("default")}
    if default["default"] not in channels:
        default = {"default": channels[0]} if len(channels) == 1 else {}
    rest = {key: value for key, value in each.items() if key != "default"}
    return {**rest, "options": options, **default}
