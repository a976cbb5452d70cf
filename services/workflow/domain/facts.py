"""What an officer finds out at a step: each finding named and of its kind."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from services.workflow.domain.kinds import is_of_kind
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


def expected(
    step: StepDefinition, route: Route, known: Container[str] = ()
) -> list[dict[str, Any]]:
    """The facts of the step and of its registers; for a reviewer his fields, too.

    A field that another reviewer has filled in may be changed, and need not be.
    """
    facts = [
        {**fact, "required": fact["set_by_step"] == step.id}
        for fact in route.definition["facts"]
        if fact["set_by_step"] == step.id or fact["database"] in step.data_calls
    ]
    fields = fields_of(route.definition, route.directory.common)
    reviewed = [
        {**each, "required": each["required"] and each["name"] not in known}
        for each in fields
        if each.get("set_by") == "reviewer" and "computed" not in each
    ]
    return facts + (reviewed if step.role in REVIEWERS else [])


def require_valid(
    given: Mapping[str, Any],
    wanted: Iterable[Mapping[str, Any]],
    *,
    step: str,
    is_final: bool,
) -> None:
    """Each finding is expected and of its kind; a step that goes on lacks none."""
    asked = {each["name"]: each for each in wanted}
    wrong = {name: "unknown" for name in given if name not in asked}
    for name, each in asked.items():
        if given.get(name) is None:
            if is_final and each["required"]:
                wrong[name] = "missing"
        elif not is_of_kind(each, given[name]):
            wrong[name] = "wrong-kind"
    if wrong:
        raise FactsInvalidError(step, [_detail(*each) for each in wrong.items()])


def _detail(fact: str, code: str) -> dict[str, Any]:
    return {"fact": fact, "code": code, "message": MESSAGES[code]}
