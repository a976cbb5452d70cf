"""Fills in the form of any procedure so that nothing in it is refused.

Field by field first; then, while a rule of the procedure is not met, the answers it
speaks of are tried anew. The same seed gives the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tools.demo.people import Person
from tools.demo.rules import NAME, Rules
from tools.demo.values import Common, Field, Values, limit

Definition = dict[str, Any]
Answers = dict[str, Any]

TRIES = 3000
OPTIONAL = 0.6  # of the optional fields are filled in
OFFSETS = (-3650, -365, -90, -30, -1, 0, 1, 30, 90, 365, 3650)


class UnfillableError(Exception):
    """No answers were found that the rules of this procedure allow."""


def fields_of(definition: Definition, common: Common) -> list[Field]:
    """All fields in the order of the form; a group's condition holds for each."""
    return [*_fields_of(definition, common)]


def _fields_of(definition: Definition, common: Common) -> Iterator[Field]:
    groups = {each: common["field_groups"][each] for each in definition["field_groups"]}
    last = groups.pop("declaration", {"fields": []})
    for group in groups.values():
        for each in group["fields"]:
            yield under(group.get("visible_if"), cut_down(each, definition))
    yield from definition["fields"]
    yield from last["fields"]


def under(condition: str | None, each: Field) -> Field:
    own = each.get("visible_if")
    both = " && ".join(f"({part})" for part in (condition, own) if part)
    return {**each, "visible_if": both} if both else each


def cut_down(each: Field, definition: Definition) -> Field:
    """A result can only be had through the channels the procedure offers."""
    if each["name"] != "result_channel":
        return each
    offered = definition["result_channels"]
    options = [option for option in each["options"] if option["value"] in offered]
    default = each["default"] if each["default"] in offered else offered[0]
    return {**each, "options": options, "default": default}


@dataclass
class Form:
    """One form of one applicant. `given` answers are taken as they are.

    What is `preferred` is changed where a rule asks for something else.
    """

    definition: Definition
    common: Common
    applicant: Person
    channel: str
    today: date
    seed: str
    given: Answers = field(default_factory=dict)
    by: frozenset[str] = frozenset({"applicant"})
    preferred: Answers = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._fields = fields_of(self.definition, self.common)
        self._rules = Rules(self.definition, self.common, self.channel, self.today)
        self._values = Values(self._random, self.common, self.applicant, self.today)
        self._values.meet(self._fields)
        self._skipped = {
            each["name"] for each in self._fields if self._is_skipped(each)
        }

    def filled(self) -> Answers:
        """Answers without an error, and without a warning where that is possible."""
        names = {each["name"] for each in self._fields}
        known = {**self.preferred, **self.given}
        answers = {key: value for key, value in known.items() if key in names}
        self._settle(answers)
        answers = self._mended(answers, "error", TRIES)
        if broken := self._broken(answers, "error"):
            raise UnfillableError(self.definition["slug"], self.seed, *broken)
        return self._mended(answers, "warning", TRIES // 10)

    def added(self, answers: Answers, *, by: str) -> Answers:
        """What somebody else fills in, on a form that is filled in otherwise."""
        own = [each for each in self._fields if each.get("set_by") == by]
        form = replace(self, given=answers, by=self.by | {by})
        whole = {**answers}
        form._settle(whole)
        return {
            each["name"]: whole[each["name"]] for each in own if each["name"] in whole
        }

    def _settle(self, answers: Answers) -> None:
        """What is hidden has no answer, what is required has one: until that is so."""
        for _ in range(len(self._fields)):
            before = dict(answers)
            for each in self._fields:
                self._settle_one(each, answers)
            if answers == before:
                return

    def _settle_one(self, each: Field, answers: Answers) -> None:
        name = each["name"]
        if not self._may_answer(each, answers):
            answers.pop(name, None)
        elif name not in answers and "default" in each and name in self._skipped:
            answers[name] = each["default"]
        elif answers.get(name) is None and self._is_wanted(each, answers):
            answers[name] = self._values.of(each)

    def _is_wanted(self, each: Field, answers: Answers) -> bool:
        """Required; or not yet asked, and not one of those left empty."""
        name = each["name"]
        is_new = name not in answers and name not in self._skipped
        return is_new or self._is_required(each, answers)

    def _is_skipped(self, each: Field) -> bool:
        is_optional = not each.get("required") and "must_be" not in each
        return is_optional and self._random.random() > OPTIONAL

    def _may_answer(self, each: Field, answers: Answers) -> bool:
        if each.get("set_by", "applicant") not in self.by or "computed" in each:
            return False
        condition = each.get("visible_if")
        return condition is None or self._rules.holds(condition, answers)

    def _is_required(self, each: Field, answers: Answers) -> bool:
        if each.get("required") or "must_be" in each:
            return True
        condition = each.get("required_if")
        return condition is not None and self._rules.holds(condition, answers)

    def _broken(self, answers: Answers, severity: str) -> list[str]:
        return [
            each["rule"]
            for each in self.definition["checks"]
            if each["stage"] == "submission"
            and each["severity"] in ("error", severity)
            and not self._rules.holds(each["rule"], answers)
        ]

    def _mended(self, answers: Answers, severity: str, tries: int) -> Answers:
        """Change one answer after the other, never for the worse, until all hold."""
        broken = self._broken(answers, severity)
        for _ in range(tries):
            if not broken:
                break
            changed = self._changed(answers, self._random.choice(broken))
            still = self._broken(changed, severity)
            if len(still) <= len(broken):
                answers, broken = changed, still
        return answers

    def _changed(self, answers: Answers, rule: str) -> Answers:
        spoken_of = set(NAME.findall(rule)) - self.given.keys()
        open_fields = [
            each
            for each in self._fields
            if each["name"] in spoken_of
            and self._may_answer(each, answers)
            and not self._values.is_the_applicants(each)
        ]
        if not open_fields:
            return answers
        each, changed = self._random.choice(open_fields), dict(answers)
        value = self._random.choice([*self._candidates(each, rule, answers)])
        if value and each["type"] == "date" and is_birth_date(each):
            for other in self._values.replace_person(each, value, self._fields):
                changed.pop(other, None)
        changed[each["name"]] = value
        self._settle(changed)
        return changed

    def _candidates(self, each: Field, rule: str, answers: Answers) -> Iterator[Any]:
        """Fresh ones; none; the opposite; a day near today; what the rule compares."""
        yield self._values.of(each)
        if not self._is_required(each, answers):
            yield None
        if each["type"] == "boolean" and "must_be" not in each:
            yield not answers.get(each["name"])
        if each["type"] == "date":
            yield from allowed_days(each, self.today)
        if each["type"] in ("integer", "money", "decimal"):
            yield from allowed(each, self._rules.numbers_in(rule, answers))


def is_birth_date(each: Field) -> bool:
    return str(each["name"]).endswith("birth_date")


def allowed_days(each: Field, today: date) -> Iterator[str]:
    earliest = limit(each.get("earliest"), today) or date.min
    latest = limit(each.get("latest"), today) or date.max
    for offset in OFFSETS:
        if earliest <= (day := today + timedelta(offset)) <= latest:
            yield day.isoformat()


def allowed(each: Field, numbers: Iterable[float]) -> Iterator[float]:
    least, most = each.get("min", -(10**15)), each.get("max", 10**15)
    for number in numbers:
        if least <= number <= most:
            scale = each.get("scale", 6)
            yield round(number, scale) if each["type"] == "decimal" else int(number)
