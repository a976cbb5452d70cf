"""What a clerk watches: papers that wait for their seal, failures, and numbers."""

from __future__ import annotations

from typing import Any

from services.signing.archive import Archive
from services.signing.domain import KEEPERS
from services.signing.ports import SealingView
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError

MOST = 200


class Sealings(Archive):
    """Read from a view that follows the log."""

    seals: SealingView

    def sealing(self, unit: str | None = None, *, by: Actor) -> dict[str, Any]:
        """The papers of the asker's unit until they are sealed; auditors name one."""
        wanted = unit or by.agency
        is_keeper = by.agency == wanted and by.has(*KEEPERS)
        if wanted is None or not (is_keeper or by.has("auditor")):
            raise NotAllowedError(by.subject)
        year = self.clock().astimezone(LOCAL).year
        return {
            "unit": wanted,
            "waiting": [told(each) for each in self.seals.waiting(wanted, MOST)],
            "sealed": [told(each) for each in self.seals.sealed(wanted, MOST // 10)],
            "series": [numbered(each) for each in self.seals.series(wanted, year)],
        }


def told(row: dict[str, Any]) -> dict[str, Any]:
    moments = ("dated", "hindered_at", "issued_at")
    said = {name: row[name] and row[name].isoformat() for name in moments}
    ids = {name: str(row[name]) for name in ("paper_id", "dossier_id")}
    return {**row, **said, **ids}


def numbered(row: dict[str, Any]) -> dict[str, Any]:
    """The last number that was given, and which comes next."""
    given = row["given_at"]
    return {
        **{name: row[name] for name in ("series", "year", "last", "number")},
        "next": row["last"] + 1,
        "given_at": given.isoformat(),
    }
