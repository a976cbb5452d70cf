"""Who may open a stream: with the tracking code, or signed in and entitled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import httpx
import pytest

from services.portal.read_models import Parties
from services.portal.streams import events
from services.portal.streams.application import Streams, beside
from services.portal.streams.hub import Hub
from services.portal.streams.revisions import Revision, Revisions
from services.portal.streams.watching import Watching
from shared.actor import Actor
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, APortal, a_citizen, a_portal

CODE = "BHWSGQMZSVVN"
OWNER = "citizen:1"


@dataclass
class OneDossier:
    """In revision 7, of one person."""

    asked: list[Parties] = field(default_factory=list)

    async def tracked(self, code: str) -> Revision | None:
        return (DOSSIER, 7) if code == CODE else None

    async def of(self, dossier_id: UUID, parties: Parties) -> Revision | None:
        self.asked.append(parties)
        is_theirs = OWNER in parties.names or parties.everything
        return (DOSSIER, 7) if dossier_id == DOSSIER and is_theirs else None


async def no_pages(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("not a stream")


def streams_of(portal: APortal, limit: int = 10) -> Streams:
    revisions = cast(Revisions, OneDossier())
    return Streams(Hub(limit, lambda: 0.0), Watching(portal.parts, revisions))


def asked(
    streams: Streams,
    path: str,
    portal: APortal,
    actor: Actor | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """An answer that ends; a stream that opens is for the real server's tests."""
    app = beside(no_pages, streams)
    transport = httpx.ASGITransport(app)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
            if actor:
                token, _ = await portal.parts.sessions.begin(actor)
                http.cookies.set("guichet_session", token)
            return await http.get(path, headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("query", "actor", "status"),
    [
        (f"code={CODE}", None, 200),
        ("code=ZZZZZZZZZZZZ", None, 404),
        (f"dossier={DOSSIER}", None, 401),
        (f"dossier={DOSSIER}", a_citizen(OWNER), 200),
        (f"dossier={DOSSIER}", a_citizen("citizen:2"), 404),
        (f"dossier={UUID(int=99)}", a_citizen(OWNER), 404),
        ("dossier=nonsense", a_citizen(OWNER), 404),
        ("", a_citizen(OWNER), 404),
        ("", None, 401),
        (f"dossier={DOSSIER}", an_officer("auditor"), 200),
    ],
)
def test_only_whom_it_concerns_may_watch(
    query: str, actor: Actor | None, status: int
) -> None:
    portal = a_portal()
    streams = streams_of(portal)

    answer = asked(streams, f"/events/version?{query}", portal, actor)

    assert answer.status_code == status


def test_who_asks_again_is_answered_nothing_while_nothing_changed() -> None:
    portal = a_portal()
    streams, path = streams_of(portal), f"/events/version?code={CODE}"

    first = asked(streams, path, portal)
    known = {"If-None-Match": first.headers["etag"]}
    again = asked(streams, path, portal, headers=known)

    assert first.json() == {"revision": 7}
    assert (again.status_code, again.content) == (304, b"")


def test_when_all_places_are_taken_one_may_still_ask_now_and_then() -> None:
    portal = a_portal()
    streams = streams_of(portal, limit=0)

    wish = {"Accept-Language": "fr"}
    stream = asked(streams, f"/events?code={CODE}", portal, headers=wish)
    version = asked(streams, f"/events/version?code={CODE}", portal)

    assert stream.status_code == 503
    assert stream.json()["code"] == "streams-full"
    assert stream.headers["retry-after"]
    assert version.status_code == 200


def test_a_stream_says_that_it_is_open_and_goes_with_its_reader() -> None:
    portal = a_portal()
    streams, told = streams_of(portal), list[Any]()
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/events",
        "query_string": f"code={CODE}&seen=6".encode(),
        "headers": [],
    }

    async def story() -> int:
        gone = asyncio.Event()

        async def receive() -> Any:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            told.append(message)

        stream = asyncio.create_task(streams(scope, receive, send))
        while len(told) < 3:
            await asyncio.sleep(0)
        open = len(streams.hub)
        gone.set()
        await stream
        return open

    assert asyncio.run(story()) == 1
    assert len(streams.hub) == 0
    assert told[1]["body"].endswith(b"event: listening\ndata: 7\n\n")
    assert told[2]["body"] == events.changed(7)


def test_a_page_that_shows_the_newest_is_told_nothing() -> None:
    hub, told = Hub(1, lambda: 0.0), list[Any]()

    async def story() -> None:
        async def send(message: Any) -> None:
            told.append(message)

        hub.join(DOSSIER, 7, send, seen=7)
        await asyncio.sleep(0)

    asyncio.run(story())

    assert told == []
