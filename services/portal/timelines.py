"""What has happened to a dossier, line by line, as everybody may know it."""

from __future__ import annotations

from typing import Any

from services.portal import overview
from services.portal.desk import Desk
from services.portal.read_models import Row


async def timeline(desk: Desk, dossier: Row) -> list[dict[str, Any]]:
    entries = await desk.parts.views.timeline(dossier["id"])
    steps = overview.step_names(await definition(desk, dossier))
    directory = desk.parts.directory
    return [overview.line(each, desk.language, directory, steps) for each in entries]


async def definition(desk: Desk, dossier: Row) -> dict[str, Any]:
    """The procedure in the version under which the dossier was received."""
    if not dossier["procedure"]:
        return {}
    row = await desk.parts.views.procedure(
        dossier["procedure"], desk.parts.today(), dossier["version"]
    )
    return row["definition"] if row else {}


async def name(desk: Desk, dossier: Row) -> dict[str, str]:
    """A draft has no name of its own yet, but its procedure's."""
    if dossier["procedure_name"]:
        known: dict[str, str] = dossier["procedure_name"]
        return known
    found = await definition(desk, dossier)
    names: dict[str, str] = found.get("names", {"vi": dossier["procedure"] or ""})
    return names
