"""Everybody and everything a demonstration needs: connection, people, procedures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from infra.embedded.rehearsal import RehearsalClock
from infra.embedded.running import Places
from shared.clock import LOCAL
from shared.directory import BrokenFileError, Directory, read
from tools.demo.citizens import Citizens
from tools.demo.client import PATIENCE, Journal, Person, until
from tools.demo.staff import Staff, sign_in

ANSWERS = Path(__file__).parent / "answers"
LIMITS = httpx.Limits(max_connections=200, max_keepalive_connections=100)
TIMEOUT = httpx.Timeout(30)


@dataclass
class World:
    """One installation, as its users meet it."""

    places: Places
    administrator: Person
    staff: Staff
    citizens: Citizens
    directory: Directory
    definitions: dict[str, dict[str, Any]] = field(default_factory=dict)
    papers: Path = Path()

    @property
    def common(self) -> dict[str, Any]:
        return self.directory.common

    @property
    def clock(self) -> RehearsalClock:
        """What time it is in this installation; a rehearsal sets it forward."""
        return RehearsalClock(self.places.home)

    @property
    def today(self) -> date:
        return self.clock.now.astimezone(LOCAL).date()

    async def learn_procedures(self, folder: Path | None = None) -> None:
        """Publish those of a folder that are new; then ask the portal about each."""
        wanted = {x["slug"]: x for x in procedures_in(folder or self.places.catalogue)}
        known = await self._listed()
        if new := [x for slug, x in wanted.items() if slug not in known]:
            await self.publish(new)
        await until(
            self._listed,
            lambda listed: listed >= wanted.keys(),
            what="the portal offers the procedures",
        )
        told = await asyncio.gather(*map(self._learn, wanted))
        self.definitions = dict(zip(wanted, told, strict=True))

    async def _listed(self) -> set[str]:
        answer = await self.administrator.ask("/procedures")
        return {each["slug"] for each in answer["items"]}

    async def publish(self, definitions: list[dict[str, Any]]) -> None:
        await self.administrator.order(
            "PUT", "/catalogue", {"definitions": definitions}
        )

    async def _learn(self, slug: str) -> dict[str, Any]:
        told = await self.administrator.ask(f"/procedures/{slug}")
        found: dict[str, Any] = told.get("definition", told)
        return found


@asynccontextmanager
async def world(
    places: Places,
    *,
    journal: Journal = lambda _: None,
    patience: float = PATIENCE,
    catalogue: Path | None = None,
) -> AsyncIterator[World]:
    """Open for as long as somebody works in it."""
    wire = httpx.AsyncHTTPTransport(limits=LIMITS)

    def new_person(name: str) -> Person:
        browser = httpx.AsyncClient(
            transport=wire,
            base_url=places.public_url,
            timeout=TIMEOUT,
            headers={"Accept-Language": "vi", "Origin": places.public_url},
        )
        return Person(name, browser, journal=journal, patience=patience)

    administrator = new_person("administrator")
    await sign_in(administrator, places.admin_name, places.admin_password)
    papers = places.home / "demo" / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    try:
        yield World(
            places=places,
            administrator=administrator,
            staff=Staff(administrator, new_person),
            citizens=Citizens(new_person),
            directory=Directory.load(catalogue or places.catalogue),
            papers=papers,
        )
    finally:
        await wire.aclose()


def hand_picked(slug: str) -> dict[str, Any]:
    """Answers chosen for their content, where somebody has chosen any."""
    file = ANSWERS / f"{slug}.json"
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def procedures_in(folder: Path) -> list[dict[str, Any]]:
    """All procedure files of a folder, as they are: the catalogue judges the rest."""
    return [*_procedures_in(folder)]


def _procedures_in(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.json")):
        content = read(file)
        if content.get("kind") != "procedure":
            continue
        if content.get("slug") != file.stem:
            raise BrokenFileError(file, "$.slug", "is not the name of the file")
        yield content
