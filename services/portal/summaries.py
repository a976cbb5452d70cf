"""All answers of a form in words, to be looked through before it is sent, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.portal import answers, languages
from services.portal.filling import Filling, section_name
from services.portal.forms_schema import Page, Section
from services.portal.forms_schema.places import PREFIX, root

Problem = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One question and its answer; several values are one below the other."""

    label: str
    values: list[str]
    change: str = ""  # where the answer is changed


@dataclass(frozen=True)
class Part:
    name: str
    lines: list[Line]


def parts(it: Filling, language: str, *, folder: str) -> list[Part]:
    return [
        Part(section_name(each, language), list(lines(it, each, language, folder)))
        for each in it.sections
    ]


def lines(it: Filling, section: Section, language: str, folder: str) -> Iterator[Line]:
    for page in section.pages:
        for field in it.asked(page):
            is_fixed = "computed" in field or field["name"] in it.known.locked
            change = "" if is_fixed else address(folder, page, field["name"])
            label = languages.said(field["label"], language)
            yield Line(label, said(it, field, language), change)


def address(folder: str, page: Page, name: str) -> str:
    return f"{folder}/form/{page.id}?back=check#{PREFIX}{name}"


def said(it: Filling, field: dict[str, Any], language: str) -> list[str]:
    """What is sensitive shows no more than its end; what is missing, nothing."""
    value = (it.answers | it.locked).get(field["name"])
    form = answers.Form(it.definition, it.common)
    if field["type"] == "table":
        return [row(form, field, each, language) for each in value or []]
    words = answers.masked(field, form.value(field, value, language))
    return [words] if words else []


def row(
    form: answers.Form,
    table: Mapping[str, Any],
    cells: Mapping[str, Any],
    language: str,
) -> str:
    found = (
        (languages.said(each["label"], language), cell(form, each, cells, language))
        for each in table["columns"]
    )
    colon = languages.colon(language)
    return "; ".join(f"{label}{colon} {words}" for label, words in found if words)


def cell(
    form: answers.Form,
    column: dict[str, Any],
    cells: Mapping[str, Any],
    language: str,
) -> str:
    value = form.value(column, cells.get(column["name"]), language)
    return answers.masked(column, value)


def open_problems(
    it: Filling, found: Iterable[Problem], language: str, folder: str
) -> list[dict[str, str]]:
    """What still stands in the way, each with the page where it is mended."""
    own = {each["name"] for each in it.declaration}
    return [
        {
            "text": languages.said(each.get("message"), language),
            "href": mended_at(it, each, folder),
            "severity": each.get("severity", "error"),
        }
        for each in found
        if root(str(each.get("field", ""))) not in own
    ]


def mended_at(it: Filling, problem: Problem, folder: str) -> str:
    if problem.get("document"):
        return f"{folder}/documents#document-{problem['document']}"
    name = root(str(problem.get("field", "")))
    holding = (
        page for page in it.pages if name in {each["name"] for each in page.fields}
    )
    page = next(holding, None)
    return address(folder, page, name) if page else ""
