"""Receipts of providers, kept in a table until their notices are known."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.postgres import PostgresDatastore

from services.notifications.ports import Receipt

KEEP = """
    INSERT INTO notifications_receipts (reference, failure) VALUES (%s, %s)
    ON CONFLICT (reference) DO UPDATE SET failure = EXCLUDED.failure
"""
MATCHED = """
    SELECT notice_id, reference, failure
    FROM notifications_receipts JOIN notices USING (reference)
    ORDER BY received_at LIMIT 100
"""
SETTLE = "DELETE FROM notifications_receipts WHERE reference = %s"


class PostgresReceipts:
    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def keep(self, receipt: Receipt) -> None:
        self._execute(KEEP, receipt.reference, receipt.failure)

    def matched(self) -> list[tuple[UUID, Receipt]]:
        with self._datastore.cursor() as cursor:
            rows = cursor.execute(MATCHED).fetchall()
        return [
            (row["notice_id"], Receipt(row["reference"], row["failure"]))
            for row in rows
        ]

    def settle(self, receipt: Receipt) -> None:
        self._execute(SETTLE, receipt.reference)

    def _execute(self, query: str, *values: str | None) -> None:
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(query, values)
