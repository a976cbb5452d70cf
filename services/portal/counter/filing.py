"""A whole filing at the counter, in parts: what stopped in the middle goes on there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.portal import opening, pseudonyms
from services.portal.counter.errors import (
    FeeChangedError,
    FilesBeingCheckedError,
    FilingIncompleteError,
)
from services.portal.counter.scans import Scan, hand_in
from services.portal.desk import Desk, Place
from shared.errors import Refused

Known = dict[str, Any]

CHECKS = 40  # looks at scans that are being checked
PAUSE = 0.25  # seconds between two looks


@dataclass(frozen=True)
class Money:
    """What the applicant lays on the counter: `shown` is what the officer said."""

    method: str
    shown: int
    reference: str = ""


@dataclass(frozen=True)
class Filing:
    procedure: str
    channel: str
    language: str
    unit: str | None
    answers: dict[str, Any]
    draft: UUID | None = None  # that was kept of it before
    documents: list[str] = field(default_factory=list)
    exemption_groups: list[str] = field(default_factory=list)
    money: Money | None = None

    @property
    def personal_id(self) -> str | None:
        found = self.answers.get("personal_id")
        return str(found) if found else None


def dossier_of(desk: Desk, filing: Filing) -> UUID:
    """The same for the same filing of the same person, however often it is sent."""
    key = desk.parts.settings.pseudonym_key
    person = pseudonyms.citizen(key, filing.personal_id or "nobody")
    about = f"{filing.procedure} {filing.channel} {filing.unit} {person}"
    return opening.random_like(desk.key_of(f"dossier {about}"))


async def rehearsed(desk: Desk, filing: Filing) -> Known:
    found: Known = await desk.ask(
        "intake.rehearse",
        procedure=filing.procedure,
        channel=filing.channel,
        answers=filing.answers,
        documents=filing.documents,
        exemption_groups=filing.exemption_groups,
        unit=filing.unit or desk.actor.agency,
    )
    return found


async def files_of(desk: Desk, draft: UUID | None) -> dict[str, list[Known]]:
    """What was scanned into a draft, document by document."""
    known = await desk.try_to_ask("intake.dossier", dossier_id=draft) if draft else None
    documents = (known or {}).get("documents", [])
    return {each["code"]: each["files"] for each in documents if each["files"]}


class Run:
    """Does the parts in their order; `part` is the one it is at, or stopped at."""

    def __init__(self, desk: Desk, filing: Filing, scans: Sequence[Scan] = ()) -> None:
        self.desk, self.filing, self.scans = desk, filing, scans
        self.id = filing.draft or dossier_of(desk, filing)
        self.part = "check"
        self.done: list[str] = []
        self.rehearsal: Known = {}
        self.filed: set[str] = {each.document for each in scans}

    async def receive(self) -> Place:
        """All of it: from the open form to the code."""
        await self._settle_for_whom()
        if not await self._is_received():
            await self._keep(is_whole=True)
            await self._do("money", self._pay)
            await self._do("scans", self._until_checked)
        self.part = "accept"
        return await self._order("intake.accept_dossier", "accept")

    async def request_supplement(self, items: list[Known], note: str) -> Place:
        await self.keep()
        return await self._decide("request_supplement", items=items, note=note)

    async def refuse(self, reasons: list[str], note: str) -> Place:
        await self.keep()
        return await self._decide("refuse_dossier", reasons=reasons, note=note)

    async def keep(self) -> None:
        """No decision yet: what was typed waits as a draft of this desk."""
        await self._settle_for_whom()
        await self._keep()

    async def _keep(self, *, is_whole: bool = False) -> None:
        self.rehearsal = await rehearsed(self.desk, self.filing)
        wrong = self.rehearsal["problems"] if is_whole else []
        if problems := [each for each in wrong if self._hinders(each)]:
            raise FilingIncompleteError(problems)
        self._require_agreed_fee(is_whole=is_whole)
        await self._do("open", self._open)
        await self._do("answers", self._answer)
        await self._do("papers", self._record_papers)
        await self._do("exemptions", self._exempt)
        await self._do("files", self._attach)

    def _hinders(self, problem: Known) -> bool:
        """A scan that comes along, or came before, is a paper as well."""
        is_scanned = problem.get("document") in self.filed
        return problem["severity"] == "error" and not is_scanned

    def _require_agreed_fee(self, *, is_whole: bool) -> None:
        """No other sum is taken than the one that was said at the counter."""
        money, due = self.filing.money, self.rehearsal["balance"]
        if is_whole and money and due is not None and due != money.shown:
            raise FeeChangedError(due)

    async def _do(self, part: str, act: Callable[[], Awaitable[None]]) -> None:
        self.part = part
        await act()
        self.done.append(part)

    async def _known(self) -> Known:
        found: Known = await self.desk.ask("intake.dossier", dossier_id=self.id)
        return found

    async def _note(self, command: str, part: str, /, **arguments: Any) -> None:
        """A part on the way: the screens show it with what comes last."""
        part = f"{part} {self.id}"
        await self.desk.order_at_once(
            command, part=part, dossier_id=self.id, **arguments
        )

    async def _order(self, command: str, part: str, /, **arguments: Any) -> Place:
        part = f"{part} {self.id}"
        return await self.desk.order(
            command, part=part, dossier_id=self.id, **arguments
        )

    async def _open(self) -> None:
        if not await self._is_there():
            wish = opening.Wish(
                self.id,
                self.filing.procedure,
                self.filing.channel,
                self.filing.language,
                self.filing.personal_id,
                self.filing.unit,
            )
            await opening.open_dossier(self.desk, wish, part=f"open {self.id}")

    async def _answer(self) -> None:
        """Only what is not so already: sent once more, nothing is written twice."""
        known = await self._known()
        wanted, kept = self.rehearsal["answers"], known["answers"]
        names = self.filing.answers
        if any(wanted.get(name) != kept.get(name) for name in names):
            await self._note(
                "intake.give_answers", f"answers {known['version']}", answers=names
            )

    async def _record_papers(self) -> None:
        known = await self._known()
        version = known["version"]
        expected = {each["code"]: each for each in self.rehearsal["documents"]}
        for each in known["documents"]:
            code, record = each["code"], expected[each["code"]]["record"]
            if record and record != each["record"]:
                part = f"paper {code} {version}"
                await self._note("intake.record_paper", part, document=code, **record)
            elif each["record"] and not record:
                part = f"strike {code} {version}"
                await self._note("intake.strike_paper", part, document=code)

    async def _exempt(self) -> None:
        known = await self._known() if self.filing.exemption_groups else {}
        for group in self.filing.exemption_groups:
            if group not in known["exemption_groups"]:
                part = f"exemption {group} {known['version']}"
                await self._note("intake.accept_exemption", part, group=group)

    async def _attach(self) -> None:
        for scan in self.scans:
            await hand_in(self.desk, self.id, scan)

    async def _pay(self) -> None:
        """What is due now, and nothing when it was paid before the line broke."""
        money = self.filing.money
        known = await self._known() if money else {"balance": 0}
        if money and known["balance"]:
            await self._note(
                "intake.record_payment",
                f"payment {known['version']}",
                amount=known["balance"],
                method=money.method,
                reference=money.reference,
            )

    async def _until_checked(self) -> None:
        for _ in range(CHECKS if self.filed else 0):
            states = {each["state"] for each in (await self._known())["documents"]}
            if "being-checked" not in states:
                return
            await asyncio.sleep(PAUSE)
        if self.filed:
            raise FilesBeingCheckedError

    async def _settle_for_whom(self) -> None:
        """A draft stays its person's: who turns out to be another gets their own."""
        if self.filing.draft:
            key = self.desk.parts.settings.pseudonym_key
            person = pseudonyms.citizen(key, self.filing.personal_id or "nobody")
            if (await self._known())["applicant"] != person:
                self.id = dossier_of(self.desk, self.filing)
            self.filed |= (await files_of(self.desk, self.id)).keys()

    async def _is_received(self) -> bool:
        """It was, and only the answer was lost."""
        return await self._is_there() and bool((await self._known())["code"])

    async def _is_there(self) -> bool:
        try:
            await self._known()
        except Refused as refused:
            if refused.code != "dossier-not-found":
                raise
            return False
        return True

    async def _decide(self, command: str, **arguments: Any) -> Place:
        self.part = command
        version = (await self._known())["version"]
        part = f"{command} {version}"
        return await self._order(f"intake.{command}", part, **arguments)
