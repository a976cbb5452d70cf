"""Looking into a file without its bytes: pages drawn here, for who may fetch it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from services.portal.desk import Desk
from services.portal.problems import Problem
from shared.errors import DomainError, Refused

ZOOMS = {1: 1000, 2: 1500, 3: 2200}  # how near one looks: pixels of a page's width
TURNS = (0, 90, 180, 270)
OURS = ("page", "zoom", "turn")  # what the address of a viewer says of it


@dataclass(frozen=True)
class Found:
    """A file that somebody may fetch, and where it lies for a while."""

    path: Path
    name: str
    media_type: str
    sha256: str

    @property
    def source(self) -> dict[str, Any]:
        return {"source": self.path, "media_type": self.media_type}


@dataclass(frozen=True)
class Look:
    """One page of a file as somebody wants to see it, or why they cannot."""

    file_id: UUID
    name: str = ""
    page: int = 1
    pages: int = 0
    zoom: int = 1
    turn: int = 0
    problem: Problem | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def picture(self) -> str:
        """How the address of its picture ends."""
        return f"{self.page}?{urlencode({'zoom': self.zoom, 'turn': self.turn})}"

    @property
    def turned(self) -> int:
        return (self.turn + 90) % 360

    def link(self, **change: int) -> str:
        """The same page of ours, with the file seen otherwise."""
        mine = {"page": self.page, "zoom": self.zoom, "turn": self.turn} | change
        return "?" + urlencode({**self.query, **mine})


async def look(desk: Desk, file_id: UUID, asked: Mapping[str, str]) -> Look:
    """What a page with a viewer shows of a file; `asked` is the query of that page."""
    query = {name: value for name, value in asked.items() if name not in OURS}
    try:
        found = await take(desk, file_id)
        pages = (await desk.parts.studio.do("count", **found.source))["pages"]
    except (Refused, DomainError) as refused:
        problem = Problem.refused(refused, desk.language)
        return Look(file_id, problem=problem, query=query)
    page = max(1, min(number(asked, "page", 1), pages))
    zoom, turn = wished(asked).values()
    return Look(file_id, found.name, page, pages, zoom, turn, query=query)


async def picture(desk: Desk, found: Found, page: int, wish: dict[str, int]) -> bytes:
    """A page as WebP."""
    with NamedTemporaryFile(dir=found.path.parent) as target:
        await desk.parts.studio.do(
            "draw",
            **found.source,
            target=target.name,
            page=page,
            width=ZOOMS[wish["zoom"]],
            turn=wish["turn"],
        )
        return await asyncio.to_thread(Path(target.name).read_bytes)


async def take(desk: Desk, file_id: UUID) -> Found:
    """Whether they may have it is asked each time; that they have it is told first."""
    known = await known_of(desk, file_id)
    if known is None:
        grant = await desk.ask("documents.download_grant", file_id=file_id)
        fetched = await desk.parts.shelf.fetch(
            grant["url"], grant["sha256"], desk.parts.now()
        )
        known = Found(fetched, grant["name"], grant["media_type"], grant["sha256"])
    await note(desk, file_id)
    return known


async def known_of(desk: Desk, file_id: UUID) -> Found | None:
    """A file that lies on the shelf; a paper of ours is not asked for here."""
    try:
        file = await desk.ask("documents.file", file_id=file_id)
    except Refused as refused:
        if refused.code != "file-not-found":
            raise
        return None
    if file["state"] != "accepted":
        return None
    path = desk.parts.shelf.find(file["sha256"])
    if path is None:
        return None
    return Found(path, file["name"] or "", file["media_type"], file["sha256"])


async def note(desk: Desk, file_id: UUID) -> None:
    """That somebody looks into it is told to the audit log."""
    shelf, who, now = desk.parts.shelf, desk.actor.subject, desk.parts.now()
    if not shelf.is_known(who, file_id, now):
        keyed = replace(desk, key=uuid4())
        await keyed.order("documents.note_look", file_id=file_id)
        shelf.remember(who, file_id, now)


def wished(asked: Mapping[str, str]) -> dict[str, int]:
    zoom, turn = number(asked, "zoom", 1), number(asked, "turn", 0)
    return {
        "zoom": zoom if zoom in ZOOMS else 1,
        "turn": turn if turn in TURNS else 0,
    }


def number(asked: Mapping[str, str], name: str, otherwise: int) -> int:
    value = asked.get(name, "")
    is_one = value.isascii() and value.isdigit() and len(value) < 6
    return int(value) if is_one else otherwise
