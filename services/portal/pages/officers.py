"""What the pages of officers have in common: who may look, and who is who."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from typing import Any

from services.portal import languages, overview
from services.portal.desk import Desk
from services.portal.domain import Account
from services.portal.roster import called
from shared.actor import SYSTEM
from shared.errors import NotAllowedError


def require_staff(desk: Desk) -> None:
    if not desk.is_staff:
        raise NotAllowedError


async def naming(desk: Desk) -> Callable[[str | None], str]:
    """What an officer is called, by their subject; who looks is called `me`."""
    names = await to_thread(desk.parts.roster.names)
    system = {SYSTEM.subject: languages.word("actor_system", desk.language)}
    me = {desk.actor.subject: languages.word("you", desk.language)}
    known = names | system | me
    return lambda officer: known.get(officer or "", officer or "")


async def colleagues(desk: Desk) -> dict[str, str]:
    """Those among whom work is shared out, by their user names, with what they do."""
    here = await to_thread(desk.parts.roster.colleagues, desk.actor.agency)
    directory = desk.parts.directory

    def shown(officer: Account) -> str:
        roles = [overview.role_name(x, desk.language, directory) for x in officer.roles]
        return f"{called(officer)} ({', '.join(roles)})" if roles else called(officer)

    return {each.username: shown(each) for each in here}


def listed(answer: Any) -> list[dict[str, Any]]:
    """The entries of an answer; none when its service is away."""
    found = answer.get("items", []) if isinstance(answer, dict) else answer
    return list(found or [])
