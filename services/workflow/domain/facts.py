"""What an officer finds out at a step: each finding named and of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.domain.route import Route
from services.workflow.domain.step import StepDefinition
from services.workflow.errors import FactsInvalidError
from shared.expressions import fields_of

REVIEWERS = ("reviewer", "unit_leader")

MESSAGES = {
    "missing": {
        "vi": "Thông tin này phải được nhập ở bước này",
        "en": "This step has to find this out",
        "fr": "Cette étape doit établir cette information",
    },
    "unknown": {
        "vi": "Bước này không nhập thông tin này",
        "en": "This step does not find this out",
        "fr": "Cette étape n'établit pas cette information",
    },
    "wrong-kind": {
        "vi": "Giá trị không đúng kiểu",
        "en": "Not a value of this kind",
        "fr": "Valeur d'un autre type",
    },
}


def expected(step: StepDefinition, route: Route) -> list[dict[str, Any]]:
    """The facts of the step and of its registers; for a reviewer his fields, too."""
    facts = [
        {**fact, "required": fact["set_by_step"] == step.id}
        for fact in route.definition["facts"]
        if fact["set_by_step"] == step.id or fact["database"] in step.data_calls
    ]
    fields = fields_of(route.definition, route.directory.common)
    reviewed = [each for each in fields if each.get("set_by") == "reviewer"]
    return facts + (reviewed if step.role in REVIEWERS else [])


def require_valid(
    given: Mapping[str, Any], *, step: StepDefinition, route: Route, is_final: bool
) -> None:
    """Each finding is expected and of its kind; a step that goes on lacks none."""
    known = {each["name"]: each for each in expected(step, route)}
    wrong = {name: "unknown" for name in given if name not in known}
    for name, each in known.items():
        if given.get(name) is None:
            if is_final and each["required"]:
                wrong[name] = "missing"
        elif not is_of_kind(each, given[name]):
            wrong[name] = "wrong-kind"
    if wrong:
        raise FactsInvalidError(step.id, [_detail(*each) for each in wrong.items()])


def is_of_kind(each: Mapping[str, Any], value: Any) -> bool:
    """A value of the type of this fact or field, and one of its options."""
    options = [option["value"] for option in each.get("options", [])]
    match each["type"]:
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "money" | "decimal":
            return is_number(value, each["type"])
        case "date":
            return isinstance(value, str) and is_date(value)
        case "multiselect":
            return isinstance(value, list) and all(one in options for one in value)
        case "table":
            return isinstance(value, list)
        case "address" | "file":
            return isinstance(value, dict)
    return isinstance(value, str) and value != "" and value in (options or [value])


def is_number(value: Any, type: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return type == "decimal" or (
        isinstance(value, int) and (type != "money" or value >= 0)
    )


def is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _detail(fact: str, code: str) -> dict[str, Any]:
    return {"fact": fact, "code": code, "message": MESSAGES[code]}
