"""Follows one dossier's status as its people see it change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from tools.demo.client import Json, Person, until

LEADS_TO = {  # a line of the timeline, and the status it brought
    "dossier.submitted.v1": 1,
    "dossier.accepted.v1": 2,
    "dossier.refused.v1": 3,
    "step.opened.v1": 4,
    "supplement.requested.v1": 5,
    "supplement.answered.v1": 4,
    "payment.asked.v1": 6,
    "case.suspended.v1": 8,
    "case.resumed.v1": 4,
    "dossier.withdrawn.v1": 7,
    "result.released.v1": 9,
    "result.returned.v1": 10,
}


class Watch:
    """Looks at a dossier as one person, again and again."""

    def __init__(self, person: Person, dossier_id: str, what: str) -> None:
        self._person, self._path, self._what = person, f"/dossiers/{dossier_id}", what
        self.code = ""

    async def look(self) -> Json:
        dossier = await self._person.ask(self._path)
        self.code = dossier.get("code") or self.code
        return dossier

    async def until(self, *wanted: int, seconds: float = 120.0) -> Json:
        return await until(
            self.look,
            lambda dossier: dossier.get("status") in wanted,
            what=f"{self._what}: status {' or '.join(map(str, wanted))}",
            seconds=seconds,
        )

    async def statuses(self, last: int) -> list[int]:
        """All that the dossier has had, by its timeline, up to the last one."""
        dossier = await until(
            self.look,
            lambda dossier: last in told(dossier["timeline"]),
            what=f"{self._what}: the timeline shows status {last}",
        )
        return [status for status, _ in groupby(told(dossier["timeline"]))]


def told(timeline: Iterable[Json]) -> list[int]:
    return [*_told(timeline)]


def _told(timeline: Iterable[Json]) -> Iterator[int]:
    for line in sorted(timeline, key=lambda line: str(line["occurred_at"])):
        if status := LEADS_TO.get(line["type"]):
            yield status
