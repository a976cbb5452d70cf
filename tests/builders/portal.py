"""The portal in one process: everything behind it ends with the test."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from services.portal.application import NewAccount, PortalApplication
from services.portal.attempts import Attempts
from services.portal.bus import Bus, Caller, Line
from services.portal.config import PortalSettings
from services.portal.parts import Parts
from services.portal.pools import Pool
from services.portal.read_models import Parties, Row, Wanted
from services.portal.sessions import Box
from services.portal.web import application, framed
from shared.actor import SYSTEM, Actor
from shared.directory import Directory
from tests.builders import a_key_pair
from tests.builders.feedback import MemoryFeedback
from tests.builders.filing import MemoryDrafts, the_guidance
from tests.builders.listings import Listed
from tests.builders.sessions import MemorySessions
from tests.builders.typed import MemoryTyped
from tests.fakes import MEMORY, MemoryKeys
from tests.fakes_codes import (
    MemoryCodes,
    MemoryKeptForms,
    MemoryPress,
    MemoryUsedSteps,
)

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
DOSSIER = UUID(int=8)
PRIVATE, PUBLIC = a_key_pair()
PASSWORD = "correct horse battery"
URL = "http://portal.test"
A_PROVIDER = {
    "id": "vneid",
    "profile": "vneid",
    "issuer": "https://issuer.test",
    "client_id": "guichet",
    "client_secret": "hush",
}


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass
class Order:
    """What a service was ordered, by whom and under which key."""

    caller: Caller
    key: UUID
    method: str
    arguments: dict[str, Any]
    if_version: int | None


@dataclass
class MemoryBus:
    """Services that answer what they were told to; orders are remembered."""

    answers: dict[str, Any] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    questions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    askers: list[Caller] = field(default_factory=list)

    async def ask(self, caller: Caller, method: str, /, **arguments: Any) -> Any:
        self.questions.append((method, arguments))
        self.askers.append(caller)
        return self._answer(method)

    async def order(
        self,
        caller: Caller,
        key: UUID,
        method: str,
        /,
        *,
        if_version: int | None = None,
        **arguments: Any,
    ) -> Any:
        self.orders.append(Order(caller, key, method, arguments, if_version))
        return self._answer(method, 7)

    def _answer(self, method: str, otherwise: Any = None) -> Any:
        answer = self.answers.get(method, otherwise)
        if callable(answer):
            answer = answer()
        if isinstance(answer, Exception):
            raise answer
        return answer


class MemoryLine(Line):
    def __init__(self, bus: MemoryBus) -> None:
        super().__init__("amqp://nowhere")
        self._bus = cast(Bus, bus)

    @property
    def is_up(self) -> bool:
        return True


class MemoryViews(MemoryFeedback, Listed):
    """Rows as a test puts them there; who may see them is what is asked with."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.lines: list[Row] = []
        self.reached: dict[UUID, Row] = {}
        self.definitions: dict[str, Row] = {}
        self.asked: list[Any] = []
        self.complained, self.rated = [], []
        self.calendar: list[Row] = []
        self.is_behind = False
        self.took: Row | None = None

    async def reach(self) -> None:
        pass

    async def wait(self, source: str, position: int, seconds: float) -> bool:
        return not self.is_behind

    async def procedures(self, today: date, query: str = "") -> list[Row]:
        return list(self.definitions.values())

    async def versions(self, slug: str | None = None) -> list[Row]:
        rows = list(self.definitions.values())
        return [row for row in rows if slug in (None, row["slug"])]

    async def procedure(
        self, slug: str, today: date, version: int | None = None
    ) -> Row | None:
        return self.definitions.get(slug)

    async def durations(self, slug: str, since: datetime) -> Row | None:
        return self.took

    async def dossiers(
        self, parties: Parties, wanted: Wanted
    ) -> tuple[list[Row], str | None]:
        self.asked.append(parties)
        return self.rows, None

    async def with_news(
        self, parties: Parties, after: str | None, limit: int = 50
    ) -> tuple[list[Row], str | None]:
        self.asked.append(parties)
        return [row for row in self.rows if row.get("has_news_for_staff")], None

    async def dossier(self, dossier_id: UUID, parties: Parties) -> Row | None:
        return next((row for row in self.rows if row["id"] == dossier_id), None)

    async def helped(self, dossier_id: UUID, helper: str) -> str | None:
        rows = (row for row in self.rows if row["id"] == dossier_id)
        known = [row for row in rows if helper in row.get("helpers", ())]
        return known[0]["applicant"] if known else None

    async def tracked(self, code: str) -> Row | None:
        return next((row for row in self.rows if row["tracking_code"] == code), None)

    async def timeline(self, dossier_id: UUID) -> list[Row]:
        return self.lines

    async def milestones(self, dossier_ids: list[UUID]) -> dict[UUID, Row]:
        return {id: row for id, row in self.reached.items() if id in dossier_ids}

    async def papers(self, dossier_id: UUID) -> list[Row]:
        return []

    async def calendar_notices(self, now: datetime) -> list[Row]:
        return self.calendar

    async def notices(self, dossier_id: UUID) -> list[Row]:
        return []


def some_settings(public_url: str = URL) -> PortalSettings:
    secret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U="
    return PortalSettings.model_validate(
        {
            "amqp_uri": "amqp://nowhere",
            "actor_public_key": PUBLIC,
            "actor_private_key": PRIVATE,
            "postgres_password": "unused",
            "master_key": secret,
            "pseudonym_key": secret,
            "session_secret": secret,
            "admin_password": PASSWORD,
            "oidc_providers": [A_PROVIDER],
            "public_url": public_url,
            "uploads_dir": Path(gettempdir()) / "guichet-tests",
        }
    )


def some_accounts() -> PortalApplication:
    return PortalApplication(MEMORY, keys=MemoryKeys(), directory=the_directory())


def an_account(
    accounts: PortalApplication, username: str = "lan", *roles: str
) -> NewAccount:
    """An officer of the commune who signs in with PASSWORD."""
    new = NewAccount(
        username, "Lê Thị Lan", "ubnd_xa", list(roles or ("reviewer",)), PASSWORD
    )
    accounts.open_account(new, by=SYSTEM)
    return new


class Browser:
    """Asks the portal without a network; keeps cookies, follows nothing."""

    def __init__(self, app: Any, base_url: str) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url=base_url)
        self.headers, self.cookies = self._http.headers, self._http.cookies

    def request(self, method: str, path: str, **content: Any) -> httpx.Response:
        return asyncio.run(self._http.request(method, path, **content))

    def get(self, path: str, **content: Any) -> httpx.Response:
        return self.request("GET", path, **content)

    def post(self, path: str, **content: Any) -> httpx.Response:
        return self.request("POST", path, **content)

    def put(self, path: str, **content: Any) -> httpx.Response:
        return self.request("PUT", path, **content)

    def delete(self, path: str, **content: Any) -> httpx.Response:
        return self.request("DELETE", path, **content)


@cache
def the_directory() -> Directory:
    return Directory.load()


@cache
def the_application() -> FastAPI:
    """Its addresses are the same for every test; what stands behind them is not."""
    return application(a_portal().parts)


@dataclass
class APortal:
    """The whole portal, and a hand on what stands behind it."""

    parts: Parts
    bus: MemoryBus
    views: MemoryViews
    clock: Clock

    def browser(self) -> Browser:
        app = the_application()
        app.state.parts = self.parts
        return Browser(framed(app, self.parts.settings), self.parts.settings.public_url)

    def token(self, actor: Actor) -> str:
        token, _ = asyncio.run(self.parts.sessions.begin(actor))
        return token

    def program(self, actor: Actor) -> Browser:
        """Signed in, as programs do it."""
        browser = self.browser()
        browser.headers["Authorization"] = f"Bearer {self.token(actor)}"
        return browser

    def person(self, actor: Actor) -> Browser:
        """Signed in, as browsers do it."""
        browser = self.browser()
        browser.cookies.set("guichet_session", self.token(actor))
        return browser


def a_portal(
    answers: dict[str, Any] | None = None, *, public_url: str = URL
) -> APortal:
    bus, views, clock = MemoryBus(answers or {}), MemoryViews(), Clock()
    settings = some_settings(public_url)
    parts = Parts(
        settings=settings,
        accounts=some_accounts(),
        line=MemoryLine(bus),
        pool=cast("Pool", None),
        views=views,
        sessions=MemorySessions(clock),
        box=Box(settings.session_secret),
        providers={},
        attempts=Attempts(clock),
        codes=MemoryCodes(),
        kept_forms=MemoryKeptForms(),
        used_steps=MemoryUsedSteps(),
        typed=MemoryTyped(),
        http=cast(httpx.AsyncClient, None),
        clock=clock,
        drafts=MemoryDrafts(clock),
        guidance=the_guidance(),
        press=MemoryPress(),
    )
    return APortal(parts, bus, views, clock)


def a_key() -> dict[str, str]:
    """The header without which nothing is ordered."""
    return {"Idempotency-Key": str(uuid4())}


def a_row(**named: Any) -> Row:
    """A dossier that was accepted."""
    name = {"vi": "Cấp bản sao", "en": "Certified copy", "fr": "Copie conforme"}
    row = {
        "id": DOSSIER,
        "code": "H15.217-261120-0001",
        "tracking_code": "BHWSGQMZSVVN",
        "procedure": "certified-copy",
        "version": 1,
        "procedure_name": name,
        "channel": "online",
        "applicant": "citizen:1",
        "unit": "ubnd_xa",
        "status": 2,
        "opened_at": NOON,
        "received_at": NOON,
        "due_at": NOON + timedelta(days=1),
        "promised_at": NOON + timedelta(days=1),
        "due_reason": None,
        "expected_at": None,
        "is_stopped": False,
        "changed_at": NOON,
        "outcome_title": None,
        "revision": 1,
    }
    return row | named


def a_citizen(subject: str = "citizen:1") -> Actor:
    return Actor(subject, level=2)
