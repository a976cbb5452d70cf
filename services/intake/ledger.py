"""The read model of money: references of dossiers, transfers, refunds that wait."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection

from services.intake.domain import Dossier, Transfer
from services.intake.domain.references import squeezed
from services.intake.domain.transfer import DISMISSED, MATCHED
from services.intake.ports import Row, Wanted
from shared.eventsourcing import Aggregate


class LedgerView(TrackingRecorder, ABC):
    """Each change is kept with its place in the log; nothing of it is about people."""

    @abstractmethod
    def know(self, reference: str, dossier_id: UUID, tracking: Tracking) -> None: ...

    @abstractmethod
    def book(
        self, transfer_id: UUID, booked_at: datetime, tracking: Tracking
    ) -> None: ...

    @abstractmethod
    def settle(self, transfer_id: UUID, state: str, tracking: Tracking) -> None: ...

    @abstractmethod
    def propose(
        self,
        dossier_id: UUID,
        proposed_at: datetime,
        units: list[str] | None,
        tracking: Tracking,
    ) -> None: ...

    @abstractmethod
    def decide(self, dossier_id: UUID, tracking: Tracking) -> None: ...


class LedgerProjection(Projection[LedgerView]):
    """Hears every event, so that one can wait for any position."""

    name = "intake_ledger"

    @singledispatchmethod
    def process_event(self, event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, event: Dossier.Opened, tracking: Tracking) -> None:
        self.view.know(squeezed(event.tracking_code), event.originator_id, tracking)

    @process_event.register
    def _(self, event: Dossier.Accepted, tracking: Tracking) -> None:
        self.view.know(squeezed(event.code), event.originator_id, tracking)

    @process_event.register
    def _(self, event: Transfer.Booked, tracking: Tracking) -> None:
        self.view.book(event.originator_id, event.booked_at, tracking)

    @process_event.register
    def _(self, event: Transfer.Matched, tracking: Tracking) -> None:
        self.view.settle(event.originator_id, MATCHED, tracking)

    @process_event.register
    def _(self, event: Transfer.Dismissed, tracking: Tracking) -> None:
        self.view.settle(event.originator_id, DISMISSED, tracking)

    @process_event.register
    def _(self, event: Dossier.RefundProposed, tracking: Tracking) -> None:
        id, proposed_at = event.originator_id, event.timestamp
        self.view.propose(id, proposed_at, event.units, tracking)

    @process_event.register
    def _(self, event: Dossier.RefundDecided, tracking: Tracking) -> None:
        self.view.decide(event.originator_id, tracking)


KNOW = """
    INSERT INTO intake_references (reference, dossier_id) VALUES (%s, %s)
    ON CONFLICT DO NOTHING
"""
BOOK = "INSERT INTO intake_transfers (transfer_id, booked_at) VALUES (%s, %s)"
SETTLE = "UPDATE intake_transfers SET state = %s WHERE transfer_id = %s"
KNOWN = "SELECT DISTINCT dossier_id FROM intake_references WHERE reference = ANY(%s)"
PAGE = """
    SELECT transfer_id, booked_at FROM intake_transfers
    WHERE (%(state)s::text IS NULL OR state = %(state)s)
      AND (%(at)s::timestamptz IS NULL
           OR (booked_at, transfer_id) > (%(at)s, %(id)s::uuid))
    ORDER BY booked_at, transfer_id LIMIT %(limit)s
"""
PROPOSE = """
    INSERT INTO intake_refunds (dossier_id, proposed_at, units) VALUES (%s, %s, %s)
"""
DECIDE = "DELETE FROM intake_refunds WHERE dossier_id = %s"
REFUNDS = """
    SELECT dossier_id, proposed_at FROM intake_refunds
    WHERE (%(unit)s::text IS NULL OR units IS NULL OR %(unit)s = ANY(units))
      AND (%(at)s::timestamptz IS NULL
           OR (proposed_at, dossier_id) > (%(at)s, %(id)s::uuid))
    ORDER BY proposed_at, dossier_id LIMIT %(limit)s
"""


class PostgresLedger(PostgresTrackingRecorder, LedgerView):
    def know(self, reference: str, dossier_id: UUID, tracking: Tracking) -> None:
        self._change(tracking, KNOW, (reference, dossier_id))

    def book(self, transfer_id: UUID, booked_at: datetime, tracking: Tracking) -> None:
        self._change(tracking, BOOK, (transfer_id, booked_at))

    def settle(self, transfer_id: UUID, state: str, tracking: Tracking) -> None:
        self._change(tracking, SETTLE, (state, transfer_id))

    def propose(
        self,
        dossier_id: UUID,
        proposed_at: datetime,
        units: list[str] | None,
        tracking: Tracking,
    ) -> None:
        self._change(tracking, PROPOSE, (dossier_id, proposed_at, units))

    def decide(self, dossier_id: UUID, tracking: Tracking) -> None:
        self._change(tracking, DECIDE, (dossier_id,))

    def dossiers(self, references: Iterable[str]) -> list[UUID]:
        with self.datastore.transaction() as cursor:
            cursor.execute(KNOWN, (sorted(references),))
            return [row["dossier_id"] for row in cursor.fetchall()]

    def page(self, wanted: Wanted) -> list[Row]:
        return self._rows(PAGE, wanted, state=wanted.state)

    def refunds(self, wanted: Wanted, unit: str | None) -> list[Row]:
        return self._rows(REFUNDS, wanted, unit=unit)

    def _rows(self, query: str, wanted: Wanted, **asked: Any) -> list[Row]:
        at, id = wanted.place or (None, None)
        page = {"at": at, "id": id, "limit": wanted.limit + 1}
        with self.datastore.transaction() as cursor:
            cursor.execute(query, asked | page)
            return [dict(row) for row in cursor.fetchall()]

    def _change(self, tracking: Tracking, query: str, row: tuple[Any, ...]) -> None:
        """The row and the place in the log, as one."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(query, row)
            self._insert_tracking(cursor, tracking)
