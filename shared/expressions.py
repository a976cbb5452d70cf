"""Expressions of the catalogue: conditions, formulas and rules in CEL, always total."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypedDict, Unpack

import cel

from shared.expression_limits import too_much
from shared.number_words import date_words

ADDRESS = ("province_code", "commune_code", "street", "address_text_old")
FILE = ("name", "media_type", "size", "sha256")

CONTEXT = (
    "channel",
    "submitted_on",
    "received_on",
    "today",
    "exemption_groups",
    "outcomes",
    "facts",
)

MACRO = re.compile(r"\.\s*(?:exists|exists_one|all|filter|map)\s*\(\s*(\w+)\s*,")

OF_CEL = {"size"}  # the named function of CEL itself that the catalogue may use


class ExpressionError(Exception):
    """An expression of the catalogue is defective: it must never fail."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source!r}: {reason}")
        self.source = source
        self.reason = reason


class Circumstances(TypedDict):
    """What expressions know besides the answers."""

    channel: str
    submitted_on: str
    received_on: str | None
    today: str
    exemption_groups: Sequence[str]
    outcomes: Mapping[str, str | None]
    facts: Mapping[str, Any]


@cache
def program(source: str) -> cel.Program:
    if reason := too_much(source):
        raise ExpressionError(source[:40], reason)
    try:
        return cel.compile(source)
    except Exception as error:  # whatever the parser says, the file is at fault
        raise ExpressionError(source, str(error).partition("\n")[0]) from None


def evaluate(source: str, names: Mapping[str, Any]) -> Any:
    """The value of an expression over names that `names_for` has bound."""
    try:
        return program(source).execute(cel.Context(dict(names), FUNCTIONS))
    except ExpressionError:
        raise
    except Exception as error:  # the evaluator raises several kinds
        raise ExpressionError(source, str(error)) from None


def names_in(source: str) -> set[str]:
    """The names an expression speaks of."""
    return set(program(source).variables())


def undeclared(source: str, names: Iterable[str]) -> list[str]:
    """Names and functions that an expression uses and nobody declares."""
    used = program(source)
    functions = {each for each in used.functions() if each.isidentifier()}
    unknown = set(used.variables()) - set(names) - bound_by_macros(source)
    return sorted(unknown | (functions - FUNCTIONS.keys() - OF_CEL))


def names_for(
    definition: Mapping[str, Any],
    common: Mapping[str, Any],
    *,
    answers: Mapping[str, Any],
    **circumstances: Unpack[Circumstances],
) -> dict[str, Any]:
    """Every name an expression of this procedure may use, bound whatever is missing."""
    fields = fields_of(definition, common)
    steps = [step["id"] for step in definition["steps"]]
    declared = [fact["name"] for fact in definition["facts"]]
    outcomes, facts = circumstances["outcomes"], circumstances["facts"]
    return {
        **{each["name"]: bound(each, answers.get(each["name"])) for each in fields},
        **circumstances,
        "exemption_groups": list(circumstances["exemption_groups"]),
        "outcomes": {step: outcomes.get(step) for step in steps},
        "facts": {name: facts.get(name) for name in declared},
    }


def fields_of(
    definition: Mapping[str, Any], common: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """All fields of the used groups and of the procedure, in no order for people."""
    groups = [common["field_groups"][group] for group in definition["field_groups"]]
    shared = [field for group in groups for field in group["fields"]]
    return [*shared, *definition["fields"]]


def bound(field: Mapping[str, Any], value: Any) -> Any:
    """An answer as expressions see it; what is missing has its fixed place."""
    match field["type"]:
        case "boolean":
            return value is True
        case "multiselect":
            return list(value or [])
        case "table":
            return [row_of(field["columns"], row) for row in value or []]
        case "address":
            return with_keys(ADDRESS, value)
        case "file":
            return with_keys(FILE, value)
        case "decimal":
            return None if value is None else float(value)
        case _:
            return None if value == "" else value


def row_of(columns: Iterable[Mapping[str, Any]], row: Mapping[str, Any]) -> Any:
    return {each["name"]: bound(each, row.get(each["name"])) for each in columns}


def with_keys(keys: Sequence[str], value: Mapping[str, Any] | None) -> Any:
    return {key: value.get(key) for key in keys} if value else None


def bound_by_macros(source: str) -> set[str]:
    """The names that exists, all, filter and map bind for their own."""
    return set(MACRO.findall(source))


def days_between(a: str, b: str) -> int:
    return (day(b) - day(a)).days


def months_between(a: str, b: str) -> int:
    start, end = day(a), day(b)
    return (end.year - start.year) * 12 + end.month - start.month


def years_between(a: str, b: str) -> int:
    """Born on 29 February, one completes the year on 1 March of a common year."""
    start, end = day(a), day(b)
    short = (end.month, end.day) < (start.month, start.day)
    return end.year - start.year - short


def day(text: str) -> date:
    """A date; of a date and time its date; of a partial date its first day."""
    parts = [*map(int, text[:10].split("-")), 1, 1]
    return date(*parts[:3])


def total(numbers: Iterable[int | None]) -> int:
    return sum(number for number in numbers if number is not None)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "days_between": days_between,
    "months_between": months_between,
    "years_between": years_between,
    "least": min,
    "greatest": max,
    "sum": total,
    "date_words": date_words,
}
