"""What every request may use; made once for the process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

import httpx
from fastapi import Request

from services.portal import bootstrap, pools
from services.portal.albums import Albums
from services.portal.application import PortalApplication
from services.portal.attempts import Attempts
from services.portal.bus import Line
from services.portal.code_store import CodeStore, PostgresCodes
from services.portal.config import PortalSettings
from services.portal.drafts import Drafts
from services.portal.guidance import Guidance
from services.portal.identity import Provider
from services.portal.intray import Intray
from services.portal.kept_forms import KeptForms, PostgresKeptForms
from services.portal.pictures.studio import Studio
from services.portal.printing import Press
from services.portal.read_models import ReadModels
from services.portal.roster import Roster
from services.portal.sessions import Box, Sessions
from services.portal.shelf import Shelf
from services.portal.typed import Typed
from services.portal.used_steps import PostgresUsedSteps, UsedSteps
from services.portal.writers import Writers
from shared.clock import LOCAL, Clock, now
from shared.directory import Directory

CALLBACK = "/sign-in/callback"  # of a provider: then its id
SIGNED_OUT = "/sign-out/callback"
TIMEOUT = httpx.Timeout(10.0, read=60.0, write=60.0)


@dataclass(frozen=True)
class Parts:
    settings: PortalSettings
    accounts: PortalApplication
    line: Line
    pool: pools.Pool
    views: ReadModels
    sessions: Sessions
    box: Box
    providers: dict[str, Provider]
    attempts: Attempts
    codes: CodeStore
    kept_forms: KeptForms
    used_steps: UsedSteps
    typed: Typed
    http: httpx.AsyncClient
    clock: Clock
    drafts: Drafts
    guidance: Guidance
    press: Press = field(default_factory=Press)

    @property
    def directory(self) -> Directory:
        return self.accounts.directory

    @cached_property
    def roster(self) -> Roster:
        return Roster(self.accounts)

    @cached_property
    def studio(self) -> Studio:
        return Studio()

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self.settings.uploads_dir / "looked-at", self.http)

    @cached_property
    def writers(self) -> Writers:
        return Writers()

    @cached_property
    def albums(self) -> Albums:
        return Albums(self.settings.uploads_dir / "photos", self.box)

    @cached_property
    def intray(self) -> Intray:
        return Intray(self.settings.uploads_dir / "arriving", self.box)

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        """The day it is here."""
        return self.now().astimezone(LOCAL).date()


def assembled(settings: PortalSettings, clock: Clock = now) -> Parts:
    """All of it, nothing opened yet."""
    pool = pools.pool(settings)
    http = httpx.AsyncClient(timeout=TIMEOUT)
    box = Box(settings.session_secret)
    return Parts(
        settings=settings,
        accounts=bootstrap.application(settings),
        line=Line(settings.amqp_uri.get_secret_value()),
        pool=pool,
        views=ReadModels(pool),
        sessions=Sessions(pool, box, clock),
        box=box,
        providers=providers(settings, http, clock),
        attempts=Attempts(clock),
        codes=PostgresCodes(pool, clock, a_minute=settings.codes_per_minute),
        kept_forms=PostgresKeptForms(pool, box, clock),
        used_steps=PostgresUsedSteps(pool),
        typed=Typed(pool, box, clock),
        http=http,
        clock=clock,
        drafts=Drafts(pool, box, clock),
        guidance=Guidance.load(settings.catalogue_dir),
    )


def providers(
    settings: PortalSettings, http: httpx.AsyncClient, clock: Clock
) -> dict[str, Provider]:
    """Each with an address of its own to come back to: no answer is mixed up."""
    callback = f"{settings.public_url}{CALLBACK}"
    return {
        each.id: Provider(each, http, clock, redirect_uri=f"{callback}/{each.id}")
        for each in settings.oidc_providers
    }


@asynccontextmanager
async def opened(parts: Parts) -> AsyncIterator[None]:
    """Broker and database may still be away: what needs them says so."""
    await parts.pool.open(wait=False)
    parts.line.open()
    try:
        yield
    finally:
        parts.press.close()
        parts.studio.close()
        await parts.line.close()
        await parts.http.aclose()
        await parts.pool.close()
        parts.accounts.close()


def parts_of(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts
