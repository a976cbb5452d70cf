"""Whether a form or an order comes from our own pages, and nobody else's."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import Request, Response

from services.portal.parts import Parts, parts_of

SAFE = ("GET", "HEAD", "OPTIONS")
VISITOR = "guichet_visitor"
TOKEN = 32


def cookie_name(parts: Parts, name: str) -> str:
    """Over TLS the browser itself vouches for who set the cookie."""
    return f"__Host-{name}" if parts.settings.is_secure else name


def set_cookie(
    parts: Parts, response: Response, name: str, value: str, max_age: int | None = None
) -> None:
    response.set_cookie(
        cookie_name(parts, name),
        value,
        max_age=max_age,
        path="/",
        secure=parts.settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(parts: Parts, response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(parts, name),
        path="/",
        secure=parts.settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def is_ours(request: Request) -> bool:
    """What the browser says of where the request comes from."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == origin_of(parts_of(request).settings.public_url)


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def visitor_of(request: Request) -> str:
    """The mark of a browser: of its session, or its own."""
    parts = parts_of(request)
    session = request.cookies.get(cookie_name(parts, "guichet_session"))
    return session or request.cookies.get(cookie_name(parts, VISITOR), "")


def form_token(request: Request, visitor: str) -> str:
    """What every form of ours carries, and no other site can know.

    Written differently into every page, so that packing pages betrays nothing.
    """
    mask = secrets.token_bytes(TOKEN)
    return mask.hex() + crossed(token_of(request, visitor), mask).hex()


def is_our_form(request: Request, token: str) -> bool:
    visitor = visitor_of(request)
    try:
        given = bytes.fromhex(token)
    except ValueError:
        return False
    plain = crossed(given[TOKEN:], given[:TOKEN])
    known = bool(visitor) and hmac.compare_digest(token_of(request, visitor), plain)
    return known and is_ours(request)


def token_of(request: Request, visitor: str) -> bytes:
    key = parts_of(request).settings.session_secret
    return hmac.digest(key, b"form " + visitor.encode(), sha256)


def crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
