"""The address `/events`, as bare ASGI: a stream, or one number for who asks again."""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.portal import languages
from services.portal.errors import DossierUnknownError
from services.portal.problems import Problem
from services.portal.streams import events
from services.portal.streams.errors import StreamsFullError
from services.portal.streams.hub import Hub
from services.portal.streams.revisions import Revision
from services.portal.streams.watching import Watching, seen
from shared.actor import NotProvenError

PATH = "/events"
VERSION = "/events/version"
REFUSED = (DossierUnknownError, StreamsFullError, NotProvenError)
AWAY = (psycopg.OperationalError, PoolTimeout)
MEDIA = "application/problem+json"


class Streams:
    """Rights are checked when a stream opens; it lives ten minutes at most."""

    def __init__(self, hub: Hub, watching: Watching) -> None:
        self.hub = hub
        self._watching = watching

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._found(scope)
        if isinstance(found, Response):
            await found(scope, receive, send)
        elif scope["path"] == VERSION:
            await version(scope, found)(scope, receive, send)
        else:
            last = seen(scope, found[1])
            scope["headers"].clear()  # nobody reads them again; they are kilobytes
            await self._stream(found, last, receive, send)

    async def _found(self, scope: Scope) -> Revision | Response:
        """The dossier to watch, or why not."""
        try:
            if scope["path"] == PATH and not self.hub.has_room:
                raise StreamsFullError
            return await self._watching.dossier(scope)
        except REFUSED as error:
            return refusal(scope, Problem.refused(error, language_of(scope)))
        except AWAY:
            return refusal(scope, Problem.of("service-unavailable", language_of(scope)))

    async def _stream(
        self, found: Revision, last: int, receive: Receive, send: Send
    ) -> None:
        """One task for each stream: it waits for the reader to go away."""
        dossier_id, revision = found
        await send(events.start())
        await send(events.body(events.opened(revision), more=True))
        viewer = self.hub.join(dossier_id, revision, send, seen=last)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.hub.leave(viewer)


def version(scope: Scope, found: Revision) -> Response:
    """For who cannot hold a stream: nothing at all while nothing changed."""
    tag = f'"{found[1]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if (b"if-none-match", tag.encode()) in scope["headers"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse({"revision": found[1]}, headers=headers)


def refusal(scope: Scope, problem: Problem) -> Response:
    number = scope.get("state", {}).get("request_id", "")
    again = {"Retry-After": "30"} if problem.status == 503 else {}
    return JSONResponse(
        problem.body(number), problem.status, headers=again, media_type=MEDIA
    )


def language_of(scope: Scope) -> str:
    wishes = dict(scope["headers"]).get(b"accept-language", b"")
    return languages.preferred(wishes.decode("latin-1"))


def beside(pages: ASGIApp, streams: Streams) -> ASGIApp:
    """Streams do not pass through what is made for requests that end."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        is_stream = scope["type"] == "http" and scope["path"] in (PATH, VERSION)
        await (streams if is_stream else pages)(scope, receive, send)

    return choose
