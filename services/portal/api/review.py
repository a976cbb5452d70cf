"""Before deciding: drafts, what is new, several approvals, seals, templates."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from services.portal import administration, reviewing
from services.portal.api.answers import done
from services.portal.api.models import Asked, Done, Note, Short
from services.portal.asking import Known, Ordering
from services.portal.domain import Contact
from services.portal.downloads import SANDBOX

router = APIRouter(tags=["review"])

PDF = "application/pdf"
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {PDF: {}}, "description": "The decision, unsigned, as a draft"}
}
Number = Annotated[int, Field(ge=1, le=10**9)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]


class Seen(Asked):
    """Which version of a case is before you."""

    version: Number


class Result(Asked):
    """A result to approve; with a version only while the case is in that one."""

    case_id: UUID
    step: Short
    version: Number | None = None


class Approvals(Asked):
    items: Annotated[list[Result], Field(min_length=1, max_length=500)]
    note: Note = ""


class Draft(Asked):
    """What would be proposed; nothing named: what is proposed."""

    outcome: Short | None = None
    text: Annotated[str, Field(max_length=20_000)] = ""


class Phrase(Asked):
    """A text your unit writes again and again, and for what."""

    purpose: Literal["decision", "supplement", "note", "opinion"]
    name: Short
    text: Words


class ContactWish(Asked):
    """Where you are written to; no e-mail: not at all."""

    email: Annotated[str, Field(max_length=254)] = ""
    language: Literal["vi", "en", "fr"] = "vi"
    wants_digest: bool = True


@router.get("/approvals")
async def approvals(desk: Known, after: str | None = None) -> Any:
    """The results that wait for your signature, with what is new since you looked."""
    return await desk.ask("workflow.approvals", after=after)


@router.post("/approvals")
async def approve(wanted: Approvals, desk: Ordering) -> Any:
    """Sign several results; each succeeds or fails by itself."""
    items = [each.model_dump() for each in wanted.items]
    return {"items": await reviewing.approve(desk, items, wanted.note)}


@router.get("/cases/{case_id}/difference")
async def difference(case_id: UUID, desk: Known) -> Any:
    """What is new in a case since you looked at another version of it."""
    return await desk.ask("workflow.difference", case_id=case_id)


@router.put("/cases/{case_id}/seen")
async def see(case_id: UUID, wanted: Seen, desk: Ordering) -> Any:
    """Say which version of a case you have seen."""
    await desk.order_each("workflow.look_at", case_id=case_id, version=wanted.version)
    return wanted.model_dump()


@router.get("/cases/{case_id}/deeds")
async def deeds(case_id: UUID, since: Number, desk: Known) -> Any:
    """What others did with a case after a version you have seen."""
    return await desk.ask("workflow.meanwhile", case_id=case_id, since=since)


@router.post(
    "/cases/{case_id}/steps/{step}/preview", response_class=Response, responses=BYTES
)
async def preview(case_id: UUID, step: str, wanted: Draft, desk: Ordering) -> Any:
    """The decision as it will be printed, unsigned and marked as a draft."""
    pdf = await reviewing.preview(desk, case_id, step, wanted.outcome, wanted.text)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": SANDBOX}
    return Response(pdf, media_type=PDF, headers=headers)


@router.get("/sealing")
async def sealing(desk: Known, unit: str | None = None) -> Any:
    """The papers of your unit until they are sealed, and the numbers it gave."""
    return await desk.ask("signing.sealing", unit=unit)


@router.get("/phrases")
async def phrases(desk: Known) -> Any:
    """The texts your unit writes again and again."""
    return {"items": await desk.ask("workflow.phrases")}


@router.put("/phrases/{phrase_id}")
async def keep_phrase(phrase_id: UUID, wanted: Phrase, desk: Ordering) -> Any:
    """Keep a text for everybody in your unit."""
    await desk.order_each(
        "workflow.keep_phrase", phrase_id=phrase_id, **wanted.model_dump()
    )
    return {"phrase_id": phrase_id, **wanted.model_dump()}


@router.delete("/phrases/{phrase_id}")
async def drop_phrase(phrase_id: UUID, desk: Ordering) -> Any:
    """Keep a text no longer."""
    await desk.order_each("workflow.drop_phrase", phrase_id=phrase_id)
    return {"phrase_id": phrase_id}


@router.put("/accounts/{username}/contact", response_model=Done)
async def change_contact(username: str, wanted: ContactWish, desk: Ordering) -> Any:
    """Say where an officer is written to each morning."""
    contact = Contact(**wanted.model_dump())
    return done(await administration.change_contact(desk, username, contact))
