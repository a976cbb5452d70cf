"""What a case remembers of what was asked, said and decided on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.personal import Erased, Personal

Text = Personal | Erased


@dataclass(frozen=True)
class Asked:
    """Where a supplement was asked, since when, and which papers are to come."""

    step: str
    since: datetime
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payment:
    """What has to be paid before the case goes on, and on what ground."""

    step: str
    amount: int
    name: dict[str, str]
    legal_basis: str
    by: str
    since: datetime


@dataclass(frozen=True)
class Suspension:
    """Why the case rests, and by whose decision."""

    reason: Text
    legal_basis: str
    by: str
    since: datetime


@dataclass(frozen=True)
class Decided:
    """Who decided, and when: whoever comes after them is told."""

    by: str
    at: datetime


END, REST, RESULT, DATE, WITHDRAWAL = "end", "rest", "result", "date", "withdrawal"


@dataclass(frozen=True)
class Consultation:
    """What another unit was asked at a step, and by whom."""

    step: str
    unit: str
    question: Text
    by: str
    at: datetime


@dataclass(frozen=True)
class Opinion:
    step: str
    text: Text
    by: str
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """An outcome of the catalogue, and what is to be written into the decision."""

    outcome: dict[str, Any]
    text: Text
    by: str
    at: datetime
    on_behalf_of: str | None = None

    @property
    def kind(self) -> str:
        return str(self.outcome["kind"])

    @property
    def people(self) -> set[str]:
        """Who proposed, and for whom."""
        return {self.by, self.on_behalf_of or self.by}


@dataclass(frozen=True)
class Approval:
    step: str
    unit: str
    by: str
    approver: Text
    at: datetime
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Paper:
    id: UUID
    number: str


@dataclass
class Hop:
    """One line of the control sheet (form 06): who had it from whom, with what end."""

    step: str
    unit: str
    at: datetime
    deliverer: str | None = None
    receiver: str | None = None
    result: str | None = None
    remark: Text | None = None


class Handovers:
    """The lines of the control sheet, as the events write them."""

    hops: list[Hop]
    deliverer: str | None  # who acted last

    def handed_to(self, step: str, unit: str, at: datetime) -> None:
        self.hops.append(Hop(step, unit, at, self.deliverer))

    def taken_by(self, step: str, by: str) -> None:
        for hop in self._waiting(step):
            hop.receiver = by

    def ended_by(self, step: str, by: str, result: str, remark: Text | None) -> None:
        """What came of it; whoever ended it delivers what follows."""
        for hop in self._waiting(step):
            hop.receiver, hop.result, hop.remark = by, result, remark
        self.deliverer = by

    def taken_away(self, step: str, result: str) -> None:
        """It ended without anybody who received it."""
        for hop in self._waiting(step):
            hop.result = result

    def sent_back(self, step: str, by: str, remark: Text) -> None:
        lines = [each for each in self.hops if each.step == step]
        for hop in lines[-1:]:
            hop.receiver, hop.result, hop.remark = by, "sent_back", remark
        self.deliverer = by

    def _waiting(self, step: str) -> list[Hop]:
        return [each for each in self.hops if each.step == step and not each.result]
