"""What a browser keeps for us between two pages: sealed, short, and only for us."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from fastapi import Request, Response

from services.portal.origin import cookie_name, set_cookie
from services.portal.parts import Parts
from services.portal.sessions import Session

SESSION = "guichet_session"
PENDING = "guichet_sign_in"
CODE = "guichet_code"
LEAVING = "guichet_sign_out"
LAST = "guichet_last"  # who was signed in here: to whom what they typed belongs
MINUTES = 10 * 60
DAY = 24 * 3600


def let_in(parts: Parts, response: Response, token: str, session: Session) -> None:
    """This browser is now this person's, until they leave or it ends."""
    set_cookie(parts, response, SESSION, token)
    keep(parts, response, LAST, {"subject": session.actor.subject}, DAY)


def keep(
    parts: Parts,
    response: Response,
    name: str,
    content: dict[str, Any],
    seconds: int = MINUTES,
) -> None:
    sealed = parts.box.seal(content, name.encode())
    value = urlsafe_b64encode(sealed).decode()
    set_cookie(parts, response, name, value, seconds)


def kept(request: Request, parts: Parts, name: str) -> dict[str, Any] | None:
    """What this very browser was given to keep."""
    value = request.cookies.get(cookie_name(parts, name), "")
    try:
        sealed = urlsafe_b64decode(value)
    except ValueError:
        return None
    return parts.box.open(sealed, name.encode())


def inside(address: str) -> str:
    """An address of ours; nothing when it leads elsewhere."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and address.isprintable() and "\\" not in address else ""
