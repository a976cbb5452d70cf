"""Papers, the registers that number them, and the correspondence of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.signing.errors import PaperErasedError, PaperNotIssuedError
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

KEEPERS = ("clerk", "manager")  # who may read a register of their unit

BOOK = 1  # every series is kept in one book


class PaperKind(StrEnum):
    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    DECISION = "decision"
    BRANCH = "branch"
    APOLOGY = "apology"
    STOP = "stop"
    PAYMENT = "payment"


class Register(Aggregate):
    """The numbers a unit gave to papers of one series in one year: 1, 2, 3."""

    TOPIC = "signing.register"

    class Opened(Aggregate.Event, AggregateCreated):
        TOPIC = "signing.register.opened"

        unit: str
        series: str
        year: int

    def __init__(self, *, unit: str, series: str, year: int) -> None:
        self.unit = unit
        self.series = series
        self.year = year
        self.last = 0

    @staticmethod
    def create_id(unit: str, series: str, year: int) -> UUID:
        return uuid5(NAMESPACE_URL, f"signing/register/{unit}/{series}/{year}")

    def give_number(self, paper_id: UUID, form: str) -> str:
        """The next number as papers show it, below ten with a zero (NĐ 30/2020)."""
        n = self.last + 1
        number = form.format(n=f"{n:02}", yyyy=self.year, book=BOOK)
        self.trigger_event(self.NumberGiven, n=n, number=number, paper_id=paper_id)
        return number

    class NumberGiven(Aggregate.Event):
        TOPIC = "signing.register.number-given"

        n: int
        number: str
        paper_id: UUID

        def apply(self, aggregate: Register) -> None:
            aggregate.last = self.n

    def require_readable(self, by: Actor) -> None:
        """Those who keep the register in its unit, and auditors."""
        if by.has("auditor") or (by.agency == self.unit and by.has(*KEEPERS)):
            return
        raise NotAllowedError(str(self.id))


@dataclass(frozen=True)
class Withdrawal:
    """Why and since when a sealed paper counts no more."""

    reason: Personal | Erased
    legal_basis: str
    by: str
    at: datetime

    @property
    def told(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "legal_basis": self.legal_basis,
            "reason": None if isinstance(self.reason, Erased) else self.reason.value,
        }


class Paper(Aggregate):
    """One numbered paper about a dossier: requested, then sealed for ever."""

    TOPIC = "signing.paper"

    dossier_id: UUID

    class Requested(Aggregate.Event, AggregateCreated):
        TOPIC = "signing.paper.requested"

        kind: str
        form: str
        title: dict[str, str]
        unit: str
        number: str
        code: str | None
        language: str
        tracking_code: str
        content: Personal | Erased
        officer: Personal | Erased
        dated: datetime

    def __init__(  # noqa: PLR0913 -- what a paper says is decided once, as a whole
        self,
        *,
        id: UUID,
        dossier_id: UUID,
        kind: str,
        form: str,
        title: dict[str, str],
        unit: str,
        number: str,
        code: str | None,
        language: str,
        tracking_code: str,
        content: Personal | Erased,
        officer: Personal | Erased,
        dated: datetime,
    ) -> None:
        self.dossier_id = dossier_id
        self.kind = kind
        self.form = form
        self.title = title
        self.unit = unit
        self.number = number
        self.code = code
        self.language = language
        self.tracking_code = tracking_code
        self.content = content
        self.officer = officer
        self.dated = dated
        self.hindrance: str | None = None
        self.sha256: str | None = None
        self.size: int | None = None
        self.level: str | None = None
        self.issued_at: datetime | None = None
        self.withdrawal: Withdrawal | None = None

    @staticmethod
    def create_id(source: str, position: int, kind: str) -> UUID:
        """What causes a paper causes one: its id follows from the cause's."""
        return uuid5(NAMESPACE_URL, f"signing/paper/{source}/{position}/{kind}")

    def report_hindrance(self, reason: str) -> None:
        """Say why the paper is not there yet; the same reason is said once."""
        if not self.is_issued and reason != self.hindrance:
            self.trigger_event(self.Hindered, reason=reason)

    class Hindered(Aggregate.Event):
        TOPIC = "signing.paper.hindered"

        reason: str

        def apply(self, aggregate: Paper) -> None:
            aggregate.hindrance = self.reason

    def issue(self, *, sha256: str, size: int, level: str, issued_at: datetime) -> None:
        """The sealed file is stored under its hash: this one counts, and no other."""
        if self.is_issued or self.withdrawal:
            return
        self.trigger_event(
            self.Issued,
            kind=self.kind,
            title=self.title,
            number=self.number,
            unit=self.unit,
            sha256=sha256,
            size=size,
            level=level,
            issued_at=issued_at,
        )

    class Issued(Aggregate.Event):
        TOPIC = "signing.paper.issued"

        kind: str
        title: dict[str, str]
        number: str
        unit: str
        sha256: str
        size: int
        level: str
        issued_at: datetime

        def apply(self, aggregate: Paper) -> None:
            aggregate.sha256 = self.sha256
            aggregate.size = self.size
            aggregate.level = self.level
            aggregate.issued_at = self.issued_at
            aggregate.hindrance = None

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """The result was called back: the paper counts no more, its number is spent."""
        if self.withdrawal:
            return
        self.trigger_event(
            self.Withdrawn,
            kind=self.kind,
            number=self.number,
            reason=withdrawal.reason,
            legal_basis=withdrawal.legal_basis,
            withdrawn_by=withdrawal.by,
            withdrawn_at=withdrawal.at,
        )

    class Withdrawn(Aggregate.Event):
        TOPIC = "signing.paper.withdrawn"

        kind: str
        number: str
        reason: Personal | Erased
        legal_basis: str
        withdrawn_by: str
        withdrawn_at: datetime

        def apply(self, aggregate: Paper) -> None:
            aggregate.withdrawal = Withdrawal(
                self.reason, self.legal_basis, self.withdrawn_by, self.withdrawn_at
            )

    @property
    def state(self) -> str:
        if self.withdrawal:
            return "withdrawn"
        return "issued" if self.is_issued else "requested"

    @property
    def is_issued(self) -> bool:
        return self.sha256 is not None

    def require_content(self) -> str:
        """What the paper is to say, while its applicant is not forgotten."""
        if isinstance(self.content, Erased):
            raise PaperErasedError(str(self.id))
        return self.content.value

    def require_hash(self) -> str:
        """The name under which the sealed file is stored."""
        if self.sha256 is None:
            raise PaperNotIssuedError(str(self.id))
        return self.sha256

    @property
    def summary(self) -> dict[str, Any]:
        """What may be told of the paper to whoever may see its dossier."""
        return {
            "id": str(self.id),
            "dossier_id": str(self.dossier_id),
            "kind": self.kind,
            "title": self.title,
            "number": self.number,
            "unit": self.unit,
            "language": self.language,
            "state": self.state,
            "hindrance": self.hindrance,
            "sha256": self.sha256,
            "size": self.size,
            "level": self.level,
            "dated": self.dated.isoformat(),
            "issued_at": self.issued_at and self.issued_at.isoformat(),
            "withdrawal": self.withdrawal and self.withdrawal.told,
        }


class Correspondence(Aggregate):
    """All papers about one dossier, and the code under which people follow it."""

    TOPIC = "signing.correspondence"

    dossier_id: UUID

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "signing.correspondence.begun"

        tracking_code: str

    def __init__(self, *, dossier_id: UUID, tracking_code: str) -> None:
        self.dossier_id = dossier_id
        self.tracking_code = tracking_code
        self.papers: list[UUID] = []
        self.filed_at: datetime | None = None

    @staticmethod
    def create_id(dossier_id: UUID) -> UUID:
        """One dossier, one correspondence."""
        return uuid5(NAMESPACE_URL, f"signing/correspondence/{dossier_id}")

    def note_filing(self, at: datetime) -> None:
        """The applicant handed the dossier in online, at this moment."""
        self.trigger_event(self.FilingNoted, filed_at=at)

    class FilingNoted(Aggregate.Event):
        TOPIC = "signing.correspondence.filing-noted"

        filed_at: datetime

        def apply(self, aggregate: Correspondence) -> None:
            aggregate.filed_at = self.filed_at

    def add(self, paper_id: UUID) -> None:
        """One more paper is due to the applicant."""
        self.trigger_event(self.PaperAdded, paper_id=paper_id)

    class PaperAdded(Aggregate.Event):
        TOPIC = "signing.correspondence.paper-added"

        paper_id: UUID

        def apply(self, aggregate: Correspondence) -> None:
            aggregate.papers.append(self.paper_id)
