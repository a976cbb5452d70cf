"""Which questions stand together: sections of the form, and pages of a section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from shared.expressions import names_in

Field = dict[str, Any]
Text3 = dict[str, str]

APPLICANT = frozenset({"applicant"})
OWN = "details"  # the section of the procedure's own fields
DECLARATION = "declaration"
ROOM = 6  # what one page bears; larger questions take more of it
LARGE = {"address": 2, "textarea": 2, "table": ROOM, "file": ROOM, "multiselect": 2}


@dataclass(frozen=True)
class Page:
    """Questions that are answered together. Its id is that of its first field."""

    id: str
    section: str
    label: Text3
    fields: list[Field]


@dataclass(frozen=True)
class Section:
    """A part of the form under one heading, done page by page."""

    id: str
    label: Text3
    pages: list[Page]

    @property
    def fields(self) -> list[Field]:
        return [each for page in self.pages for each in page.fields]


def sections(
    definition: Mapping[str, Any],
    common: Mapping[str, Any],
    *,
    asked: Set[str] = APPLICANT,
    headings: Mapping[str, Text3] | None = None,
) -> list[Section]:
    """The form in the order of people; `asked` says whose fields are wanted.

    A heading begins a page of its own: it says what the fields from there on ask.
    """
    found = []
    for id, label, fields in groups(definition, common):
        ours = [each for each in fields if each.get("set_by", "applicant") in asked]
        if ours:
            pages = list(paged(id, label, ours, headings or {}))
            found.append(Section(id, label, pages))
    return found


def groups(
    definition: Mapping[str, Any], common: Mapping[str, Any]
) -> Iterator[tuple[str, Text3, list[Field]]]:
    """The shared groups, then the procedure's own fields; the declaration last."""
    shared = common["field_groups"]
    names = definition["field_groups"]
    for name in (each for each in names if each != DECLARATION):
        fields = [offered(each, definition) for each in shared[name]["fields"]]
        yield name, shared[name]["label"], fields
    if definition["fields"]:
        yield OWN, definition["names"], definition["fields"]
    if DECLARATION in names:
        yield DECLARATION, shared[DECLARATION]["label"], shared[DECLARATION]["fields"]


def offered(field: Field, definition: Mapping[str, Any]) -> Field:
    """Only ways of return that the procedure has are offered."""
    if field["name"] != "result_channel":
        return field
    ways = definition["result_channels"]
    return field | {"options": [o for o in field["options"] if o["value"] in ways]}


def paged(
    section: str, label: Text3, fields: list[Field], headings: Mapping[str, Text3]
) -> Iterator[Page]:
    """A page ends when it is full, or when the next question depends on it."""
    page: list[Field] = []
    title = label
    for field in fields:
        if page and (field["name"] in headings or not fits(page, field)):
            yield Page(page[0]["name"], section, title, page)
            page = []
        title = headings.get(field["name"], title)
        page.append(field)
    yield Page(page[0]["name"], section, title, page)


def fits(page: list[Field], field: Field) -> bool:
    room = sum(LARGE.get(each["type"], 1) for each in [*page, field])
    is_alone = LARGE.get(page[-1]["type"], 1) == ROOM
    names = {each["name"] for each in page}
    return room <= ROOM and not is_alone and names.isdisjoint(asked_by(field))


def asked_by(field: Field) -> set[str]:
    """The answers on which it depends whether this is asked, or must be answered."""
    found = (field[each] for each in ("visible_if", "required_if") if each in field)
    return {name for source in found for name in names_in(source)}


def page_of(form: list[Section], id: str) -> Page | None:
    """The page with this id, or the one on which a field of this name stands."""
    pages = [page for section in form for page in section.pages]
    named = (page for page in pages if page.id == id)
    holding = (page for page in pages if id in {each["name"] for each in page.fields})
    return next(named, None) or next(holding, None)
