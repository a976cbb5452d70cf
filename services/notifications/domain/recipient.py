"""The recipient: what notices must know of a dossier and of its applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

WITH_MATTER = ("supplement", "apology", "stop")  # papers that are told when they come


@dataclass(frozen=True)
class Facts:
    """What is known of a dossier once it is handed in; `contact` is JSON."""

    procedure_name: dict[str, str]
    unit: str
    language: str
    result_channel: str
    contact: Personal | Erased


@dataclass(frozen=True)
class Matter:
    """What a paper that is being made will be about; it is told when it is there."""

    unit: str | None = None
    ground: str = ""
    by: datetime | None = None
    items: tuple[dict[str, Any], ...] = ()
    words: Personal | Erased | None = None
    reason: Personal | Erased | None = None
    legal_basis: str = ""
    old_due_at: datetime | None = None
    new_due_at: datetime | None = None


class Recipient(Aggregate):
    """The applicant of one dossier, as those know them who write to them."""

    TOPIC = "notifications.recipient"

    dossier_id: UUID

    class Met(Aggregate.Event, AggregateCreated):
        TOPIC = "notifications.recipient.met"

        applicant: str
        tracking_code: str

    def __init__(self, *, dossier_id: UUID, applicant: str, tracking_code: str) -> None:
        self.dossier_id = dossier_id
        self.applicant = applicant
        self.tracking_code = tracking_code
        self.facts: Facts | None = None
        self.code: str | None = None
        self.received_at: datetime | None = None
        self.due_at: datetime | None = None
        self.refusal_reasons: list[dict[str, str]] = []
        self.refusal_note: Personal | Erased | None = None
        self.papers: dict[str, dict[str, str]] = {}
        self.matters: dict[str, Matter] = {}

    @staticmethod
    def create_id(dossier_id: UUID) -> UUID:
        return uuid5(NAMESPACE_URL, f"notifications/recipient/{dossier_id}")

    @property
    def reference(self) -> str:
        """How a notice names the dossier: by its code, once it has one."""
        return self.code or self.tracking_code

    def can_be_told(self, template: str, paper: str | None = None) -> bool:
        """Of what we were told: a receipt speaks of a code, a paper of its matter."""
        if paper in WITH_MATTER:
            return paper in self.matters
        return template != "accepted" or self.code is not None

    def was_told(self, template: str) -> bool:
        """What ended at its applicant's wish is told as withdrawn, not as stopped."""
        stop = self.matters.get("stop")
        return template == "stopped" and stop is not None and stop.ground != "stop"

    def describe(self, facts: Facts) -> None:
        """Remember what notices need; what is known already is not said again."""
        if facts != self.facts:
            self.trigger_event(self.Described, **vars(facts))

    class Described(Aggregate.Event):
        TOPIC = "notifications.recipient.described"

        procedure_name: dict[str, str]
        unit: str
        language: str
        result_channel: str
        contact: Personal | Erased

        def apply(self, aggregate: Recipient) -> None:
            aggregate.facts = Facts(
                procedure_name=self.procedure_name,
                unit=self.unit,
                language=self.language,
                result_channel=self.result_channel,
                contact=self.contact,
            )

    def note_acceptance(
        self, code: str, *, received_at: datetime, due_at: datetime
    ) -> None:
        """The dossier has a code, and a date for its result."""
        self.trigger_event(
            self.DossierAccepted, code=code, received_at=received_at, due_at=due_at
        )

    class DossierAccepted(Aggregate.Event):
        TOPIC = "notifications.recipient.dossier-accepted"

        code: str
        received_at: datetime
        due_at: datetime

        def apply(self, aggregate: Recipient) -> None:
            aggregate.code = self.code
            aggregate.received_at = self.received_at
            aggregate.due_at = self.due_at

    def note_refusal(self, reasons: list[dict[str, str]], *, note: str) -> None:
        """The dossier was not received; its applicant will be told why."""
        words = Personal(self.applicant, note) if note else None
        self.trigger_event(self.DossierRefused, reasons=reasons, note=words)

    class DossierRefused(Aggregate.Event):
        TOPIC = "notifications.recipient.dossier-refused"

        reasons: list[dict[str, str]]
        note: Personal | Erased | None

        def apply(self, aggregate: Recipient) -> None:
            aggregate.refusal_reasons = self.reasons
            aggregate.refusal_note = self.note

    def note_due_date(self, due_at: datetime) -> None:
        """The result is due at another moment than was promised."""
        if self.code and due_at != self.due_at:
            self.trigger_event(self.DueDateMoved, due_at=due_at)

    class DueDateMoved(Aggregate.Event):
        TOPIC = "notifications.recipient.due-date-moved"

        due_at: datetime

        def apply(self, aggregate: Recipient) -> None:
            aggregate.due_at = self.due_at

    def note_matter(self, kind: str, matter: Matter) -> None:
        """A paper of this kind is on its way."""
        about = vars(matter) | {"items": list(matter.items)}
        self.trigger_event(self.MatterNoted, kind=kind, **about)

    class MatterNoted(Aggregate.Event):
        TOPIC = "notifications.recipient.matter-noted"

        kind: str
        unit: str | None
        ground: str
        by: datetime | None
        items: list[dict[str, Any]]
        words: Personal | Erased | None
        reason: Personal | Erased | None
        legal_basis: str
        old_due_at: datetime | None
        new_due_at: datetime | None

        def apply(self, aggregate: Recipient) -> None:
            aggregate.matters[self.kind] = Matter(
                unit=self.unit,
                ground=self.ground,
                by=self.by,
                items=tuple(self.items),
                words=self.words,
                reason=self.reason,
                legal_basis=self.legal_basis,
                old_due_at=self.old_due_at,
                new_due_at=self.new_due_at,
            )

    def note_paper(self, kind: str, *, paper_id: UUID, sha256: str) -> None:
        """A paper is there, and can go with a notice."""
        self.trigger_event(
            self.PaperIssued, kind=kind, paper_id=paper_id, sha256=sha256
        )

    class PaperIssued(Aggregate.Event):
        TOPIC = "notifications.recipient.paper-issued"

        kind: str
        paper_id: UUID
        sha256: str

        def apply(self, aggregate: Recipient) -> None:
            aggregate.papers[self.kind] = {
                "paper_id": str(self.paper_id),
                "sha256": self.sha256,
                "name": f"{self.kind}-{aggregate.reference}.pdf",
            }

    def attachment(self, kind: str | None) -> dict[str, Any] | None:
        """The paper of this kind, as it goes with a letter."""
        return self.papers.get(kind or "")
