"""What one can read in signing: papers, registers, and what receipts say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Repository
from eventsourcing.utils import EnvType

from services.signing import receipts
from services.signing.domain import Correspondence, Paper, Register
from services.signing.errors import (
    CorrespondenceNotFoundError,
    PaperNotFoundError,
    ReceiptNotFoundError,
    RegisterNotFoundError,
)
from shared.actor import Actor
from shared.clock import Clock
from shared.directory import Directory
from shared.eventsourcing import Application
from shared.personal import Keys

REGISTERS = 200  # kept in memory: a year of numbers is too long to be read each time
PAGE = 200  # entries of a register in one answer


class Archive(Application):
    """Everything that was ever due to an applicant, and under which number."""

    def __init__(
        self, env: EnvType, *, keys: Keys, directory: Directory, clock: Clock
    ) -> None:
        super().__init__(env, keys=keys, clock=clock)
        self.directory = directory
        self.registers = Repository[UUID](self.events, cache_maxsize=REGISTERS)

    def papers(self, dossier_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
        """All papers about a dossier, in the order in which they became due."""
        self.require_access(dossier_id, by)
        found = self._correspondence(dossier_id).papers
        return [self._paper(each).summary for each in found]

    def paper(self, paper_id: UUID, *, by: Actor) -> dict[str, Any]:
        return self._visible(paper_id, by).summary

    def register(
        self, unit: str, series: str, year: int, *, after: int = 0, by: Actor
    ) -> dict[str, Any]:
        """The numbers given in one series of a unit and year, from a number on."""
        register = self._register(unit, series, year)
        register.require_readable(by)
        if not register.last:
            raise RegisterNotFoundError(unit, series, year)
        given = self.events.get(register.id, gt=after + 1, limit=PAGE)
        entries = [entry(each) for each in given]
        return {"unit": unit, "kind": series, "year": year, "entries": entries}

    def receipt(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """What the receipt of a dossier says of it: who, what, until when."""
        self.require_access(dossier_id, by)
        papers = map(self._paper, self._correspondence(dossier_id).papers)
        found = next(filter(receipts.is_receipt, papers), None)
        if found is None:
            raise ReceiptNotFoundError(str(dossier_id))
        return receipts.line(found, self.directory)

    def receipts(
        self, unit: str, since: date, until: date, *, after: str = "", by: Actor
    ) -> dict[str, Any]:
        """The dossiers a unit received on these days, in the order of their numbers."""
        receipts.require_reader(unit, by)
        items: list[dict[str, Any]] = []
        place = ""
        for place, paper in self._receipts(unit, since, until, after):
            items.append(receipts.line(paper, self.directory))
            if len(items) == PAGE:
                return {"items": items, "next": place}
        return {"items": items, "next": None}

    def _receipts(
        self, unit: str, since: date, until: date, after: str
    ) -> Iterator[tuple[str, Paper]]:
        from_year, from_number = receipts.cursor(after)
        for year, register_id in receipts.registers(unit, since, until):
            if year < from_year:
                continue
            known = from_number if year == from_year else 0
            start = max(known, self._numbers_before(register_id, since))
            for given in self._given(register_id, start):
                paper = self._paper(given.paper_id)
                if receipts.day_of(paper) > until:
                    return
                if receipts.day_of(paper) >= since:
                    yield f"{year}/{given.n}", paper

    def _given(self, register_id: UUID, after: int) -> Iterator[Any]:
        while page := self._page(register_id, after):
            yield from page
            after = page[-1].n

    def _page(self, register_id: UUID, after: int) -> list[Any]:
        return list(self.events.get(register_id, gt=after + 1, limit=PAGE))

    def _numbers_before(self, register_id: UUID, since: date) -> int:
        """How many numbers were surely given before a day: found by halving."""
        low, high = 0, self._last(register_id)
        while low < high:
            middle = (low + high) // 2
            given: Any = next(self.events.get(register_id, gt=middle + 1, limit=1))
            if receipts.day_of(self._paper(given.paper_id)) < since:
                low = middle + 1
            else:
                high = middle
        return low

    def _last(self, register_id: UUID) -> int:
        try:
            register: Register = self.registers.get(register_id)
        except AggregateNotFoundError:
            return 0
        return register.last

    def _visible(self, paper_id: UUID, by: Actor) -> Paper:
        paper = self._paper(paper_id)
        self.require_access(paper.dossier_id, by)
        return paper

    def _paper(self, paper_id: UUID) -> Paper:
        paper: Paper = self.load(paper_id, PaperNotFoundError, kind=Paper)
        return paper

    def _correspondence(self, dossier_id: UUID) -> Correspondence:
        found: Correspondence = self.load(
            Correspondence.create_id(dossier_id), CorrespondenceNotFoundError
        )
        return found

    def _register(self, unit: str, series: str, year: int) -> Register:
        """The register, opened with its first number."""
        try:
            register_id = Register.create_id(unit, series, year)
            register: Register = self.registers.get(register_id)
        except AggregateNotFoundError:
            return Register(unit=unit, series=series, year=year)
        return register


def entry(event: Any) -> dict[str, Any]:
    return {
        "n": event.n,
        "number": event.number,
        "paper_id": str(event.paper_id),
        "given_at": event.timestamp.isoformat(),
    }
