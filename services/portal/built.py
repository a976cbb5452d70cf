"""The built style sheets and scripts: addressed by their content, kept packed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.portal import packing

router = APIRouter(include_in_schema=False)

FOLDER = Path(__file__).parent / "static/built"
KINDS = {".css": "text/css", ".js": "text/javascript"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Built:
    """One file, as it stands and as it travels."""

    kind: str
    digest: str
    packed: dict[str, bytes]


@cache
def built(name: str) -> Built | None:
    file = FOLDER / name
    if file.parent != FOLDER or file.suffix not in KINDS or not file.is_file():
        return None
    content = file.read_bytes()
    packed = {way: packing.pack(content, way, is_kept=True) for way in packing.WAYS}
    digest = sha256(content).hexdigest()[:12]
    return Built(KINDS[file.suffix], digest, packed | {"": content})


def asset(name: str) -> str:
    """The address of a built file changes with its content."""
    known = built(name)
    if known is None:
        raise LookupError(f"not built: {name}; run `python -m tools.assets`")
    return f"/static/built/{name}?{known.digest}"


@router.get("/static/built/{name}")
async def show(request: Request, name: str) -> Response:
    known = built(name)
    if known is None:
        raise HTTPException(404)
    way = packing.way_of(request.headers.get("accept-encoding", ""))
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if request.url.query == known.digest:
        headers["Cache-Control"] = FOR_EVER
    if way:
        headers["Content-Encoding"] = way
    return Response(known.packed[way], media_type=known.kind, headers=headers)
