"""The queues: what waits for whom."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any
from uuid import UUID

from services.workflow.absences import Absences
from services.workflow.domain import Officer
from services.workflow.ports import Filters, Listing, Row, Wanted, cursor
from services.workflow.watching import alerts_of, watches
from shared.actor import Actor
from shared.errors import NotAllowedError, NotFoundError

PATIENCE = 2.0  # seconds a reader waits for the queue to show his own action
ALERTS = 200

MOMENTS = ("opened_at", "deadline_at", "due_at")


class Queues(Absences):
    """Read from a view that follows the log."""

    def queue(self, wanted: Wanted, *, by: Actor) -> dict[str, Any]:
        """The open steps of the asker's unit, page by page, the most urgent first."""
        listing = self._listing(wanted.filters, by)
        if wanted.seen is not None:
            with suppress(TimeoutError):  # then we answer what there is
                self._queue.wait(self.name, wanted.seen, PATIENCE)
        rows = self._queue.page(listing, wanted.place, wanted.limit + 1)
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        return {
            "items": [self._told(row) for row in page],
            "next": cursor(page[-1]) if more else None,
            "counts": asdict(self._queue.counts(listing)),
        }

    def neighbours(
        self, case_id: UUID, step: str, filters: Filters, *, by: Actor
    ) -> dict[str, Any]:
        """What comes before and after a step in a list, even if it is done by now."""
        listing = self._listing(filters, by)
        place = self._queue.place_of(case_id, step)
        if place is None:
            return {"previous": None, "next": None}
        before = self._queue.page(listing, place, 1, back=True)
        after = self._queue.page(listing, place, 1)
        return {
            "previous": self._told(before[0]) if before else None,
            "next": self._told(after[0]) if after else None,
        }

    def alerts(self, *, by: Actor) -> list[dict[str, Any]]:
        """What is near due, overdue or drafted, as far as the asker is to see to it."""
        if by.kind != "staff":
            raise NotAllowedError(by.subject)
        found = {
            (kind, row["case_id"], row["step"]): {**self._told(row), **alert}
            for each in (by, *self.deputies(by))
            for watch in watches(each)
            for row in self._queue.alerts(watch, ALERTS)
            for kind, alert in alerts_of(row, watch.kinds)
        }
        return sorted(found.values(), key=lambda each: (each["due_at"], each["kind"]))

    def views(self, *, by: Actor) -> list[dict[str, Any]]:
        """The filters the asker keeps, by their names."""
        views = self._officer(by).views
        return [{"name": name, "filters": views[name]} for name in sorted(views)]

    def save_view(self, name: str, filters: dict[str, Any], *, by: Actor) -> int:
        officer = self._officer(by)
        officer.save_view(name, filters)
        return self.commit(officer)

    def delete_view(self, name: str, *, by: Actor) -> int:
        officer = self._officer(by)
        officer.delete_view(name)
        return self.commit(officer)

    def _officer(self, by: Actor) -> Officer:
        """Who asks, as far as we remember them."""
        if by.kind != "staff":
            raise NotAllowedError(by.subject)
        id = Officer.create_id(by.subject)
        known = id in self.repository
        return self.load(id, NotFoundError) if known else Officer(subject=by.subject)

    def _listing(self, filters: Filters, by: Actor) -> Listing:
        if by.kind != "staff" or by.agency is None:
            raise NotAllowedError(by.subject)
        return Listing(by.agency, by.subject, self.clock(), filters)

    def _told(self, row: Row) -> dict[str, Any]:
        """A row as it crosses the bus."""
        moments = {name: row[name] and row[name].isoformat() for name in MOMENTS}
        return {
            **{name: value for name, value in row.items() if name != "alerts"},
            **moments,
            "case_id": str(row["case_id"]),
            "dossier_id": str(row["dossier_id"]),
            "unit_name": self._directory.unit(row["unit"]).name,
            "assignee": row["assignee"] or None,
        }
