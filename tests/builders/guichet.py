"""All of Guichet in one process: its services, what they tell each other, the portal.

Real are applications, entrypoints, policies, contract messages and the portal's API.
Not real are broker, databases, the scanner of files, the press and the seal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import httpx
from eventsourcing.persistence import Tracking
from pydantic import TypeAdapter

from services.intake import publisher as intake_publisher
from services.intake.application import IntakeApplication
from services.intake.service import IntakeService
from services.notifications.application import NotificationsApplication
from services.notifications.templates import Templates
from services.notifications.wording import Wording
from services.portal.bus import Caller, ServiceFailedError
from services.portal.web import framed
from services.signing import publisher as signing_publisher
from services.signing.application import SigningApplication
from services.signing.gateways.pages import PaperPages
from services.signing.sheets import sheet
from services.workflow import publisher as workflow_publisher
from services.workflow.application import WorkflowApplication
from services.workflow.domain import Case
from services.workflow.service import WorkflowService
from shared import actor, clock, commands, tokens
from shared.actor import SYSTEM, Actor
from shared.commands import Command
from shared.contracts.base import Message
from shared.contracts.documents import FileChecked
from shared.contracts.signing import PaperRequested
from shared.directory import Directory
from shared.eventsourcing import Application
from shared.messaging.rpc import refusal
from shared.messaging.topology import SUBSCRIPTIONS
from tests.builders import an_officer
from tests.builders.portal import (
    PUBLIC,
    URL,
    MemoryBus,
    MemoryLine,
    MemoryViews,
    a_portal,
    a_row,
    the_application,
)
from tests.builders.queue import MemoryQueue
from tests.builders.workflow import MemoryFigures
from tests.fakes import MEMORY, MemoryKeys
from tests.fakes_notifications import LogNotices
from tests.fakes_signing import MemorySeals, MemoryStore, TrustingVerifier

Json = dict[str, Any]

ENTRYPOINTS: dict[str, Any] = {"intake": IntakeService, "workflow": WorkflowService}
TELLING: dict[str, Any] = {
    "intake": intake_publisher.translate,
    "workflow": workflow_publisher.translate,
    "signing": signing_publisher.translate,
}
DIGEST = "0" * 64


class Guichet:
    """One installation; every order is followed by all that follows from it."""

    def __init__(self, definitions: list[Json], directory: Directory) -> None:
        self.directory, self.keys = directory, MemoryKeys()
        self._read = dict.fromkeys(TELLING, 0)
        self._files: dict[str, Json] = {}
        self._positions = count(1)
        self.intake = IntakeApplication(MEMORY, keys=self.keys, directory=directory)
        self.workflow = WorkflowApplication(
            MEMORY,
            keys=self.keys,
            directory=directory,
            queue=MemoryQueue(),
            figures=MemoryFigures(),
        )
        self.signing = SigningApplication(
            MEMORY,
            keys=self.keys,
            store=MemoryStore(),
            verifier=TrustingVerifier(),
            directory=directory,
            pages=PaperPages(URL),
            seals=MemorySeals(),
        )
        self.notifications = NotificationsApplication(
            MEMORY,
            keys=self.keys,
            wording=Wording(Templates.load(), directory, URL),
            notices=LogNotices(),
        )
        administrator = an_officer("administrator")
        self.intake.publish_procedures(definitions, by=administrator)
        self.tell()

    @property
    def services(self) -> dict[str, Application]:
        known = (self.intake, self.workflow, self.signing, self.notifications)
        return {each.name: each for each in known}

    def tell(self) -> None:
        """All that happened, to all whom it concerns, until nothing is new."""
        while news := [message for name in TELLING for message in self._news(name)]:
            for message in news:
                self._hear(message)

    def _news(self, name: str) -> Iterator[Message]:
        app = self.services[name]
        for stored in app.recorder.select_notifications(self._read[name] + 1, 1000):
            event: Any = app.mapper.to_domain_event(stored)
            yield from TELLING[name](event, Tracking(name, stored.id))
            self._read[name] = stored.id

    def _hear(self, message: Message) -> None:
        """As it crosses the bus: written down, sealed, and read again."""
        context = {"keys": self.keys}
        crossed = type(message).model_validate_json(
            message.model_dump_json(context=context), context=context
        )
        actor.bind(SYSTEM)
        commands.bind(None)
        for name, app in self.services.items():
            if message.type in SUBSCRIPTIONS[name]:
                cast(Any, app).handle(crossed)
        if isinstance(crossed, PaperRequested):
            self._issue(crossed)

    def _issue(self, message: PaperRequested) -> None:
        """What stands on the paper is put together; nobody prints it."""
        paper = self.signing.paper_to_issue(message.paper_id)
        now = clock.now()
        sheet(paper, self.directory, public_url=URL, sealed_by="seal", sealed_at=now)
        paper.issue(sha256=DIGEST, size=1, level="B-T", issued_at=now)
        self.signing.save_for(message, paper)

    def call(self, by: Actor, command: Command | None, method: str, said: Json) -> Any:
        """A question or an order, as its service takes it from the bus."""
        name, _, entrypoint = method.partition(".")
        if name == "documents":
            return self._of_documents(entrypoint, said)
        actor.bind(by)
        commands.bind(command)
        commands.bind_version(None)
        service = SimpleNamespace(app=self.services[name])
        answer = getattr(ENTRYPOINTS[name], entrypoint)(service, **said)
        self.tell()
        return answer

    def _of_documents(self, entrypoint: str, said: Json) -> Any:
        match entrypoint:
            case "declare_file":
                self._files[said["file_id"]] = said
            case "file":
                return {"state": "received"}
            case "receive_file":
                self.intake.handle(self._checked(self._files[said["file_id"]]))
                self.tell()
        return next(self._positions)

    def _checked(self, file: Json) -> FileChecked:
        return FileChecked(
            source="documents",
            position=next(self._positions),
            correlation_id="request-1",
            occurred_at=clock.now(),
            dossier_id=file["dossier_id"],
            file_id=file["file_id"],
            document=file["document"],
            verdict="accepted",
            reason=None,
            media_type=file["media_type"],
            size=file["size"],
            sha256=DIGEST,
        )

    def status(self, dossier_id: UUID) -> int:
        """As the portal shows it: the agencies', once they have it, until the end."""
        dossier: Any = self.intake.repository.get(dossier_id)
        case_id = Case.create_id(dossier_id)
        if dossier.status != 2 or case_id not in self.workflow.repository:
            return dossier.status or 0
        case: Any = self.workflow.repository.get(case_id)
        return int(case.status)

    def ring(self, dossier_id: UUID) -> datetime | None:
        """What is due by now happens; when something will be due again."""
        actor.bind(SYSTEM)
        commands.bind(None)
        self.intake.ring(dossier_id)
        case_id, next = Case.create_id(dossier_id), None
        if case_id in self.workflow.repository:
            next = self.workflow.ring(case_id)
        self.tell()
        return next


class OfficeBus(MemoryBus):
    """The portal's way to the services; what is refused is refused as on the bus."""

    def __init__(self, guichet: Guichet) -> None:
        super().__init__()
        self.guichet = guichet
        self.failures: list[Exception] = []

    async def ask(self, caller: Caller, method: str, /, **arguments: Any) -> Any:
        return self._call(caller, None, method, arguments)

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
        return self._call(caller, Command(key, method.encode()), method, arguments)

    def _call(
        self, caller: Caller, command: Command | None, method: str, arguments: Json
    ) -> Any:
        by = tokens.verify(caller.token, PUBLIC)
        said = json.loads(json.dumps(arguments, default=str))
        try:
            answer = self.guichet.call(by or SYSTEM, command, method, said)
        except Exception as error:
            if (refused := refusal(error)) is None:
                self.failures.append(error)
                raise ServiceFailedError(method) from error
            raise refused from error
        return json.loads(TypeAdapter(Any).dump_json(answer))


class Screens(MemoryViews):
    """Shows of a dossier what its services say now."""

    def __init__(self, guichet: Guichet) -> None:
        super().__init__()
        self.guichet = guichet

    async def dossier(self, dossier_id: UUID, parties: Any) -> Json | None:
        return a_row(id=dossier_id, status=self.guichet.status(dossier_id))


class Entrance:
    """The portal before all this, for whoever comes."""

    def __init__(self, guichet: Guichet) -> None:
        self.guichet, self.bus = guichet, OfficeBus(guichet)
        portal = a_portal()
        self.parts = replace(
            portal.parts,
            line=MemoryLine(self.bus),
            views=Screens(guichet),
            clock=clock.now,
        )
        app = the_application()
        app.state.parts = self.parts
        self._transport = httpx.ASGITransport(framed(app, self.parts.settings))

    async def browser(self, by: Actor) -> httpx.AsyncClient:
        """Of somebody who has signed in."""
        token, _ = await self.parts.sessions.begin(by)
        return httpx.AsyncClient(
            transport=self._transport,
            base_url=URL,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "vi"},
        )

    async def step_up(self, browser: httpx.AsyncClient) -> None:
        """They have shown once more who they are."""
        _, _, token = browser.headers["Authorization"].partition(" ")
        if session := await self.parts.sessions.find(token):
            await self.parts.sessions.step_up(session)
