"""What one officer has to do today, in figures and codes: nothing about a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.roster import LEADERS
from services.workflow.ports import Filters, Listing, Row
from services.workflow.queues import Queues
from services.workflow.watching import alerts_of, watches
from shared.actor import Actor
from shared.errors import NotAllowedError

MOST_URGENT = 5
ALERTS = 200
OF_ALL = ("reviewer", "clerk", "front_desk", "return_officer")  # share out their steps


@dataclass(frozen=True)
class Colleague:
    """An officer as the portal knows them."""

    officer: str
    unit: str
    roles: tuple[str, ...]

    @property
    def actor(self) -> Actor:
        return Actor(self.officer, self.unit, self.roles, kind="staff")


class Digests(Queues):
    def work_of(self, colleague: Colleague, *, by: Actor) -> dict[str, Any]:
        """How much waits for an officer, of which kind, and what is most urgent."""
        if by.kind != "system":
            raise NotAllowedError(by.subject)
        counts = {name: found for name, found in self._counts(colleague) if found}
        return {"counts": counts, "urgent": self._urgent(colleague)}

    def _counts(self, colleague: Colleague) -> Iterator[tuple[str, int]]:
        own = Filters(mine=True)
        yield "mine", self._found(colleague, own)
        yield "overdue", self._found(colleague, Filters(mine=True, due="overdue"))
        yield "soon", self._found(colleague, Filters(mine=True, due="soon"))
        yield "unassigned", sum(self._free(colleague))
        yield "approvals", sum(self._to_approve(colleague))
        yield from self._alerts(colleague)

    def _free(self, colleague: Colleague) -> Iterator[int]:
        for role in [each for each in OF_ALL if each in colleague.roles]:
            yield self._found(colleague, Filters(role=role, unassigned=True))

    def _to_approve(self, colleague: Colleague) -> Iterator[int]:
        for role in [each for each in LEADERS if each in colleague.roles]:
            yield self._found(colleague, Filters(role=role))

    def _alerts(self, colleague: Colleague) -> Iterator[tuple[str, int]]:
        """Each thing once, however many ways it comes to the officer."""
        found = {
            (kind, row["case_id"], row["step"])
            for watch in watches(colleague.actor)
            for row in self._queue.alerts(watch, ALERTS)
            for kind, _ in alerts_of(row, watch.kinds)
        }
        for kind, count in sorted(Counter(kind for kind, *_ in found).items()):
            yield f"alert_{kind}", count

    def _urgent(self, colleague: Colleague) -> list[dict[str, Any]]:
        wanted = [Filters(mine=True)]
        wanted += [Filters(role=each) for each in LEADERS if each in colleague.roles]
        rows = [row for each in wanted for row in self._first(colleague, each)]
        known = {(row["case_id"], row["step"]): row for row in rows}
        ordered = sorted(known.values(), key=lambda row: (row["lane"], row["due_at"]))
        return [
            {"code": row["code"], "due_at": row["due_at"].isoformat()}
            for row in ordered[:MOST_URGENT]
        ]

    def _first(self, colleague: Colleague, filters: Filters) -> list[Row]:
        return self._queue.page(self._of(colleague, filters), None, MOST_URGENT)

    def _found(self, colleague: Colleague, filters: Filters) -> int:
        return self._queue.counts(self._of(colleague, filters)).found

    def _of(self, colleague: Colleague, filters: Filters) -> Listing:
        return Listing(colleague.unit, colleague.officer, self.clock(), filters)
