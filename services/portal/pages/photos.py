"""Photos of a paper become one PDF: taken here, or by a phone for another screen."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import MultiDict, UploadFile

from services.portal import languages, limits, scanning, uploads
from services.portal.albums import Album
from services.portal.desk import Desk, Place
from services.portal.downloads import SANDBOX
from services.portal.intray import Upload
from services.portal.pages.forms import Act, Entered, problem_of, submitted, visitor
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.parts import parts_of
from services.portal.upload_errors import (
    FileKindError,
    NoPhotosError,
    UploadsRefusedError,
)
from shared.actor import NotProvenError
from shared.errors import DomainError, Refused

OWN = "/dossiers/{dossier_id}/documents/{code}/photos"
LENT = "/scan/{token}"
PDF = "application/pdf"
PIECE = 1 << 18

router = APIRouter()


@dataclass(frozen=True)
class Spot:
    """For whom photos are collected, of which document, and where one does it."""

    desk: Desk
    dossier_id: UUID
    code: str
    here: str
    is_lent: bool

    @property
    def album(self) -> Album:
        owner = self.desk.actor.subject
        return self.desk.parts.albums.of(owner, self.dossier_id, self.code)

    @property
    def then(self) -> str:
        """Where one goes once the PDF is handed in."""
        if self.is_lent:
            return f"{self.here}?done=scanned"
        return f"{self.back}?done=uploaded"

    @property
    def back(self) -> str:
        """All the documents of the dossier."""
        return f"/{self.desk.language}/dossiers/{self.dossier_id}/documents"

    async def document(self) -> dict[str, Any]:
        """Refused for whom intake does not show the dossier."""
        content = await self.desk.ask("intake.dossier", dossier_id=self.dossier_id)
        return limits.document_of(content, self.code)


async def spot(request: Request, desk: Annotated[Desk, Depends(visitor)]) -> Spot:
    """By one's own session, or by the link that somebody's screen showed."""
    given = request.path_params
    if token := given.get("token"):
        errand = await scanning.errand(parts_of(request), token)
        lent = replace(desk, session=errand.session)
        here = f"/{desk.language}/scan/{token}"
        return Spot(lent, errand.dossier_id, errand.document, here, is_lent=True)
    if desk.session is None:
        raise NotProvenError
    dossier_id, code = UUID(given["dossier_id"]), given["code"]
    here = f"/{desk.language}/dossiers/{dossier_id}/documents/{code}/photos"
    return Spot(desk, dossier_id, code, here, is_lent=False)


At = Annotated[Spot, Depends(spot)]


@router.get(OWN)
@router.get(LENT)
async def photos(request: Request, at: At) -> Response:
    return await show(request, at, FIRST_LOOK)


async def show(request: Request, at: Spot, attempt: Attempt) -> Response:
    document = await at.document()
    anonymous = replace(at.desk, session=None) if at.is_lent else at.desk
    return page(
        request,
        anonymous,
        "photos.html",
        attempt,
        document=document,
        photos=at.album.photos,
        here=at.here,
        is_lent=at.is_lent,
        back=at.back,
    )


async def act_on(request: Request, at: Spot, act: Act, then: str = "") -> Response:
    async def again(attempt: Attempt) -> Response:
        return await show(request, at, attempt)

    return await submitted(request, at.desk, act, again, then=then or at.here)


@router.post(OWN)
@router.post(LENT)
async def add(request: Request, at: At) -> Response:
    """Every photo that can be read is kept; of the others it is said which and why."""

    async def act(desk: Desk, entered: Entered) -> None:
        await at.document()
        given = entered.getlist("photo") if isinstance(entered, MultiDict) else []
        sent = [each for each in given if isinstance(each, UploadFile) and each.size]
        if not sent:
            raise NoPhotosError
        reasons, colon = [], languages.colon(desk.language)
        for each in sent:
            try:
                await take(desk, at.album, each)
            except (Refused, DomainError) as error:
                problem = problem_of(error, desk.language).title
                reasons.append({"message": f"{each.filename}{colon} {problem}"})
            finally:
                await each.close()
        if reasons:
            raise UploadsRefusedError(reasons)

    return await act_on(request, at, act)


async def take(desk: Desk, album: Album, sent: UploadFile) -> None:
    """Drawn anew before it is kept: without place, device and whatever else it told."""
    target = album.place()
    with NamedTemporaryFile(dir=target.parent) as raw:
        while piece := await sent.read(PIECE):
            await to_thread(raw.write, piece)
        raw.flush()
        media_type = kind_of(Path(raw.name))
        await desk.parts.studio.do(
            "take", source=raw.name, target=target, media_type=media_type
        )
    album.add(target)


def kind_of(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(16)
    for kind in ("image/jpeg", "image/png"):
        if limits.is_what_it_claims(kind, start):
            return kind
    return uploads.UNKNOWN


@router.get(OWN + "/{photo}")
@router.get(LENT + "/{photo}")
async def photo(photo: str, at: At) -> Response:
    """As it will stand in the PDF, upright."""
    found = at.album.find(photo)
    content = await to_thread(found.path.read_bytes)
    headers = {"Cache-Control": "private, no-store", "Content-Security-Policy": SANDBOX}
    return Response(content, media_type="image/jpeg", headers=headers)


@router.post(OWN + "/pdf")
@router.post(LENT + "/pdf")
async def bind(request: Request, at: At) -> Response:
    """All photos, one PDF, handed in."""

    async def act(desk: Desk, entered: Entered) -> Place:
        document, photos = await at.document(), at.album.photos
        if not photos:
            raise NoPhotosError
        if PDF not in limits.taken(document):
            raise FileKindError(at.code)
        place = await handed_in(desk, at, document)
        at.album.clear()
        return place

    return await act_on(request, at, act, at.then)


async def handed_in(desk: Desk, at: Spot, document: dict[str, Any]) -> Place:
    photos = at.album.photos
    pages = [(str(each.path), each.turn) for each in photos]
    with NamedTemporaryFile(dir=photos[0].path.parent, suffix=".pdf") as target:
        made = await desk.parts.studio.do(
            "bind", photos=pages, target=target.name, at_most=limits.most(document)
        )
        limits.require_taken(document, PDF, made["size"])
        name = languages.said(document["name"], desk.language)[:150] + ".pdf"
        upload = Upload(at.dossier_id, at.code, name, PDF, made["size"])
        with Path(target.name).open("rb") as file:
            _, place = await uploads.hand_in(desk, upload, uploads.read(file))
    return place


@router.post(OWN + "/{photo}/{change}")
@router.post(LENT + "/{photo}/{change}")
async def change(request: Request, photo: str, change: str, at: At) -> Response:
    """Turn it, take it away, or put it before the one before it."""

    async def act(desk: Desk, entered: Entered) -> None:
        await at.document()
        match change:
            case "turn":
                at.album.turn(photo)
            case "removal":
                at.album.remove(photo)
            case "earlier":
                at.album.earlier(photo)

    return await act_on(request, at, act, f"{at.here}#photos")
