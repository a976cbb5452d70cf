"""Who asks to watch which dossier, and may they: by tracking code or by session."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.types import Scope

from services.portal.desk import Desk
from services.portal.errors import DossierUnknownError
from services.portal.languages import DEFAULT
from services.portal.origin import cookie_name
from services.portal.parts import Parts
from services.portal.streams.revisions import Revision, Revisions
from shared.actor import NotProvenError

COOKIE = "guichet_session"
DIGITS = 18


class Watching:
    def __init__(self, parts: Parts, revisions: Revisions) -> None:
        self._parts = parts
        self._revisions = revisions

    async def dossier(self, scope: Scope) -> Revision:
        """The dossier that is asked for, as it is shown now."""
        request = Request(scope)
        if code := request.query_params.get("code"):
            found = await self._revisions.tracked(code)
        else:
            found = await self._own(request)
        if found is None:
            raise DossierUnknownError
        return found

    async def _own(self, request: Request) -> Revision | None:
        """An open page is no person: it does not keep a session from ending."""
        token = request.cookies.get(cookie_name(self._parts, COOKIE), "")
        session = await self._parts.sessions.glance(token) if token else None
        if session is None:
            raise NotProvenError
        dossier_id = identifier(request.query_params.get("dossier", ""))
        if dossier_id is None:
            return None
        desk = Desk(self._parts, session, DEFAULT, "")
        return await self._revisions.of(dossier_id, desk.parties)


def identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def seen(scope: Scope, otherwise: int) -> int:
    """The revision of the page that asks; who does not say has seen the newest."""
    request = Request(scope)
    last = request.headers.get("last-event-id") or request.query_params.get("seen", "")
    is_one = last.isascii() and last.isdigit() and len(last) < DIGITS
    return int(last) if is_one else otherwise
