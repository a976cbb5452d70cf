"""Helpers: invited with a link, proven by a code to the same phone or mailbox."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.portal import codes
from services.portal.codes import Wish
from services.portal.desk import Desk, Place
from services.portal.errors import CodeWrongError, InvitationUnknownError

PURPOSE = "invitation"
SECRET = 12  # bytes: with the dossier's id still a short address


@dataclass(frozen=True)
class Invited:
    """Whom an applicant invites, and to what."""

    kind: str
    powers: list[str]
    name: str
    to: str = field(repr=False)


@dataclass(frozen=True)
class Token:
    """What an invitation's address says: which dossier, and what proves it."""

    dossier_id: UUID
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        return encoded(self.dossier_id.bytes + decoded(self.secret))

    @classmethod
    def read(cls, text: str) -> Token:
        try:
            whole = decoded(text)
        except ValueError:
            raise InvitationUnknownError from None
        if len(whole) != 16 + SECRET:
            raise InvitationUnknownError
        return cls(UUID(bytes=whole[:16]), encoded(whole[16:]))

    @property
    def helper_id(self) -> UUID:
        """As intake knows the invitation: nobody makes its secret of that."""
        digest = sha256(b"helper " + self.secret.encode()).digest()
        return UUID(bytes=digest[:16], version=4)


async def invite(desk: Desk, dossier_id: UUID, who: Invited, browser: str) -> Place:
    """Noted with the dossier, then told to whom it is for. Asked again, it is one."""
    to = codes.phone(who.to) if "@" not in who.to else who.to.strip()
    token = new_token(desk, dossier_id)
    place = await desk.order(
        "intake.invite_helper",
        dossier_id=dossier_id,
        helper_id=token.helper_id,
        kind=who.kind,
        powers=who.powers,
        name=who.name,
        to=to,
    )
    link = f"{desk.parts.settings.public_url}/{desk.language}/helpers/{token.text}"
    await codes.send_link(desk, Wish(to, PURPOSE, browser), link)
    return place


def new_token(desk: Desk, dossier_id: UUID) -> Token:
    """Guessed by nobody, and the same when the same order is given again."""
    key, about = desk.parts.settings.pseudonym_key, dossier_id.bytes
    digest = hmac.new(key, b"helper " + desk.key_of().bytes + about, sha256).digest()
    return Token(dossier_id, encoded(digest[:SECRET]))


async def offered(desk: Desk, token: Token) -> dict[str, Any]:
    found: dict[str, Any] = await desk.ask(
        "intake.invitation", dossier_id=token.dossier_id, secret=token.secret
    )
    return found


async def send_code(desk: Desk, token: Token, browser: str) -> UUID:
    """To where the applicant had the invitation sent, and nowhere else."""
    found = await offered(desk, token)
    about = {"invitation": str(token.helper_id)}
    return await codes.send(desk, Wish(found["to"], PURPOSE, browser, about))


async def accept(desk: Desk, token: Token, code_id: UUID, code: str) -> Place:
    """Who has the link, the code, and signed in: from now on they may act."""
    about = await codes.redeem(desk, code_id, code)
    if about.get("invitation") != str(token.helper_id):
        raise CodeWrongError
    session = desk.session
    return await desk.order(
        "intake.accept_invitation",
        dossier_id=token.dossier_id,
        secret=token.secret,
        name=session.name if session else "",
    )


async def end(desk: Desk, dossier_id: UUID, helper_id: UUID) -> Place:
    return await desk.order(
        "intake.end_help", dossier_id=dossier_id, helper_id=helper_id
    )


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
