"""A phone as the scanner of another screen: for a few minutes, for one document."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import segno

from services.portal.desk import Desk
from services.portal.parts import Parts
from services.portal.sessions import Session
from services.portal.upload_errors import ScanExpiredError

LASTS = timedelta(minutes=15)
PURPOSE = b"scan"


@dataclass(frozen=True)
class Errand:
    """Who may bring photos of what: the one whose screen showed the code."""

    session: Session
    dossier_id: UUID
    document: str


def token(desk: Desk, dossier_id: UUID, document: str) -> str:
    """Good for this document alone, while who asked for it stays signed in."""
    session = desk.session
    about = {  # as short as it can be: it is drawn as a code
        "s": written(session.id if session else b""),
        "d": written(dossier_id.bytes),
        "c": document,
        "u": int((desk.parts.now() + LASTS).timestamp()),
    }
    return written(desk.parts.box.seal(about, PURPOSE))


async def errand(parts: Parts, token: str) -> Errand:
    """What a token was given for; refused when its time is over."""
    about = parts.box.open(read(token), PURPOSE)
    if about is None or parts.now().timestamp() > about["u"]:
        raise ScanExpiredError
    session = await parts.sessions.alive(read(about["s"]))
    if session is None:
        raise ScanExpiredError
    return Errand(session, UUID(bytes=read(about["d"])), about["c"])


def written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def read(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise ScanExpiredError from None


def address(desk: Desk, token: str) -> str:
    """Where the phone goes."""
    return f"{desk.parts.settings.public_url}/{desk.language}/scan/{token}"


def code(address: str) -> str:
    """The address as a picture that a phone's camera reads."""
    drawn = BytesIO()
    segno.make(address, error="l", micro=False).save(
        drawn, kind="svg", scale=4, border=4, xmldecl=False, svgns=True, omitsize=False
    )
    return drawn.getvalue().decode()
