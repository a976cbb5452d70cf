"""What the pages of officers have in common: who may look, and who is who."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from typing import Any

from services.portal import languages
from services.portal.desk import Desk
from shared.errors import NotAllowedError


def require_staff(desk: Desk) -> None:
    if not desk.is_staff:
        raise NotAllowedError


async def naming(desk: Desk) -> Callable[[str | None], str]:
    """What an officer is called, by their subject; who looks is called `me`."""
    names = await to_thread(desk.parts.roster.names)
    me = {desk.actor.subject: languages.word("you", desk.language)}

    def called(subject: str | None) -> str:
        return (names | me).get(subject or "", subject or "")

    return called


async def colleagues(desk: Desk) -> dict[str, str]:
    """Those among whom work is shared out, by their user names."""
    return await to_thread(desk.parts.roster.colleagues, desk.actor.agency)


def listed(answer: Any) -> list[dict[str, Any]]:
    """The entries of an answer; none when its service is away."""
    found = answer.get("items", []) if isinstance(answer, dict) else answer
    return list(found or [])
