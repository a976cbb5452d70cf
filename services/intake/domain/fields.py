"""What was given for a field: its value in its one form, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.intake.domain.answers import MOST_ROWS, READERS, Field, Lists, Unfit
from services.intake.domain.identity import disagreement
from services.intake.domain.texts import NOTHING, Text3, message
from shared.expressions import evaluate

Problem = dict[str, Any]
Answers = Mapping[str, Any]

EMPTY: tuple[Any, ...] = (None, "", [], {})


def problem(code: str, at: str, label: Text3 = NOTHING, **details: Any) -> Problem:
    return {
        "field": at,
        "code": code,
        "severity": "error",
        "message": message(code, label, **details),
    }


def read(each: Field, at: str, answer: Any, lists: Lists) -> tuple[Any, list[Problem]]:
    """The value of one field, or of all rows of a table."""
    if answer in EMPTY:
        return None, []
    try:
        if each["type"] == "table":
            return rows(each, at, answer, lists)
        return READERS[each["type"]](each, answer, lists), []
    except Unfit as unfit:
        found = problem(unfit.code, at + unfit.at, each["label"], **unfit.details)
        return None, [found]


def rows(
    table: Field, at: str, answer: Any, lists: Lists
) -> tuple[list[dict[str, Any]], list[Problem]]:
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise Unfit("wrong-kind")
    least, most = table.get("min_rows", 0), table.get("max_rows", MOST_ROWS)
    if len(answer) > most:
        raise Unfit("too-many-rows", limit=most)
    problems, found = [], []
    for number, row in enumerate(answer):
        values, wrong = cells(table, f"{at}[{number}]", row, lists)
        found.append(values)
        problems += wrong
    if len(answer) < least:
        problems.append(problem("too-few-rows", at, table["label"], limit=least))
    return found, problems


def cells(
    table: Field, at: str, row: Mapping[Any, Any], lists: Lists
) -> tuple[dict[str, Any], list[Problem]]:
    columns = {column["name"]: column for column in table["columns"]}
    unknown = [str(name)[:60] for name in row if name not in columns]
    problems = [problem("unknown-field", f"{at}.{name}", name=name) for name in unknown]
    values: dict[str, Any] = {}
    for name, column in columns.items():
        place = f"{at}.{name}"
        answer = row[name] if name in row else column.get("default")
        values[name], wrong = read(column, place, answer, lists)
        problems += wrong
        if not wrong and values[name] in EMPTY and is_required(column, {}):
            problems.append(problem("required", place, column["label"]))
    return values, problems


def contradiction(each: Field, at: str, scope: Answers) -> Iterator[Problem]:
    number = scope.get(each["name"])
    if each["type"] != "citizen_id" or not number:
        return
    if code := disagreement(each["name"], number, scope):
        yield problem(code, at, each["label"])


def root(at: str) -> str:
    """The field that a place in an answer belongs to."""
    return at.partition("[")[0].partition(".")[0]


def is_required(each: Field, names: Mapping[str, Any]) -> bool:
    """No answer to a yes-or-no question is a no; nobody fills in what is computed."""
    if each["type"] == "boolean" or "computed" in each:
        return False
    condition = each.get("required_if")
    return each["required"] or (condition is not None and evaluate(condition, names))
