"""Sessions that last as long as the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from services.portal.sessions import STEPPED_UP_FOR, Session, Sessions, identifier
from shared.actor import STEPPED_UP, Actor


class MemorySessions(Sessions):
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._known: dict[bytes, Session] = {}

    async def begin(
        self, actor: Actor, claims: dict[str, Any] | None = None, **origin: str
    ) -> tuple[str, Session]:
        token = uuid4().hex
        until = self._clock() + timedelta(hours=8)
        session = Session(identifier(token), actor, until, claims or {}, **origin)
        self._known[session.id] = session
        return token, session

    async def find(self, token: str) -> Session | None:
        return self._known.get(identifier(token))

    async def glance(self, token: str) -> Session | None:
        return await self.find(token)

    async def alive(self, session_id: bytes) -> Session | None:
        return self._known.get(session_id)

    async def step_up(self, session: Session) -> datetime:
        until = self._clock() + STEPPED_UP_FOR
        actor = replace(session.actor, level=STEPPED_UP)
        self._known[session.id] = replace(session, actor=actor)
        return until

    async def end(self, session: Session) -> None:
        self._known.pop(session.id, None)

    async def end_all(self, subject: str) -> None:
        for session in list(self._known.values()):
            if session.actor.subject == subject:
                await self.end(session)
