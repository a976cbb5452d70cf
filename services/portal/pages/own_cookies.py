"""What a browser keeps for us between two pages: sealed, short, and only for us."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from fastapi import Request, Response

from services.portal.origin import cookie_name, set_cookie
from services.portal.parts import Parts

SESSION = "guichet_session"
PENDING = "guichet_sign_in"
CODE = "guichet_code"
LEAVING = "guichet_sign_out"
MINUTES = 10 * 60


def keep(parts: Parts, response: Response, name: str, content: dict[str, Any]) -> None:
    sealed = parts.box.seal(content, name.encode())
    value = urlsafe_b64encode(sealed).decode()
    set_cookie(parts, response, name, value, MINUTES)


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
