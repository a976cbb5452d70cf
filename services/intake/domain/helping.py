"""Helpers and representatives: whom the applicant lets act, in what, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.intake.contact_errors import (
    AlreadyHelpingError,
    HelperContactError,
    HelpNotFoundError,
    InvitationNotFoundError,
    InvitationOverError,
    OwnDossierError,
    PowerUnknownError,
    TooManyHelpersError,
)
from services.intake.domain.filing import Filing
from services.intake.domain.record import ACTIVE, ENDED, INVITED, Text, sealed
from services.intake.domain.rules import Rules
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal

POWERS = ("fill", "send", "pay", "write", "withdraw")  # to read belongs to all of them
KINDS = ("helper", "representative")
ANSWER_WITHIN = timedelta(days=7)
MOST_HELPERS = 5


@dataclass(frozen=True)
class Invitation:
    """Who is invited, how they are reached, and what they may do."""

    kind: str
    powers: list[str]
    name: str
    to: str


class Helping(Filing):
    def invite_helper(
        self, helper_id: UUID, wish: Invitation, *, by: Actor, now: datetime
    ) -> None:
        """Let somebody act for the applicant, as soon as they accept it."""
        if not self.is_own(by):
            raise NotAllowedError(str(self.id))
        self.require_alive()
        if set(wish.powers) - set(POWERS) or wish.kind not in KINDS:
            raise PowerUnknownError(*sorted(set(wish.powers) - set(POWERS)))
        if not wish.name.strip() or not wish.to.strip():
            raise HelperContactError(str(self.id))
        alive = [each for each in self.helpers.values() if each["state"] != ENDED]
        if len(alive) >= MOST_HELPERS:
            raise TooManyHelpersError(str(self.id))
        known = {"name": wish.name.strip(), "to": wish.to.strip()}
        self.trigger_event(
            self.HelperInvited,
            helper_id=helper_id,
            kind=wish.kind,
            powers=[each for each in POWERS if each in wish.powers],
            contact=sealed(self.applicant, known),
            invited_at=now,
            expires_at=now + ANSWER_WITHIN,
        )

    class HelperInvited(Aggregate.Event):
        TOPIC = "intake.dossier.helper-invited"

        helper_id: UUID
        kind: str
        powers: list[str]
        contact: Text
        invited_at: datetime
        expires_at: datetime

        def apply(self, aggregate: Helping) -> None:
            aggregate.helpers[str(self.helper_id)] = {
                "kind": self.kind,
                "powers": self.powers,
                "contact": self.contact,
                "state": INVITED,
                "invited_at": self.invited_at,
                "expires_at": self.expires_at,
                "party": None,
                "name": None,
                "accepted_at": None,
                "ended_at": None,
            }

    def invited(self, secret: str, now: datetime) -> dict[str, Any]:
        """What was offered to whoever has this secret, while it can be accepted."""
        helper = self.helpers.get(str(helper_id_of(secret)))
        if helper is None:
            raise InvitationNotFoundError(str(self.id))
        if helper["state"] != INVITED or helper["expires_at"] < now:
            raise InvitationOverError(str(self.id))
        return helper

    def accept_invitation(
        self, secret: str, name: str, *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """Take it on, as the person one signed in as; the applicant is told."""
        if by.kind != "citizen":
            raise NotAllowedError(str(self.id))
        helper = self.invited(secret, now)
        self.require_alive()
        if self.is_own(by):
            raise OwnDossierError(str(self.id))
        if self.helper(by):
            raise AlreadyHelpingError(str(self.id))
        filled = self.fill(rules, now)
        self.trigger_event(
            self.HelperAccepted,
            helper_id=helper_id_of(secret),
            party=by.party,
            name=Personal(by.subject, name) if name else None,
            kind=helper["kind"],
            powers=helper["powers"],
            accepted_at=now,
            about=self.about(rules, filled),
            contact=self.told(rules, filled)["contact"],
        )

    class HelperAccepted(Aggregate.Event):
        TOPIC = "intake.dossier.helper-accepted"

        helper_id: UUID
        party: str
        name: Text | None
        kind: str
        powers: list[str]
        accepted_at: datetime
        about: dict[str, Any]
        contact: Text

        def apply(self, aggregate: Helping) -> None:
            aggregate.helpers[str(self.helper_id)] |= {
                "state": ACTIVE,
                "party": self.party,
                "name": self.name,
                "accepted_at": self.accepted_at,
            }

    def end_help(self, helper_id: UUID, *, by: Actor, now: datetime) -> None:
        """Take it back, or lay it down: from now on they see nothing of the dossier."""
        helper = self.helpers.get(str(helper_id))
        is_theirs = helper is not None and helper["party"] == by.party
        if not self.is_own(by) and not is_theirs:
            raise NotAllowedError(str(self.id))
        if helper is None or helper["state"] == ENDED:
            raise HelpNotFoundError(str(helper_id))
        self.trigger_event(
            self.HelpEnded,
            helper_id=helper_id,
            party=helper["party"],
            ended_by="applicant" if self.is_own(by) else "helper",
            ended_at=now,
        )

    class HelpEnded(Aggregate.Event):
        TOPIC = "intake.dossier.help-ended"

        helper_id: UUID
        party: str | None
        ended_by: str
        ended_at: datetime

        def apply(self, aggregate: Helping) -> None:
            ended = {"state": ENDED, "ended_at": self.ended_at}
            aggregate.helpers[str(self.helper_id)] |= ended

    def powers_of(self, by: Actor) -> list[str]:
        """What somebody may do as, or for, the applicant."""
        if self.is_own(by):
            return list(POWERS)
        return list((self.helper(by) or {"powers": []})["powers"])


def helper_id_of(secret: str) -> UUID:
    """The log knows an invitation by what nobody can make its secret of."""
    return UUID(bytes=sha256(b"helper " + secret.encode()).digest()[:16], version=4)
