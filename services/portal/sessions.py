"""Who is signed in: rows in the database, a random token in a cookie or a header."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.rows import dict_row

from services.portal.pools import Pool
from shared.actor import STEPPED_UP, Actor
from shared.clock import Clock

LONGEST = timedelta(hours=8)
IDLE = timedelta(minutes=30)
STEPPED_UP_FOR = timedelta(minutes=5)
NOTED_EVERY = timedelta(minutes=1)  # being seen is written down this often
NONCE = 12

INSERT = """
    INSERT INTO portal_sessions
    (id, subject, kind, agency, roles, level, sealed, opened_at, seen_at, expires_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
FIND = """
    SELECT * FROM portal_sessions WHERE id = %s AND expires_at > %s AND seen_at > %s
"""
FORGET = "DELETE FROM portal_sessions WHERE subject = %(subject)s"


@dataclass(frozen=True)
class Session:
    """A person signed in; `claims` are what the provider said, for their forms only."""

    id: bytes
    actor: Actor
    expires_at: datetime
    claims: dict[str, Any] = field(default_factory=dict, repr=False)
    provider: str = ""  # who vouched for them
    id_token: str = field(default="", repr=False)  # says there who leaves

    @property
    def name(self) -> str:
        """As the person's own screens greet them, and for whom they act."""
        known = (
            self.actor.name,
            self.claims.get("name"),
            self.claims.get("phone_number"),
        )
        own = next((str(each) for each in known if each), "")
        return f"{own} ({self.business})" if self.business else own

    def until(self, now: datetime) -> datetime:
        """When it ends if nothing is done from now on."""
        return min(now + IDLE, self.expires_at)

    @property
    def business(self) -> str:
        """The name of the business for which they act."""
        return str(self.claims.get("organization", {}).get("name", ""))


class Box:
    """Seals what is kept outside of the events, under the portal's own key."""

    def __init__(self, key: bytes) -> None:
        self._key = AESGCM(key)

    def seal(self, content: dict[str, Any], purpose: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._key.encrypt(nonce, json.dumps(content).encode(), purpose)

    def open(self, sealed: bytes, purpose: bytes) -> dict[str, Any] | None:
        """What was sealed for this purpose; nothing when it was not."""
        try:
            opened = self._key.decrypt(sealed[:NONCE], sealed[NONCE:], purpose)
        except (InvalidTag, ValueError):
            return None
        content: dict[str, Any] = json.loads(opened)
        return content


def identifier(token: str) -> bytes:
    """What we keep of a token: enough to know it again, useless to a thief."""
    return sha256(token.encode()).digest()


class Sessions:
    def __init__(self, pool: Pool, box: Box, clock: Clock) -> None:
        self._pool = pool
        self._box = box
        self._clock = clock

    async def begin(
        self, actor: Actor, claims: dict[str, Any] | None = None, **origin: str
    ) -> tuple[str, Session]:
        """Signed in: a fresh token, whatever there was before."""
        token, now = secrets.token_urlsafe(32), self._clock()
        until = now + LONGEST
        session = Session(identifier(token), actor, until, claims or {}, **origin)
        sealed = self._box.seal(own(session), session.id)
        who = (actor.subject, actor.kind, actor.agency, list(actor.roles), actor.level)
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM portal_sessions WHERE expires_at < %s OR seen_at < %s",
                (now, now - IDLE),
            )
            await connection.execute(
                INSERT, (session.id, *who, sealed, now, now, session.expires_at)
            )
        return token, session

    async def find(self, token: str) -> Session | None:
        """Whose token this is, while they are signed in."""
        now, session_id = self._clock(), identifier(token)
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            await cursor.execute(FIND, (session_id, now, now - IDLE))
            row = await cursor.fetchone()
            if row and now - row["seen_at"] > NOTED_EVERY:
                await cursor.execute(
                    "UPDATE portal_sessions SET seen_at = %s WHERE id = %s",
                    (now, session_id),
                )
        return self._session(row) if row else None

    async def glance(self, token: str) -> Session | None:
        """As `find`, when a page asks by itself: nobody was seen."""
        return await self.alive(identifier(token))

    async def alive(self, session_id: bytes) -> Session | None:
        """The session of this id, while it lasts; asking does not prolong it."""
        now = self._clock()
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            await cursor.execute(FIND, (session_id, now, now - IDLE))
            row = await cursor.fetchone()
        return self._session(row) if row else None

    async def step_up(self, session: Session) -> datetime:
        """They have proven it is still them: until when that counts."""
        until = self._clock() + STEPPED_UP_FOR
        async with self._pool.connection() as connection:
            await connection.execute(
                "UPDATE portal_sessions SET stepped_up_until = %s WHERE id = %s",
                (until, session.id),
            )
        return until

    async def end(self, session: Session) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM portal_sessions WHERE id = %s", (session.id,)
            )

    async def end_all(self, subject: str) -> None:
        """Out at once, wherever they are signed in."""
        async with self._pool.connection() as connection:
            await connection.execute(FORGET, {"subject": subject})

    def _is_stepped_up(self, row: dict[str, Any]) -> bool:
        until = row["stepped_up_until"]
        return until is not None and until > self._clock()

    def _session(self, row: dict[str, Any]) -> Session | None:
        own = self._box.open(row["sealed"], row["id"])
        if own is None:  # sealed under a key we no longer have: nobody is signed in
            return None
        actor = Actor(
            row["subject"],
            row["agency"],
            tuple(row["roles"]),
            kind=row["kind"],
            level=STEPPED_UP if self._is_stepped_up(row) else row["level"],
            on_behalf_of=own.get("business"),
            business=own.get("business"),
            name=own["name"],
        )
        origin = {name: own.get(name, "") for name in ("provider", "id_token")}
        return Session(row["id"], actor, row["expires_at"], own["claims"], **origin)


def own(session: Session) -> dict[str, Any]:
    """What is sealed of a session: all that says who it is."""
    return {
        "name": session.actor.name,
        "claims": session.claims,
        "business": session.actor.business,
        "provider": session.provider,
        "id_token": session.id_token,
    }
