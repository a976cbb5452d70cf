"""Codes are unique, and what is named exists (rules 2, 4, 8 to 12 of the catalogue)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from services.intake.domain.answers import READERS, Lists, Unfit
from services.intake.domain.catalogue.fault import Fault
from services.intake.domain.fields import read
from shared.directory import Directory

Definition = Mapping[str, Any]
Place = tuple[str, Any]  # a JSON path, and what stands there

SOURCES = ("identity", "profile")  # of prefilled answers, besides the databases

UNIQUE = {
    "steps": "id",
    "documents": "code",
    "fees": "code",
    "checks": "id",
    "facts": "name",
    "outcomes": "code",
    "refusal_reasons": "code",
}


def faults(definition: Definition, directory: Directory) -> Iterator[Fault]:
    yield from repeated(definition, directory)
    yield from dangling(definition, directory)
    yield from unfit_defaults(definition, directory)
    yield from unreal_dates(definition)
    yield from broken_patterns(definition)
    yield from unfit_settings(definition)


def repeated(definition: Definition, directory: Directory) -> Iterator[Fault]:
    for section, key in UNIQUE.items():
        yield from doubled(f"$.{section}", definition[section], key)
    for path, field in every_field(definition):
        yield from doubled(f"{path}.options", field.get("options", ()), "value")
        yield from doubled(f"{path}.columns", field.get("columns", ()), "name")
    taken = [each["name"] for each in shared_fields(definition, directory)]
    taken += [each["name"] for each in directory.common["expression_context"]]
    for number, field in enumerate(definition["fields"]):
        if field["name"] in taken:
            path, told = f"$.fields[{number}].name", {"name": field["name"]}
            yield Fault(path, "repeated", "name-taken", told)
        taken.append(field["name"])


def doubled(
    path: str, entries: Iterable[Mapping[str, Any]], key: str
) -> Iterator[Fault]:
    seen = set()
    for number, entry in enumerate(entries):
        if entry[key] in seen:
            place = f"{path}[{number}].{key}"
            yield Fault(place, "repeated", "repeated", {"name": entry[key]})
        seen.add(entry[key])


def shared_fields(definition: Definition, directory: Directory) -> list[dict[str, Any]]:
    known = directory.common["field_groups"]
    return [
        field
        for group in definition["field_groups"]
        if group in known
        for field in known[group]["fields"]
    ]


def dangling(definition: Definition, directory: Directory) -> Iterator[Fault]:
    """What is named, but does not exist."""
    common = directory.common
    databases = {each["id"] for each in common["databases"]}
    sets = (
        (agencies(definition), directory.agencies.keys(), "agency"),
        (named_databases(definition), databases, "database"),
        (code_lists(definition), {each["id"] for each in common["catalogues"]}, "list"),
        (sources(definition), {*SOURCES, *databases}, "source"),
        (
            items("$.field_groups", definition["field_groups"]),
            common["field_groups"],
            "group",
        ),
        (status_sets(definition), common["external_status_sets"], "status set"),
        (exemptions(definition), codes(common, "exemption_group"), "exemption group"),
        (
            setting_steps(definition),
            {each["id"] for each in definition["steps"]},
            "step",
        ),
    )
    for places, known, kind in sets:
        for path, name in places:
            if name not in known:
                told = {"kind": kind, "name": name}
                yield Fault(path, "unknown", "unknown", told, tuple(known))


def items(path: str, names: Iterable[str]) -> Iterator[Place]:
    for number, name in enumerate(names):
        yield f"{path}[{number}]", name


def codes(common: Mapping[str, Any], enum: str) -> set[str]:
    return {each["code"] for each in common["enums"].get(enum, [])}


def agencies(definition: Definition) -> Iterator[Place]:
    for number, step in enumerate(definition["steps"]):
        yield f"$.steps[{number}].agency", step["agency"]
    for number, part in enumerate(definition["legal_time"]["parts"]):
        yield f"$.legal_time.parts[{number}].agency", part["agency"]
    for number, fee in enumerate(definition["fees"]):
        if "collector" in fee:
            yield f"$.fees[{number}].collector", fee["collector"]


def named_databases(definition: Definition) -> Iterator[Place]:
    for number, document in enumerate(definition["documents"]):
        yield from items(f"$.documents[{number}].databases", document["databases"])
    for number, step in enumerate(definition["steps"]):
        yield from items(f"$.steps[{number}].data_calls", step.get("data_calls", ()))
    for number, fact in enumerate(definition["facts"]):
        if fact["database"] is not None:
            yield f"$.facts[{number}].database", fact["database"]


def every_field(definition: Definition) -> Iterator[Place]:
    """The procedure's fields and the columns of its tables."""
    for number, field in enumerate(definition["fields"]):
        yield f"$.fields[{number}]", field
        for column, each in enumerate(field.get("columns", ())):
            yield f"$.fields[{number}].columns[{column}]", each


def code_lists(definition: Definition) -> Iterator[Place]:
    for path, field in every_field(definition):
        if "catalogue" in field:
            yield f"{path}.catalogue", field["catalogue"]


def sources(definition: Definition) -> Iterator[Place]:
    for path, field in every_field(definition):
        if "prefill" in field:
            yield f"{path}.prefill", field["prefill"].partition(".")[0]


def status_sets(definition: Definition) -> Iterator[Place]:
    if definition["external_status_set"] is not None:
        yield "$.external_status_set", definition["external_status_set"]


def exemptions(definition: Definition) -> Iterator[Place]:
    for number, fee in enumerate(definition["fees"]):
        yield from items(f"$.fees[{number}].exemptions", fee["exemptions"])


def setting_steps(definition: Definition) -> Iterator[Place]:
    for number, fact in enumerate(definition["facts"]):
        if fact["set_by_step"] is not None:
            yield f"$.facts[{number}].set_by_step", fact["set_by_step"]


def unfit_defaults(definition: Definition, directory: Directory) -> Iterator[Fault]:
    """A default must be an answer its own field would take."""
    lists = Lists.of(directory.common, datetime(2026, 1, 1, tzinfo=UTC))
    for path, field in every_field(definition):
        if field.get("catalogue", "provinces") not in lists.catalogues:
            continue
        if field.get("default") is not None and not fits(field, lists):
            told = {"value": repr(field["default"]), "type": field["type"]}
            yield Fault(f"{path}.default", "unfit-default", "default", told)


def fits(field: Mapping[str, Any], lists: Lists) -> bool:
    undated = {k: v for k, v in field.items() if k not in ("earliest", "latest")}
    try:
        if field["type"] == "table":
            return not read(undated, "", field["default"], lists)[1]
        return bool(
            READERS[field["type"]](undated, field["default"], lists) is not None
        )
    except (Unfit, re.error):
        return False


def unreal_dates(definition: Definition) -> Iterator[Fault]:
    """Periods of validity are dates that exist, and end after they begin."""
    yield from period("$.version", definition["version"])
    for number, fee in enumerate(definition["fees"]):
        spans: list[tuple[str, str]] = []
        for place, rate in enumerate(fee["rates"]):
            path = f"$.fees[{number}].rates[{place}]"
            yield from period(path, rate)
            span = (
                rate["valid_from"] or "0001-01-01",
                rate["valid_to"] or "9999-12-31",
            )
            if any(span[0] <= end and start <= span[1] for start, end in spans):
                yield Fault(path, "overlap", "overlap")
            spans.append(span)


def period(path: str, entry: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("valid_from", "valid_to"):
        if entry[key] is not None and not is_date(entry[key]):
            told = {"value": entry[key]}
            yield Fault(f"{path}.{key}", "not-a-date", "not-a-date", told)
    if (
        entry["valid_from"]
        and entry["valid_to"]
        and entry["valid_to"] < entry["valid_from"]
    ):
        yield Fault(f"{path}.valid_to", "period", "period")


def is_date(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def broken_patterns(definition: Definition) -> Iterator[Fault]:
    for path, field in every_field(definition):
        try:
            re.compile(field.get("pattern", ""))
        except re.error as error:
            told = {"message": str(error)}
            yield Fault(f"{path}.pattern", "pattern", "pattern", told)


def unfit_settings(definition: Definition) -> Iterator[Fault]:
    """Rules 9, 10 and 12: what one part of a procedure asks of another."""
    groups, supplement = definition["field_groups"], definition["supplement"]
    for number, step in enumerate(definition["steps"]):
        if (
            "supplement" in step.get("outcomes", ())
            and supplement["max_requests_per_stage"] < 1
        ):
            path = f"$.steps[{number}].outcomes"
            yield Fault(path, "supplement", "supplement-none")
    if len(definition["result_channels"]) > 1 and "delivery" not in groups:
        yield Fault("$.result_channels", "group-missing", "delivery")
    for number, document in enumerate(definition["documents"]):
        condition = re.sub(r"\s", "", document.get("required_if", "")).replace('"', "'")
        if "acting_as=='authorised'" in condition and "dossier_owner" not in groups:
            path = f"$.documents[{number}].required_if"
            yield Fault(path, "group-missing", "dossier-owner")
    kinds = {outcome["kind"] for outcome in definition["outcomes"]}
    if supplement["on_expiry"] == "void_dossier" and "closed" not in kinds:
        yield Fault("$.supplement.on_expiry", "outcome-missing", "closed")
