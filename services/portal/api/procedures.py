"""What one can apply for: the catalogue, open to everybody."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.portal.api.models import ProcedureList
from services.portal.asking import Anybody, UpTo
from services.portal.errors import ProcedureNotFoundError

router = APIRouter(tags=["procedures"])


def summary(row: dict[str, Any]) -> dict[str, Any]:
    definition = row["definition"]
    names = ("code", "names", "sector", "level", "online_level", "channels")
    return {
        "slug": row["slug"],
        "version": row["version"],
        **{name: definition[name] for name in names},
    }


@router.get("/procedures", response_model=ProcedureList, dependencies=[UpTo])
async def procedures(
    desk: Anybody,
    q: Annotated[str, Query(description="Words, with or without marks")] = "",
) -> Any:
    """The procedures in force today."""
    rows = await desk.parts.views.procedures(desk.parts.today(), q)
    return {"items": [summary(row) for row in rows]}


@router.get("/procedures/{slug}", dependencies=[UpTo])
async def procedure(slug: str, desk: Anybody, version: int | None = None) -> Any:
    """A procedure as the catalogue defines it: form, documents, fees, steps."""
    row = await desk.parts.views.procedure(slug, desk.parts.today(), version)
    if row is None:
        raise ProcedureNotFoundError(slug)
    return row["definition"]
