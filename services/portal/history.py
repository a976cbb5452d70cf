"""The history of a dossier as people read it: who, when, what, and is it proven."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.portal import languages, overview
from services.portal.desk import UNANSWERED, Desk, together
from shared.directory import Directory


async def history(desk: Desk, dossier_id: UUID) -> dict[str, Any]:
    recorded, verification = await together(
        desk.ask("audit.history", dossier_id=dossier_id),
        desk.try_to_ask("audit.verify_history", dossier_id=dossier_id),
    )
    directory = desk.parts.directory
    entries = [entry(each, desk.language, directory) for each in recorded]
    return {"entries": entries, "verification": verification}


async def past_of(desk: Desk, dossier_id: UUID) -> dict[str, Any] | None:
    """The history; nothing when audit is away or does not want to say."""
    try:
        return await history(desk, dossier_id)
    except UNANSWERED:
        return None


def entry(
    recorded: dict[str, Any], language: str, directory: Directory
) -> dict[str, Any]:
    """One event with its proof, and beside it what a person wants to know of it."""
    actor = recorded.get("actor") or {}
    return {
        **recorded,
        "sentence": sentence(recorded["topic"], language),
        "actor_label": actor_label(actor, language, directory),
        "agency_name": overview.unit_name(actor.get("agency"), language, directory),
    }


def sentence(topic: str, language: str) -> str:
    known = languages.texts("topics").get(topic)
    return known[language] if known else languages.word("event_other", language)


def actor_label(actor: dict[str, Any], language: str, directory: Directory) -> str:
    """In which capacity somebody acted; their name is nobody's business."""
    match actor.get("kind"):
        case "citizen":
            by = "actor_helper" if actor.get("on_behalf_of") else "actor_citizen"
            return languages.word(by, language)
        case "staff":
            roles = actor.get("roles") or []
            labels = [overview.role_name(role, language, directory) for role in roles]
            return ", ".join(filter(None, labels)) or languages.word(
                "actor_staff", language
            )
    return languages.word("actor_system", language)
