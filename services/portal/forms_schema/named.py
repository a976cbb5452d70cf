"""Codes behind names, as people type them: with or without marks, whole or in part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from services.portal import languages
from services.portal.forms_schema.entered import Flat, flat, rows, text
from services.portal.forms_schema.places import PREFIX, input_name
from shared.search_words import WORD, folded

Field = Mapping[str, Any]
Entered = Mapping[str, Any]
Common = Mapping[str, Any]
Item = Mapping[str, Any]

COMMUNES = "communes"
CHOICES = 12  # so many are offered; of more, one types more of the name
GLANCE = 60  # so many names are chosen from; of more, one types the name
KINDS = re.compile(
    r"^(?:(?:tinh|thanh pho|tp|xa|phuong|thi tran|dac khu)\s+|(?:tp|x|p)\.\s*)"
)
TOGETHER = dict.fromkeys(map(ord, "'\u2019"))  # M'Drắk is typed as Mdrak, too


@dataclass(frozen=True)
class Place:
    """An input in which a name of a list is typed; `beside` says within what."""

    name: str
    list_id: str
    beside: str = ""


def items(list_id: str, common: Common, *, within: str | None = None) -> Sequence[Item]:
    """All that a list names, or only what lies there."""
    found = [each["items"] for each in common["catalogues"] if each["id"] == list_id]
    every: Sequence[Item] = (found and found[0]) or ()
    if not within:
        return every
    return [each for each in every if each.get("within") == within]


def is_typed(list_id: str, common: Common) -> bool:
    """Too long to be chosen from, and forbidding nothing."""
    return any(
        each.get("is_open") and len(each["items"]) > GLANCE
        for each in common["catalogues"]
        if each["id"] == list_id
    )


def with_codes(fields: Iterable[Field], entered: Entered, common: Common) -> Flat:
    """The same with codes for what is named beyond doubt; the rest as it was typed."""
    known = flat(entered)
    for place in list(places_in(fields, known)):
        found = candidates(place, known, common)
        if is_certain(text(known, place.name), found):
            known[place.name] = found[0]["code"]
            if place.beside and not text(known, place.beside):
                known[place.beside] = found[0].get("within", "")
    return known


def places_in(fields: Iterable[Field], entered: Entered) -> Iterator[Place]:
    for field in fields:
        name = PREFIX + field["name"]
        if field["type"] != "table":
            yield from place_of(field, name)
            continue
        for row in rows(field, name, entered):
            for each in field["columns"]:
                yield from place_of(each, f"{name}-{row}-{each['name']}")


def place_of(field: Field, name: str) -> Iterator[Place]:
    if field["type"] == "address":
        yield Place(f"{name}-commune_code", COMMUNES, f"{name}-province_code")
    elif field["type"] == "catalogue":
        yield Place(name, field["catalogue"])


def candidates(place: Place, entered: Entered, common: Common) -> list[Item]:
    """What may be meant by what was typed there; nothing where one does not type."""
    typed = text(entered, place.name)
    if not typed or not is_typed(place.list_id, common):
        return []
    within = text(entered, place.beside) if place.beside else None
    return meant(typed, items(place.list_id, common, within=within))


def shown(place: Place, entered: Entered, common: Common, language: str) -> str:
    """The name of what stands there; what is not known, as it was typed."""
    typed = text(entered, place.name)
    found = candidates(place, entered, common)
    return label(found[0], language) if is_certain(typed, found) else typed


def choices(
    place: Place, entered: Entered, common: Common, language: str
) -> Sequence[tuple[str, str]]:
    """From what one chooses when a name is not enough."""
    found = candidates(place, entered, common)
    if is_certain(text(entered, place.name), found) or len(found) > CHOICES:
        return ()
    is_alone = not (place.beside and not text(entered, place.beside))
    return [
        (
            each["code"],
            label(each, language)
            if is_alone
            else f"{label(each, language)}, {above(each, common, language)}",
        )
        for each in found
    ]


def label(item: Item, language: str) -> str:
    return languages.said(item["label"], language)


def above(item: Item, common: Common, language: str) -> str:
    """The province a commune lies in."""
    found = (
        label(each, language)
        for each in items("provinces", common)
        if each["code"] == item.get("within")
    )
    return next(found, "")


def explained(
    problems: Iterable[Mapping[str, Any]],
    fields: Iterable[Field],
    entered: Entered,
    common: Common,
) -> list[dict[str, Any]]:
    """The same; of a name that was not understood, why not."""
    places = {each.name: each for each in places_in(fields, entered)}
    return [
        {**each, **why(places.get(input_name(str(each.get("field")))), entered, common)}
        for each in problems
    ]


def why(place: Place | None, entered: Entered, common: Common) -> dict[str, Any]:
    typed = text(entered, place.name) if place else ""
    if place is None or not typed or not is_typed(place.list_id, common):
        return {}
    found = candidates(place, entered, common)
    if is_certain(typed, found):
        return {}
    key = "name_choose" if found else "name_unknown"
    key = "name_too_many" if len(found) > CHOICES else key
    return {
        "message": {
            each: languages.word(key, each, name=typed) for each in languages.LANGUAGES
        }
    }


def meant(typed: str, known: Iterable[Item]) -> list[Item]:
    """Those that this may mean, by the closest way of writing that names any."""
    every = list(known)
    for is_meant in CLOSER_FIRST:
        if found := [each for each in every if is_meant(typed, each)]:
            return found
    return []


def is_certain(typed: str, found: Sequence[Item]) -> bool:
    """Only one has this name; a part of a name is no more than a hint."""
    return len(found) == 1 and any(each(typed, found[0]) for each in CLOSER_FIRST[:-1])


def has_code(typed: str, item: Item) -> bool:
    return typed.upper() == str(item["code"])


def is_written(typed: str, item: Item) -> bool:
    wanted = written(typed)
    return any(wanted == written(each) for each in names(item))


def is_called(typed: str, item: Item) -> bool:
    wanted = folded_once(typed)
    return any(wanted == folded_once(each) for each in names(item))


def is_bare(typed: str, item: Item) -> bool:
    wanted = (bare(typed), folded_once(typed))
    return any(bare(each) in wanted for each in names(item))


def has_words(typed: str, item: Item) -> bool:
    wanted = bare(typed)
    return bool(wanted) and any(
        f" {wanted}" in f" {bare(each)}" for each in names(item)
    )


CLOSER_FIRST: tuple[Callable[[str, Item], bool], ...] = (
    has_code,
    is_written,
    is_called,
    is_bare,
    has_words,
)


def names(item: Item) -> set[str]:
    return set(item["label"].values())


@lru_cache(maxsize=16_384)
def written(name: str) -> str:
    words = " ".join(name.translate(TOGETHER).split())
    return unicodedata.normalize("NFC", words).casefold()


@lru_cache(maxsize=16_384)
def folded_once(name: str) -> str:
    return " ".join(WORD.findall(folded(written(name))))


@lru_cache(maxsize=16_384)
def bare(name: str) -> str:
    """A place by its own name: `Tỉnh Đắk Lắk` and `dak lak` are one."""
    return " ".join(WORD.findall(KINDS.sub("", folded(written(name)))))
