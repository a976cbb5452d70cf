"""The messages of a dossier, for its own page and inside the officers' case page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.portal.desk import UNANSWERED, Desk, Place

NOTHING: dict[str, Any] = {
    "messages": [],
    "unread": 0,
    "may_write": False,
    "side": "office",
}


def place_of(dossier_id: UUID) -> str:
    return f"message/{dossier_id}"


async def part(desk: Desk, dossier_id: UUID) -> dict[str, Any]:
    """All that was written, what was typed and not sent; from now on it is read."""
    found = await desk.ask("intake.conversation", dossier_id=dossier_id) or NOTHING
    unsent = await desk.parts.typed.find(desk.actor.subject, place_of(dossier_id))
    if found["unread"]:
        await mark_read(desk, dossier_id)
    return {
        "conversation": found,
        "unsent": unsent,
        "files": await files_of(desk, dossier_id, found["messages"]),
        "message_dossier": dossier_id,
    }


async def mark_read(desk: Desk, dossier_id: UUID) -> None:
    """Seen is seen; that it could not be noted hides nothing from who reads."""
    try:
        await replace(desk, key=uuid4(), version=None).order(
            "intake.read_messages", dossier_id=dossier_id
        )
    except UNANSWERED:
        return


async def files_of(
    desk: Desk, dossier_id: UUID, messages: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What was attached, by its id: its name, and whether it was checked yet."""
    if not any(each["files"] for each in messages):
        return {}
    found = await desk.try_to_ask("documents.files", dossier_id=dossier_id)
    return {each["id"]: each for each in found or []}


async def write(
    desk: Desk, dossier_id: UUID, text: str, files: list[UUID] | None = None
) -> Place:
    place = await desk.order(
        "intake.write_message", dossier_id=dossier_id, text=text, files=files or []
    )
    await desk.parts.typed.drop(desk.actor.subject, place_of(dossier_id))
    return place
