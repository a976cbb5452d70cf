"""Every expression compiles, names what exists, and never fails (rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.intake.domain.catalogue.fault import Fault
from services.intake.domain.catalogue.values import unknown_values
from shared.directory import Directory
from shared.expressions import ExpressionError, evaluate, names_for, undeclared

Definition = Mapping[str, Any]
Expected = Callable[[Any], bool]
Expression = tuple[str, str, Expected]


def is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def is_amount(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 0)


def is_keys(value: Any) -> bool:
    return isinstance(value, list) and all(
        each is None or isinstance(each, str) for each in value
    )


def is_value_of(field: Mapping[str, Any]) -> Expected:
    kinds: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "money": (int,),
        "decimal": (int, float),
        "boolean": (bool,),
        "multiselect": (list,),
        "table": (list,),
        "address": (dict,),
        "file": (dict,),
    }
    kind = kinds.get(field["type"], (str,))
    return lambda value: value is None or isinstance(value, kind)


def faults(definition: Definition, directory: Directory) -> Iterator[Fault]:
    names = on_an_empty_form(definition, directory)
    for path, source, expected in expressions(definition, directory.common):
        yield from wrong(path, source, expected, names)
    for path, source, _ in expressions(definition, directory.common):
        for says, values, choices in unknown_values(
            source, definition, directory.common
        ):
            yield Fault(path, "unknown", says, values, choices)


def wrong(
    path: str, source: str, expected: Expected, names: Mapping[str, Any]
) -> Iterator[Fault]:
    try:
        if unknown := undeclared(source, names):
            for name in unknown:
                says, known = "undeclared", tuple(names)
                yield Fault(path, "undeclared", says, {"name": name}, known)
            return
        value = evaluate(source, names)
    except ExpressionError as error:
        yield Fault(path, "expression", "expression", {"message": error.reason})
        return
    if not expected(value):
        yield Fault(path, "expression", "wrong-type", {"value": repr(value)})


def on_an_empty_form(definition: Definition, directory: Directory) -> dict[str, Any]:
    """What expressions must bear: no answer at all."""
    return names_for(
        definition,
        directory.common,
        answers={},
        channel=definition["channels"][0],
        submitted_on="2026-11-20",
        received_on=None,
        today="2026-11-20",
        exemption_groups=[],
        outcomes={},
        facts={},
    )


def expressions(
    definition: Definition, common: Mapping[str, Any]
) -> Iterator[Expression]:
    """Every expression of a procedure, with its place and what it must yield."""
    yield from of_steps(definition)
    yield from of_conditions(definition)
    for number, fee in enumerate(definition["fees"]):
        for place, rate in enumerate(fee["rates"]):
            path = f"$.fees[{number}].rates[{place}].formula"
            yield path, rate["formula"], is_amount
    for number, field in enumerate(definition["fields"]):
        yield from of_field(f"$.fields[{number}]", field)
    for number, name in enumerate(definition["field_groups"]):
        group, path = common["field_groups"][name], f"$.field_groups[{number}]"
        if "visible_if" in group:
            yield path, group["visible_if"], is_truth
        for field in group["fields"]:
            yield from of_field(path, field)


def of_steps(definition: Definition) -> Iterator[Expression]:
    for number, step in enumerate(definition["steps"]):
        path = f"$.steps[{number}]"
        if "when" in step:
            yield f"{path}.when", step["when"], is_truth
        if "fan_out" in step:
            yield f"{path}.fan_out.keys", step["fan_out"]["keys"], is_keys


def of_conditions(definition: Definition) -> Iterator[Expression]:
    for number, variant in enumerate(definition["legal_time"]["variants"]):
        yield f"$.legal_time.variants[{number}].when", variant["when"], is_truth
    for number, document in enumerate(definition["documents"]):
        path = f"$.documents[{number}].required_if"
        if "required_if" in document:
            yield path, document["required_if"], is_truth
    for number, check in enumerate(definition["checks"]):
        yield f"$.checks[{number}].rule", check["rule"], is_truth


def of_field(path: str, field: Mapping[str, Any]) -> Iterator[Expression]:
    for key in ("required_if", "visible_if"):
        if key in field:
            yield f"{path}.{key}", field[key], is_truth
    if "computed" in field:
        yield f"{path}.computed", field["computed"], is_value_of(field)
