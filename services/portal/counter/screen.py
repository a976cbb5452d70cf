"""The screen of one filing: what stands in it, what it comes to, what is wanting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from starlette.datastructures import MultiDict

from services.portal import forms_schema
from services.portal.counter import card
from services.portal.counter.filing import Filing, Known, Money, files_of, rehearsed
from services.portal.desk import Desk
from services.portal.errors import ProcedureNotFoundError
from shared.directory import Unit
from shared.errors import DomainError
from shared.search_words import folded

AT_THE_DESK = frozenset({"applicant", "front_desk"})
METHODS = ("cash", "card", "transfer", "later")
QUIET = ("required", "must-be")  # nobody is told of what they are just about to type
TICKS = 9
DEFAULT_CHANNEL = "counter"

Problems = list[dict[str, Any]]


@dataclass(frozen=True)
class Group:
    id: str
    label: Any
    inputs: list[forms_schema.Input]


@dataclass(frozen=True)
class Screen:
    """All that the template shows of one filing."""

    procedure: dict[str, Any]
    channels: list[str]
    units: list[Unit]
    groups: list[Group]
    rehearsal: Known
    problems: Problems
    hrefs: Mapping[str, str]
    files: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    card_problem: DomainError | None = None

    @property
    def missing(self) -> Problems:
        """A paper that was scanned into a draft is there."""
        return [
            each
            for each in self.rehearsal["problems"]
            if is_error(each) and each.get("document") not in self.files
        ]


def is_error(problem: Mapping[str, Any]) -> bool:
    return problem.get("severity") == "error"


class Sheet:
    """A procedure's form at the counter, and what was entered in it so far."""

    def __init__(
        self, desk: Desk, definition: dict[str, Any], entered: Mapping[str, Any]
    ) -> None:
        self.desk, self.definition = desk, definition
        self.common = desk.parts.directory.common
        self.sections = forms_schema.sections(
            definition, self.common, asked=AT_THE_DESK
        )
        self.fields = [each for part in self.sections for each in part.fields]
        self.entered = entered
        self.card_problem: DomainError | None = None
        self.typed = forms_schema.compacted(self.fields, entered)
        self._take_card(said(entered, "card"))

    def _take_card(self, scanned: str) -> None:
        """What the card says stands in the form, whatever stood there."""
        if not scanned:
            return
        directory = self.desk.parts.directory
        try:
            known = card.answers(card.read(scanned, directory), directory)
        except DomainError as error:
            self.card_problem = error
        else:
            own = forms_schema.answers_to_entered(
                self.fields, known, self.desk.language
            )
            self.typed = {**self.typed, **own}

    @property
    def channels(self) -> list[str]:
        return [each for each in self.definition["channels"] if each != "online"]

    @property
    def channel(self) -> str:
        wanted = said(self.entered, "channel")
        return wanted if wanted in self.channels else self.channels[0]

    @property
    def units(self) -> list[Unit]:
        """Who may answer for it: this desk's unit first, then other authorities."""
        directory = self.desk.parts.directory
        first = self.definition["steps"][0]["agency"]
        others = [
            each
            for each in directory.units
            if each.id != self.desk.actor.agency
            and (each.agency == first or directory.is_reception(each.id))
        ]
        own = [each for each in directory.units if each.id == self.desk.actor.agency]
        return [*own, *others]

    def filing(self) -> Filing:
        unit = said(self.entered, "unit")
        return Filing(
            procedure=self.definition["slug"],
            channel=self.channel,
            language=said(self.entered, "language") or "vi",
            unit=unit if unit in {each.id for each in self.units} else None,
            answers=forms_schema.entered_to_answers(
                self.fields,
                forms_schema.with_codes(self.fields, self.typed, self.common),
                self.desk.language,
            ),
            draft=id_in(said(self.entered, "dossier")),
            documents=listed(self.entered, "document"),
            exemption_groups=listed(self.entered, "exemption"),
            money=self._money(),
        )

    def _money(self) -> Money | None:
        method, shown = said(self.entered, "method"), said(self.entered, "shown")
        if method not in METHODS[:-1]:
            return None
        amount = int(shown) if shown.isdecimal() and len(shown) < 13 else 0
        return Money(method, amount, said(self.entered, "reference")[:200])

    async def screen(self, problems: Iterable[Mapping[str, Any]] | None) -> Screen:
        """As it stands now; `problems` are those that somebody was told of."""
        filing = self.filing()
        rehearsal = await rehearsed(self.desk, filing)
        quiet = [each for each in rehearsal["problems"] if each["code"] not in QUIET]
        told = forms_schema.explained(
            quiet if problems is None else problems,
            self.fields,
            self.typed,
            self.common,
        )
        where = forms_schema.Circumstances(
            language=self.desk.language,
            common=self.common,
            problems=told,
            visible=set(rehearsal["visible"]),
            values=rehearsal["answers"],
        )
        return Screen(
            procedure=self.definition,
            channels=self.channels,
            units=self.units,
            groups=[
                Group(part.id, part.label, [*map(by_hand, inputs)])
                for part in self.sections
                if (inputs := forms_schema.inputs(part.fields, self.typed, where))
            ],
            rehearsal=rehearsal,
            problems=told,
            hrefs=self._places([*told, *rehearsal["problems"]]),
            card_problem=self.card_problem,
            files=await files_of(self.desk, filing.draft),
        )

    def _places(self, problems: Problems) -> dict[str, str]:
        """Where on the screen each problem is mended."""
        fields = {
            each["field"]: f"#{forms_schema.anchor(each['field'], self.fields)}"
            for each in problems
            if each.get("field")
        }
        papers = {
            each["document"]: f"#document-{each['document']}"
            for each in problems
            if each.get("document")
        }
        return fields | papers


def by_hand(shown: forms_schema.Input) -> forms_schema.Input:
    """What browsers know of the officer is never offered for an applicant."""
    attributes = {**shown.attributes, "autocomplete": "off"}
    return replace(shown, attributes=attributes)


def id_in(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def said(entered: Mapping[str, Any], name: str) -> str:
    value = entered.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def listed(entered: Mapping[str, Any], name: str) -> list[str]:
    values = entered.getlist(name) if isinstance(entered, MultiDict) else []
    return [each for each in values if isinstance(each, str) and each]


async def definition_of(
    desk: Desk, slug: str, content: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """As it is in force today; of a dossier that was received, as it was then."""
    version = (
        content["procedure_version"] if content and content["status"] > 1 else None
    )
    row = await desk.parts.views.procedure(slug, desk.parts.today(), version)
    if row is None:
        raise ProcedureNotFoundError(slug)
    definition: dict[str, Any] = row["definition"]
    return definition


async def offered(desk: Desk, words: str = "") -> list[dict[str, Any]]:
    """The procedures that one can ask for at a counter, by name."""
    rows = await desk.parts.views.procedures(desk.parts.today(), words[:200])
    found: list[dict[str, Any]] = [
        row["definition"]
        for row in rows
        if any(each != "online" for each in row["definition"]["channels"])
    ]
    return sorted(found, key=lambda each: folded(each["names"][desk.language]))


async def named(desk: Desk, words: str) -> list[dict[str, Any]]:
    """By slug or code as they are, else by words without their marks."""
    code = words.partition(" ")[0].strip()
    for each in await offered(desk):
        if words == each["slug"] or code == each["code"]:
            return [each]
    wanted = words.partition(" ")[2] if code.replace(".", "").isdecimal() else words
    return await offered(desk, wanted or words)
