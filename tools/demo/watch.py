"""Follows one dossier's status as its people see it change."""

from __future__ import annotations

from tools.demo.client import Json, Person, until


class Watch:
    """Remembers every status that was seen, in the order it was seen."""

    def __init__(self, person: Person, dossier_id: str, what: str) -> None:
        self._person, self._path, self._what = person, f"/dossiers/{dossier_id}", what
        self.statuses: list[int] = []
        self.code = ""

    async def look(self) -> Json:
        dossier = await self._person.ask(self._path)
        status, code = dossier.get("status"), dossier.get("code")
        if status and self.statuses[-1:] != [status]:
            self.statuses.append(status)
        self.code = code or self.code
        return dossier

    async def until(self, *wanted: int, seconds: float = 120.0) -> Json:
        return await until(
            self.look,
            lambda dossier: dossier.get("status") in wanted,
            what=f"{self._what}: status {' or '.join(map(str, wanted))}",
            seconds=seconds,
        )
