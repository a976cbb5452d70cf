"""What one can ask about helpers: invite, accept, end, and who there is."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain import Dossier
from services.intake.domain.helping import Invitation
from services.intake.domain.record import INVITED, Text
from services.intake.dossiers import Dossiers
from shared.actor import Actor
from shared.contracts.words import opened
from shared.errors import NotAllowedError
from shared.personal import Personal

MOMENTS = ("invited_at", "expires_at", "accepted_at", "ended_at")


class Helpers(Dossiers):
    def invite_helper(
        self, dossier_id: UUID, helper_id: UUID, wish: Invitation, *, by: Actor
    ) -> int:
        dossier = self._dossier(dossier_id)
        dossier.invite_helper(helper_id, wish, by=by, now=self.clock())
        return self.commit(dossier)

    def accept_invitation(
        self, dossier_id: UUID, secret: str, name: str, *, by: Actor
    ) -> int:
        dossier, rules = self._open(dossier_id)
        now = self.clock()
        dossier.accept_invitation(secret, name, rules=rules, by=by, now=now)
        return self.commit(dossier)

    def end_help(self, dossier_id: UUID, helper_id: UUID, *, by: Actor) -> int:
        dossier = self._dossier(dossier_id)
        dossier.end_help(helper_id, by=by, now=self.clock())
        return self.commit(dossier)

    def invitation(self, dossier_id: UUID, secret: str, *, by: Actor) -> dict[str, Any]:
        """What is offered to whoever holds its secret; nothing else of the dossier."""
        if by.kind != "citizen":
            raise NotAllowedError(str(dossier_id))
        dossier, rules = self._open(dossier_id)
        helper = dossier.invited(secret, self.clock())
        return {
            "kind": helper["kind"],
            "powers": helper["powers"],
            "procedure": rules.slug,
            "names": rules.definition["names"],
            "expires_at": helper["expires_at"].isoformat(),
            "is_own": dossier.is_own(by),
            **contact(helper["contact"]),
        }

    def helpers(self, dossier_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
        """Who helps, with what, since when; how they are reached only the applicant."""
        dossier, _ = self._seen(dossier_id, by)
        now = self.clock()
        return [
            shown(dossier, id, helper, by, now)
            for id, helper in dossier.helpers.items()
            if dossier.is_own(by) or helper["party"] is not None
        ]


def shown(
    dossier: Dossier, id: str, helper: dict[str, Any], by: Actor, now: datetime
) -> dict[str, Any]:
    is_over = helper["state"] == INVITED and helper["expires_at"] < now
    invited = contact(helper["contact"])
    return {
        "id": id,
        "kind": helper["kind"],
        "powers": helper["powers"],
        "state": "expired" if is_over else helper["state"],
        "name": opened(helper["name"]) or invited["name"],
        "to": invited["to"] if dossier.is_own(by) else "",
        "is_you": helper["party"] == by.party,
        **{name: helper[name] and helper[name].isoformat() for name in MOMENTS},
    }


def contact(sealed: Text) -> dict[str, str]:
    """Nothing once the applicant, who named them, is forgotten."""
    if isinstance(sealed, Personal):
        found: dict[str, str] = json.loads(sealed.value)
        return found
    return {"name": "", "to": ""}
