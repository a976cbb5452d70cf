"""One pass over all definitions: the schema first, then what no schema can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from services.intake.domain.catalogue import conditions, graph, limits, references
from services.intake.domain.catalogue.fault import Fault
from services.intake.domain.catalogue.schema import against_schema
from services.intake.domain.procedure import Edition
from shared.directory import Directory

Definitions = Iterable[tuple[str, Any]]  # the name of a file, and what it holds

LISTS = {  # codes that stand in the schema, and in common.json (rule 11)
    "level": "procedure.properties.level",
    "flow": "procedure.properties.flow",
    "online_level": "procedure.properties.online_level",
    "channel": "procedure.properties.channels.items",
    "applicant_type": "procedure.properties.applicant_types.items",
    "time_unit": "legal_time.properties.unit",
    "clock": "step.properties.clock",
    "role": "step.properties.role",
    "step_outcome": "step.properties.outcomes.items",
    "timeout_effect": "step.properties.timeout.properties.effect",
    "signature": "step.properties.signature",
    "requirement": "step.properties.requires.items",
    "document_manner": "document.properties.manner",
    "fee_kind": "fee.properties.kind",
    "fee_timing": "fee.properties.timing",
    "fee_authority": "fee.properties.set_by",
    "exemption_group": "fee.properties.exemptions.items",
    "check_stage": "check.properties.stage",
    "severity": "check.properties.severity",
    "supplement_clock_effect": "supplement.properties.clock_effect",
    "supplement_expiry": "supplement.properties.on_expiry",
    "outcome_kind": "outcome.properties.kind",
    "agency_function": "agencies.properties.agencies.items.properties.function",
}


def check(
    definitions: Definitions,
    directory: Directory,
    published: Iterable[Edition] = (),
) -> list[Fault]:
    """Everything that is wrong with these definitions, beside what is published."""
    found: list[Fault] = []
    sound: list[tuple[str, dict[str, Any]]] = []
    for file, definition in definitions:
        broken = list(against_schema(directory.schema, definition, "procedure"))
        if not broken:
            sound.append((file, definition))
            broken = list(against_rules(file, definition, directory))
        found += [fault.of(file) for fault in broken]
    known = list(published)
    return [*found, *clashes(sound, known), *out_of_turn(sound, known)]


def against_rules(
    file: str, definition: Mapping[str, Any], directory: Directory
) -> Iterator[Fault]:
    if definition["slug"] != file.removesuffix(".json"):
        named = {"slug": definition["slug"], "file": file, "stem": Path(file).stem}
        yield Fault("$.slug", "slug", "slug", named)
    yield from graph.faults(definition)
    yield from limits.faults(definition)
    unresolved = list(references.faults(definition, directory))
    yield from unresolved
    known = directory.common["field_groups"]
    if all(group in known for group in definition["field_groups"]):
        yield from conditions.faults(definition, directory)


def clashes(definitions: Definitions, published: Iterable[Edition]) -> Iterator[Fault]:
    """A code or a slug means one procedure at any time."""
    others = list(published)
    for file, definition in definitions:
        mine = Edition.of(definition)
        for other in others:
            if mine.overlaps(other) and (mine.code == other.code) != (
                mine.slug == other.slug
            ):
                yield Fault("$.code", "repeated", "clash", vars(other), file=file)
        others.append(mine)


def out_of_turn(
    definitions: Definitions, published: Iterable[Edition]
) -> Iterator[Fault]:
    """A new version follows those that are there, by its number and by its day."""
    known = list(published)
    for file, definition in definitions:
        mine = Edition.of(definition)
        ours = [each for each in known if each.slug == mine.slug]
        if not ours or mine.number in {each.number for each in ours}:
            continue
        last, start = max(x.number for x in ours), max(x.valid_from for x in ours)
        told = {"last": last, "next": last + 1, "number": mine.number, "start": start}
        if mine.number < last:
            path, says = "$.version.number", "version-number"
            yield Fault(path, "version", says, told, file=file)
        if mine.valid_from < start:
            path, says = "$.version.valid_from", "version-day"
            yield Fault(path, "version", says, told, file=file)


def check_lists(common: Any, agencies: Any, schema: dict[str, Any]) -> list[Fault]:
    """common.json and agencies.json: their schema, and the codes both must share."""
    found = [
        *(each.of("common.json") for each in against_schema(schema, common, "common")),
        *(
            each.of("agencies.json")
            for each in against_schema(schema, agencies, "agencies")
        ),
    ]
    return found or [each.of("common.json") for each in unequal(common, schema)]


def unequal(common: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Fault]:
    for enum, path in LISTS.items():
        allowed: Any = schema["$defs"]
        for key in path.split("."):
            allowed = allowed[key]
        listed = {each["code"] for each in common["enums"].get(enum, ())}
        if odd := sorted(listed.symmetric_difference(allowed["enum"])):
            yield Fault(f"$.enums.{enum}", "codes", "codes", {"odd": ", ".join(odd)})
