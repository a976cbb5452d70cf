"""What one can ask of the messages of a dossier: write, read, mark as seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.intake.domain import Dossier
from services.intake.domain.record import CITIZEN, OFFICE
from services.intake.dossiers import Dossiers
from shared.actor import Actor
from shared.contracts.words import opened
from shared.errors import NotAllowedError


class Correspondences(Dossiers):
    def write_message(
        self, dossier_id: UUID, text: str, files: Sequence[UUID], *, by: Actor
    ) -> int:
        dossier, side = self._correspondent(dossier_id, by)
        dossier.write_message(text, files, side=side, by=by, now=self.clock())
        return self.commit(dossier)

    def read_messages(self, dossier_id: UUID, *, by: Actor) -> int:
        dossier, side = self._correspondent(dossier_id, by)
        dossier.read_messages(side=side, by=by, now=self.clock())
        return self._commit_if_changed(dossier)

    def conversation(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """All that was written, for whoever may see the dossier."""
        dossier, _ = self._seen(dossier_id, by)
        side = self._side(dossier_id, by)
        return {
            "messages": [written(dossier, each, by) for each in dossier.messages],
            "side": side or (OFFICE if by.kind == "staff" else CITIZEN),
            "may_write": side is not None and not dossier.is_private,
            "unread": dossier.unread_by(side) if side else 0,
        }

    def _side(self, dossier_id: UUID, by: Actor) -> str | None:
        try:
            return self._correspondent(dossier_id, by)[1]
        except NotAllowedError:
            return None

    def _correspondent(self, dossier_id: UUID, by: Actor) -> tuple[Dossier, str]:
        dossier, rules = self._open(dossier_id)
        agencies = filter(None, [by.agency])
        is_concerned = self.event_log.is_concerned(dossier_id, agencies)
        side = dossier.require_correspondent(rules, by, is_concerned=is_concerned)
        return dossier, side


def written(dossier: Dossier, message: dict[str, Any], by: Actor) -> dict[str, Any]:
    """A message as its readers see it; officers' names are for officers."""
    is_office = message["by_kind"] == OFFICE
    reader = CITIZEN if is_office else OFFICE
    return {
        "number": message["number"],
        "by_kind": message["by_kind"],
        "is_own": message["author"] == by.subject,
        "is_by_applicant": not is_office and not is_helper(dossier, message),
        "unit": message["unit"],
        "name": name_of(dossier, message, by),
        "text": opened(message["text"]),
        "files": [str(each) for each in message["files"]],
        "written_at": message["written_at"].isoformat(),
        "is_read": message["number"] <= dossier.read_up_to.get(reader, 0),
    }


def name_of(dossier: Dossier, message: dict[str, Any], by: Actor) -> str:
    """Of an officer for officers; of who wrote for the applicant, for everybody."""
    if message["by_kind"] == OFFICE:
        return opened(message["officer"]) if by.kind == "staff" else ""
    helpers = dossier.helpers.values()
    mine = (each for each in helpers if each["party"] == message["author"])
    return next((opened(each["name"]) for each in mine), "")


def is_helper(dossier: Dossier, message: dict[str, Any]) -> bool:
    """Whoever else writes for a business is the business."""
    parties = (each["party"] for each in dossier.helpers.values())
    return message["author"] in parties
