"""One request at the counter: who asks, in which language, under which key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from services.portal.bus import Caller, ServiceFailedError, ServiceUnavailableError
from services.portal.parts import Parts
from services.portal.read_models import Parties
from services.portal.sessions import Session
from shared import tokens, tracing
from shared.actor import SYSTEM, Actor, NotProvenError
from shared.commands import KeyMissingError
from shared.errors import Refused

SHOWN = ("intake", "workflow")  # every event of theirs reaches the read models
PATIENCE = 1.0  # seconds an answer waits for its own traces
PAUSES = (0.01, 0.05, 0.2)  # seconds before an order that met another is given again
UNANSWERED = (Refused, ServiceFailedError, ServiceUnavailableError)


@dataclass(frozen=True)
class Place:
    """Where in whose log something became true, and whether the screens show it."""

    source: str
    position: int
    is_fresh: bool

    def body(self) -> dict[str, Any]:
        return {"position": {"source": self.source, "position": self.position}}

    def headers(self) -> dict[str, str]:
        return {
            "X-Guichet-Position": f"{self.source}/{self.position}",
            "X-Guichet-Fresh": str(self.is_fresh).lower(),
        }


@dataclass(frozen=True)
class Desk:
    parts: Parts
    session: Session | None
    language: str
    request_id: str
    key: UUID | None = None
    version: int | None = None

    @property
    def actor(self) -> Actor:
        if self.session is None:
            raise NotProvenError
        return self.session.actor

    @property
    def is_staff(self) -> bool:
        return self.session is not None and self.actor.kind == "staff"

    @property
    def parties(self) -> Parties:
        """For whom lists are made. A reception serves whoever comes."""
        actor = self.actor
        serves_all = self.is_staff and (
            actor.has("auditor") or self.parts.directory.is_reception(actor.agency)
        )
        own = (actor.agency,) if self.is_staff else (actor.party,)
        return Parties(tuple(filter(None, own)), everything=serves_all)

    async def ask(self, method: str, /, **arguments: Any) -> Any:
        return await self.parts.line.bus.ask(self._caller(), method, **arguments)

    async def ask_as_portal(self, method: str, /, **arguments: Any) -> Any:
        """What no person asks: the portal hands on what it was told from outside."""
        caller = self._caller(SYSTEM)
        return await self.parts.line.bus.ask(caller, method, **arguments)

    async def order_as_portal(self, method: str, key: UUID, /, **arguments: Any) -> int:
        """What the portal itself has done, such as sending a code."""
        caller = self._caller(SYSTEM)
        position: int = await self.parts.line.bus.order(
            caller, key, method, **arguments
        )
        return position

    async def try_to_ask(self, method: str, /, **arguments: Any) -> Any:
        """The answer; nothing when its service is away or does not want to say."""
        try:
            return await self.ask(method, **arguments)
        except UNANSWERED:
            return None

    async def order(self, method: str, /, *, part: str = "", **arguments: Any) -> Place:
        """Have it done, and wait a moment until the screens show it.

        A `part` tells apart the several commands that one request needs.
        """
        position = await self.order_at_once(method, part=part, **arguments)
        return await self.place(method.partition(".")[0], position)

    async def acting(self, dossier_id: Any) -> Actor:
        """Who acts; of whom helps with this dossier, also on whose behalf.

        It is only said here: that it is so, its service checks.
        """
        if self.is_staff or not isinstance(dossier_id, UUID):
            return self.actor
        owner = await self.parts.views.helped(dossier_id, self.actor.party)
        return replace(self.actor, on_behalf_of=owner) if owner else self.actor

    async def order_at_once(
        self, method: str, /, *, part: str = "", **arguments: Any
    ) -> int:
        """Have it done, as one of several: no screen has to show it yet."""
        by = await self.acting(arguments.get("dossier_id"))
        return await self._until_settled(
            lambda: self.parts.line.bus.order(
                self._caller(by),
                self.key_of(part),
                method,
                if_version=None if part else self.version,
                **arguments,
            )
        )

    async def order_each(self, method: str, /, **arguments: Any) -> Any:
        """Have many things done; the answer says of each what became of it."""
        return await self.parts.line.bus.order(
            self._caller(), self.key_of(), method, **arguments
        )

    async def _until_settled(self, order: Callable[[], Awaitable[int]]) -> int:
        """Somebody saved first: the rules decide anew, on what there is now.

        Not when the asker named the version they saw; then they decide.
        """
        for pause in PAUSES:
            try:
                return await order()
            except Refused as refused:
                if refused.code != "conflict" or self.version is not None:
                    raise
                await asyncio.sleep(pause)
        return await order()

    async def place(self, source: str, position: int) -> Place:
        is_fresh = source not in SHOWN or await self.parts.views.wait(
            source, position, PATIENCE
        )
        return Place(source, position, is_fresh)

    def key_of(self, part: str = "") -> UUID:
        if self.key is None:
            raise KeyMissingError
        return uuid5(self.key, part) if part else self.key

    def _caller(self, by: Actor | None = None) -> Caller:
        signed = tokens.sign(
            by or self.actor,
            self.parts.settings.actor_private_key.get_secret_value(),
            now=self.parts.now(),
        )
        return Caller(signed, self.request_id, tracing.current())


async def together(*questions: Any) -> list[Any]:
    """Several questions at once; the first refusal counts."""
    return list(await asyncio.gather(*questions))
