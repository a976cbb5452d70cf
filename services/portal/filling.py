"""A form being filled in: what was typed, kept and known, and how far each part is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from services.portal import languages, prefill, timelines
from services.portal.desk import Desk, together
from services.portal.drafts import Draft, Whose
from services.portal.errors import PageNotFoundError
from services.portal.forms_schema import (
    Circumstances,
    Page,
    Section,
    answers_to_entered,
    page_of,
    sections,
)
from services.portal.forms_schema.entered import Flat
from services.portal.forms_schema.layout import DECLARATION, OWN
from services.portal.forms_schema.places import root
from shared.errors import NotAllowedError

Answers = dict[str, Any]

DRAFT, ASKED = 0, 5
EMPTY: tuple[Any, ...] = (None, "", [], {})
NOT_BEGUN, STARTED, DONE, BLOCKED = "todo", "started", "done", "blocked"
WAITING = "checking"


@dataclass(frozen=True)
class Filling:
    """All that the pages of one form have to know."""

    dossier_id: UUID
    definition: dict[str, Any]
    common: dict[str, Any]
    content: dict[str, Any]  # the dossier as intake keeps it
    told: dict[str, Any]  # what intake says of its form
    draft: Draft
    known: prefill.Known
    form: list[Section]

    @property
    def whose(self) -> Whose:
        return Whose(self.dossier_id, self.content["applicant"])

    @property
    def is_sent(self) -> bool:
        return bool(self.content["status"])

    @property
    def answers(self) -> Answers:
        """As intake keeps them, defaults and computed values among them."""
        values: Answers = {**self.content["answers"], **self.told["values"]}
        return values

    @cached_property
    def visible(self) -> frozenset[str]:
        return frozenset(self.told["visible"])

    @cached_property
    def sections(self) -> list[Section]:
        """Those in which anything is asked; the declaration is made at the end."""
        return [
            each
            for each in self.form
            if each.id != DECLARATION and any(self.asked(page) for page in each.pages)
        ]

    @property
    def declaration(self) -> list[dict[str, Any]]:
        found = (each for each in self.form if each.id == DECLARATION)
        return [field for section in found for field in section.fields]

    @cached_property
    def pages(self) -> list[Page]:
        """In their order, without those on which nothing is asked now."""
        return [
            page
            for section in self.sections
            for page in section.pages
            if self.asked(page)
        ]

    def asked(self, page: Page) -> list[dict[str, Any]]:
        return [each for each in page.fields if each["name"] in self.visible]

    def page(self, id: str) -> Page:
        found = page_of(self.form, id)
        if found is None or found.section == DECLARATION:
            raise PageNotFoundError(id)
        return found

    def after(self, page: Page) -> Page | None:
        """The next page on which anything is asked."""
        return self._beside(page, 1)

    def before(self, page: Page) -> Page | None:
        return self._beside(page, -1)

    def _beside(self, page: Page, step: int) -> Page | None:
        ids = [each.id for each in self.pages]
        place = ids.index(page.id) + step if page.id in ids else -1
        return self.pages[place] if 0 <= place < len(ids) else None

    def entered(self, page: Page) -> Flat:
        """As it was typed last; else what is kept, else what is known."""
        if page.id in self.draft.pages:
            return self.draft.pages[page.id]
        return answers_to_entered(page.fields, self.best_answers(page))

    def best_answers(self, page: Page) -> Answers:
        given = self.content["answers"]
        return {
            name: self.known.answers.get(name)
            if name in self.known.locked or given.get(name) in EMPTY
            else given[name]
            for name in (each["name"] for each in page.fields)
        }

    def circumstances(
        self, language: str, problems: Sequence[Mapping[str, Any]] = ()
    ) -> Circumstances:
        return Circumstances(
            language,
            self.common,
            problems,
            visible=self.visible,
            required=frozenset(self.told["required"]),
            values=self.answers | self.locked,
            sources=self.sources,
            locked=self.known.locked,
        )

    @property
    def locked(self) -> Answers:
        return {name: self.known.answers[name] for name in self.known.locked}

    @property
    def sources(self) -> dict[str, str]:
        """Only of what nobody has answered otherwise."""
        given = self.content["answers"]
        return {
            name: source
            for name, source in self.known.sources.items()
            if name in self.known.locked or given.get(name) in EMPTY
        }

    def problems_of(self, page: Page) -> list[dict[str, Any]]:
        names = {each["name"] for each in page.fields}
        return [x for x in self.told["problems"] if root(x["field"]) in names]

    def is_done(self, page: Page) -> bool:
        """Finished here, or filled by a program; and nothing is wrong by now."""
        is_open = page.id in self.draft.pages or self.problems_of(page)
        return not is_open and self.is_touched(page)

    def is_touched(self, page: Page) -> bool:
        if page.id in self.draft.done or page.id in self.draft.pages:
            return True
        given = self.content["answers"]
        return any(
            given.get(each["name"]) not in (*EMPTY, each.get("default"))
            for each in page.fields
            if "computed" not in each
        )

    def state(self, section: Section) -> str:
        pages = [page for page in section.pages if self.asked(page)]
        if all(map(self.is_done, pages)):
            return DONE
        return STARTED if any(map(self.is_touched, pages)) else NOT_BEGUN

    def begin(self, section: Section) -> Page:
        """Where one goes on in a section."""
        pages = [page for page in section.pages if self.asked(page)]
        return next((each for each in pages if not self.is_done(each)), pages[0])

    @property
    def paper_state(self) -> str:
        """How far the documents are, as far as they can come from here."""
        wanted = [x for x in self.content["documents"] if x["mandatory"]]
        states = {each["state"] for each in wanted if is_uploaded(each)}
        if states <= {"clean", "recorded"}:
            return DONE
        if states & {"missing", "rejected"}:
            brought = any(each["files"] for each in self.content["documents"])
            return STARTED if brought else NOT_BEGUN
        return WAITING

    @property
    def is_ready(self) -> bool:
        """Nothing is left to do but to look it through, and to send it."""
        states = {self.state(each) for each in self.sections}
        return states <= {DONE} and self.paper_state in (DONE, WAITING)

    def unfinished(self) -> Iterator[Page]:
        """Pages on which something was typed that is not kept yet."""
        return (page for page in self.pages if page.id in self.draft.pages)


def section_name(section: Section, language: str) -> str:
    """The procedure's own fields stand under a heading of ours."""
    if section.id == OWN:
        return languages.word("section_details", language)
    return languages.said(section.label, language)


def page_name(page: Page, section: Section, language: str) -> str:
    """What a page asks, in its own words where somebody wrote them."""
    if page.label == section.label:
        return section_name(section, language)
    return languages.said(page.label, language)


def is_uploaded(document: Mapping[str, Any]) -> bool:
    """It comes online; originals are shown or handed over later."""
    return document["manner"] in ("upload", "confirmation")


async def filling(
    desk: Desk, dossier_id: UUID, answers: Answers | None = None
) -> Filling:
    """The form of a dossier, with answers that are only tried. Its owner's alone."""
    if desk.is_staff:
        raise NotAllowedError(str(dossier_id))
    content, draft = await together(
        desk.ask("intake.dossier", dossier_id=dossier_id),
        desk.parts.drafts.of(dossier_id),
    )
    require_power(content)
    found = await timelines.definition(
        desk,
        {"procedure": content["procedure"], "version": content["procedure_version"]},
    )
    common, form = desk.parts.directory.common, form_of(desk, found)
    fields = [field for section in form for field in section.fields]
    known = prefill.known(desk, content, fields)
    told = await desk.ask("intake.form", dossier_id=dossier_id, answers=answers or {})
    return Filling(dossier_id, found, common, content, told, draft, known, form)


def form_of(desk: Desk, definition: dict[str, Any]) -> list[Section]:
    """The parts and pages of a procedure's form, as its applicants go through them."""
    headings = desk.parts.guidance.headings(definition.get("slug", ""))
    return sections(definition, desk.parts.directory.common, headings=headings)


def require_power(content: Mapping[str, Any]) -> None:
    """Who helps only to read neither sees nor changes what is being typed."""
    you = content.get("you")
    if you and "fill" not in you["powers"]:
        raise NotAllowedError(str(content["id"]))
