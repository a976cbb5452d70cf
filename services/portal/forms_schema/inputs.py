"""A field as its macro shows it: its words, what stands in it, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from dataclasses import field as given
from typing import Any

from services.portal import answers, languages
from services.portal.forms_schema.entered import listed, text
from services.portal.forms_schema.kinds import (
    AUTOCOMPLETE,
    INPUT_MODES,
    KINDS,
    WIDTHS,
    hint,
    options,
)
from services.portal.forms_schema.named import (
    Place,
    choices,
    is_typed,
    place_of,
)
from services.portal.forms_schema.named import shown as shown_name
from services.portal.forms_schema.places import PREFIX, anchor, input_name
from services.portal.forms_schema.rows import MOST, row_count
from shared.expressions import names_in

Field = Mapping[str, Any]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Circumstances:
    """For whom a form is shown, and what is known while it is filled in."""

    language: str
    common: dict[str, Any]
    problems: Sequence[Mapping[str, Any]] = ()
    visible: Set[str] | None = None  # all of them, as long as nobody was asked
    required: Set[str] = NOTHING
    values: Mapping[str, Any] = given(default_factory=dict)
    sources: Mapping[str, str] = given(default_factory=dict)  # field: where it is from
    locked: Set[str] = NOTHING  # known for sure: shown, not asked


@dataclass(frozen=True)
class Named:
    """A name that is typed: of which list, how it reads, what else it may mean."""

    place: Place
    value: str
    suggested_at: str
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Input:
    """All that `fields.html` needs to show one question."""

    field: Field
    name: str
    kind: str
    label: str
    hint: str = ""
    is_optional: bool = False
    value: Any = ""
    parts: Mapping[str, str] = given(default_factory=dict)
    problems: Mapping[str, str] = given(default_factory=dict)  # of its parts, too
    options: Sequence[tuple[str, str]] = ()
    lists: Mapping[str, Sequence[tuple[str, str]]] = given(default_factory=dict)
    named: Named | None = None
    rows: Sequence[Sequence[Input]] = ()
    can_grow: bool = False
    source: str = ""
    attributes: Mapping[str, str] = given(default_factory=dict)
    width: str = ""

    @property
    def problem(self) -> str:
        """What is wrong with it as a whole."""
        return self.problems.get(self.name, "")

    @property
    def all_problems(self) -> list[str]:
        return list(dict.fromkeys(self.problems.values()))


def inputs(
    fields: Iterable[Field], entered: Mapping[str, Any], where: Circumstances
) -> list[Input]:
    """Those of the fields that are asked now, as they stand in the form."""
    asked = [
        each
        for each in fields
        if where.visible is None or each["name"] in where.visible
    ]
    told = told_problems(where)
    names = {each["name"] for each in asked}
    return [shown(each, entered, told, where, names) for each in asked]


def told_problems(where: Circumstances) -> dict[str, str]:
    """Each problem under the name of the input it belongs to; the first one counts."""
    found: dict[str, str] = {}
    for each in where.problems:
        if each.get("field"):
            message = languages.said(each.get("message"), where.language)
            found.setdefault(input_name(each["field"]), message)
    return found


def shown(
    each: Field,
    entered: Mapping[str, Any],
    told: Mapping[str, str],
    where: Circumstances,
    names: Set[str],
) -> Input:
    made = question(each, PREFIX + each["name"], entered, told, where)
    more: dict[str, Any] = {"is_optional": is_optional(each, where, names)}
    if source := where.sources.get(each["name"]):
        more["source"] = languages.word(f"source_{source}", where.language)
    if "computed" in each or each["name"] in where.locked:
        more |= {"kind": "known", "value": in_words(each, where), "is_optional": False}
    elif made.kind == "table":
        more |= table(each, made, entered, told, where)
    return Input(**{**vars(made), **more})


def question(
    each: Field,
    name: str,
    entered: Mapping[str, Any],
    told: Mapping[str, str],
    where: Circumstances,
) -> Input:
    language = where.language
    offered = options(each, where.common, language)
    kind = KINDS[each["type"]]
    typed = named(each, name, entered, where)
    if kind == "choice":
        kind = "named" if typed else choice(each, offered)
    return Input(
        field=each,
        name=name,
        kind=kind,
        label=languages.said(each["label"], language),
        hint=hint(each, kind, language),
        value=standing(each, name, entered),
        parts={k[len(name) + 1 :]: text(entered, k) for k in under(name, entered)},
        problems={k: told[k] for k in told if k == name or k.startswith(f"{name}-")},
        options=offered,
        named=typed,
        lists=places(where) if kind == "address" else {},
        attributes=attributes(each),
        width=WIDTHS.get(each["type"], ""),
    )


def named(
    each: Field, name: str, entered: Mapping[str, Any], where: Circumstances
) -> Named | None:
    """The part of it in which one types a name of a long list."""
    place = next(place_of(each, name), None)
    if place is None or not is_typed(place.list_id, where.common):
        return None
    begun = {place.name: standing(each, name, entered)} | dict(entered)
    value = shown_name(place, begun, where.common, where.language)
    more = choices(place, begun, where.common, where.language)
    suggested_at = f"/{where.language}/names/{place.list_id}"
    return Named(place, value, suggested_at, more)


def under(name: str, entered: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in entered if key.startswith(f"{name}-"))


def standing(each: Field, name: str, entered: Mapping[str, Any]) -> Any:
    """What stands in it: as typed, or what it begins with."""
    if each["type"] == "multiselect":
        return listed(entered[name] if name in entered else each.get("default"))
    if name in entered:
        return text(entered, name)
    default = each.get("default")
    if isinstance(default, bool):
        return "true" if default else "false"
    return "" if default is None else str(default)


def choice(each: Field, choices: Sequence[tuple[str, str]]) -> str:
    if "must_be" in each:
        return "tick"
    if not choices:
        return "text"
    return "radios" if len(choices) <= FEW else "select"


FEW = 6  # options that are seen at a glance


def is_optional(each: Field, where: Circumstances, names: Set[str]) -> bool:
    """Marked so; not while an answer beside it may make it necessary."""
    if each["required"] or each["type"] == "boolean" or each["name"] in where.required:
        return False
    return names.isdisjoint(names_in(each.get("required_if", "true")))


def table(
    each: Field,
    made: Input,
    entered: Mapping[str, Any],
    told: Mapping[str, str],
    where: Circumstances,
) -> dict[str, Any]:
    count, columns = row_count(each, entered), each["columns"]
    rows = [
        [cell(column, f"{made.name}-{n}", entered, told, where) for column in columns]
        for n in range(count)
    ]
    return {"rows": rows, "can_grow": count < min(each.get("max_rows", MOST), MOST)}


def cell(
    column: Field,
    row: str,
    entered: Mapping[str, Any],
    told: Mapping[str, str],
    where: Circumstances,
) -> Input:
    made = question(column, f"{row}-{column['name']}", entered, told, where)
    is_needed = column["required"] or column["type"] == "boolean"
    return Input(**{**vars(made), "is_optional": not is_needed})


def in_words(each: Field, where: Circumstances) -> str:
    """A value that is not asked; of a sensitive one no more than its end."""
    value = where.values.get(each["name"])
    words = answers.Form({}, where.common).value(dict(each), value, where.language)
    return answers.masked(each, words)


def attributes(each: Field) -> dict[str, str]:
    found = {"inputmode": INPUT_MODES.get(each["type"], "")}
    found["autocomplete"] = AUTOCOMPLETE.get(each.get("prefill", ""), "")
    if each.get("sensitive"):
        found |= {"autocomplete": "off", "spellcheck": "false"}
    return {key: value for key, value in found.items() if value}


def places(where: Circumstances) -> dict[str, Sequence[tuple[str, str]]]:
    """Provinces to choose from; communes too, where there are few."""
    return {
        part: options(
            {"type": "catalogue", "catalogue": name}, where.common, where.language
        )
        for part, name in answers.LISTS.items()
    }


def links(
    problems: Iterable[Mapping[str, Any]], fields: Iterable[Field], language: str
) -> list[dict[str, str]]:
    """What stands in the error summary: each sentence with its place."""
    known = list(fields)
    return [
        {
            "text": languages.said(each.get("message"), language),
            "href": f"#{anchor(each['field'], known)}",
        }
        for each in problems
        if each.get("field")
    ]
