"""From an HTTP request to a desk: the dependencies of every address."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request, Response

from services.portal import languages
from services.portal.desk import Desk
from services.portal.errors import CrossSiteError
from services.portal.origin import SAFE, cookie_name, is_ours
from services.portal.parts import parts_of
from services.portal.sessions import Session
from shared.actor import NotProvenError
from shared.commands import KeyMissingError
from shared.errors import StaleVersionError

PATIENCE = 2.0  # seconds a list waits for what its reader has just done
POSITION = re.compile(r"([a-z]{1,20})/([0-9]{1,18})")

Bearer = Annotated[
    str, Header(alias="Authorization", description="`Bearer <token>` of POST /session")
]
Wishes = Annotated[str, Header(description="vi, en or fr")]
Key = Annotated[
    UUID | None,
    Header(
        description="Chosen by the asker; asked again under it, nothing happens twice"
    ),
]
Version = Annotated[
    str | None,
    Header(description='The ETag that was seen, for example `"7"`; 412 when stale'),
]


async def signed_in(request: Request) -> Session | None:
    """Who asks: by the token of a program, or by the cookie of a browser."""
    parts = parts_of(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return await parts.sessions.find(token.strip())
    token = request.cookies.get(cookie_name(parts, "guichet_session"), "")
    if not token:
        return None
    if request.method not in SAFE and not is_ours(request):
        raise CrossSiteError
    return await parts.sessions.find(token)


async def anybody(
    request: Request,
    authorization: Bearer = "",
    accept_language: Wishes = languages.DEFAULT,
) -> Desk:
    """A desk for whoever comes, signed in or not."""
    return Desk(
        parts=parts_of(request),
        session=await signed_in(request),
        language=languages.preferred(accept_language),
        request_id=request.state.request_id,
    )


async def known(desk: Annotated[Desk, Depends(anybody)]) -> Desk:
    """A desk for who is signed in."""
    if desk.session is None:
        raise NotProvenError
    return desk


async def ordering(
    desk: Annotated[Desk, Depends(known)],
    idempotency_key: Key = None,
    if_match: Version = None,
) -> Desk:
    """A desk for who wants something done: under a key, and a version they saw."""
    if idempotency_key is None:
        raise KeyMissingError
    return Desk(
        parts=desk.parts,
        session=desk.session,
        language=desk.language,
        request_id=desk.request_id,
        key=idempotency_key,
        version=version_of(if_match),
    )


def version_of(if_match: str | None) -> int | None:
    """Refused when it names no version of ours: what was seen is then not what is."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit()):
        raise StaleVersionError
    return int(digits)


async def up_to(
    request: Request,
    response: Response,
    x_guichet_position: Annotated[
        str, Header(description="`source/position` that the answer must show")
    ] = "",
) -> None:
    """A list waits a moment until it shows what its reader has done."""
    if place := POSITION.fullmatch(x_guichet_position):
        views = parts_of(request).views
        is_fresh = await views.wait(place[1], int(place[2]), PATIENCE)
        response.headers["X-Guichet-Fresh"] = str(is_fresh).lower()


Anybody = Annotated[Desk, Depends(anybody)]
Known = Annotated[Desk, Depends(known)]
Ordering = Annotated[Desk, Depends(ordering)]
UpTo = Depends(up_to)
