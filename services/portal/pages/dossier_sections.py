"""The parts that every dossier's page has: where it stands, what is in it, what was."""

from __future__ import annotations

from typing import Any

from services.portal import history, overview
from services.portal.desk import Desk
from services.portal.pages.dossier_parts import Sight, part

CLOSED = (3, 7, 10)
DRAFT, ASKED = 0, 5
WITHDRAWABLE = (0, 1, 2, 4, 5, 6, 8)


@part("standing", place=10, live=True)
async def standing(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


@part("clock", place=15, live=True)
async def clock(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


@part("situation", place=20, live=True)
async def situation(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


def is_asked(desk: Desk, sight: Sight) -> bool:
    return bool(sight.content.get("supplement")) and sight.dossier["status"] == ASKED


@part("supplement", place=30, shown=is_asked)
async def supplement(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


@part("documents", place=40)
async def documents(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {"is_open": sight.dossier["status"] in (DRAFT, ASKED) and not desk.is_staff}


def is_draft(desk: Desk, sight: Sight) -> bool:
    return sight.dossier["status"] == DRAFT and not desk.is_staff


@part("sending", place=45, shown=is_draft)
async def sending(desk: Desk, sight: Sight) -> dict[str, Any]:
    dossier_id = sight.dossier["id"]
    found = await desk.try_to_ask("intake.problems", dossier_id=dossier_id)
    return {"problems": found or []}


@part("fees", place=50, live=True)
async def fees(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


@part("papers", place=60, live=True)
async def papers(desk: Desk, sight: Sight) -> dict[str, Any]:
    dossier_id = sight.dossier["id"]
    return {"papers": await desk.ask("signing.papers", dossier_id=dossier_id)}


@part("notices", place=65, live=True)
async def notices(desk: Desk, sight: Sight) -> dict[str, Any]:
    """What was told to the applicant outside of this page."""
    dossier_id = sight.dossier["id"]
    return {"notices": await desk.ask("notifications.messages", dossier_id=dossier_id)}


@part("timeline", place=70, live=True)
async def timeline(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


@part("history", place=80, live=True)
async def past(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {"past": await history.past_of(desk, sight.dossier["id"])}


def is_withdrawable(desk: Desk, sight: Sight) -> bool:
    return (
        sight.dossier["status"] in WITHDRAWABLE
        and not sight.dossier["is_stopped"]
        and not sight.content["is_withdrawal_asked"]
        and not desk.is_staff
    )


@part("withdrawal", place=90, shown=is_withdrawable)
async def withdrawal(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {}


def has_unit(desk: Desk, sight: Sight) -> bool:
    return overview.unit_of(sight.dossier["unit"], desk.parts.directory) is not None


@part("contact", place=95, shown=has_unit)
async def contact(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {"unit": overview.unit_of(sight.dossier["unit"], desk.parts.directory)}
