"""Papers that the desk scanned and sends along with a filing."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from uuid import UUID

from starlette.datastructures import MultiDict, UploadFile

from services.portal import uploads
from services.portal.desk import Desk

PREFIX = "scan-"
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Scan:
    """One file of one document, under a key that follows from its content."""

    document: str
    file: UploadFile
    digest: str


async def scans_in(entered: MultiDict) -> list[Scan]:
    """The files of a form; fields where none was chosen are none."""
    found = []
    for name, value in entered.multi_items():
        is_scan = name.startswith(PREFIX) and isinstance(value, UploadFile)
        if is_scan and value.filename:
            found.append(Scan(name.removeprefix(PREFIX), value, await digest(value)))
    return found


async def digest(file: UploadFile) -> str:
    found = hashlib.sha256()
    async for chunk in chunks(file):
        found.update(chunk)
    return found.hexdigest()


async def chunks(file: UploadFile) -> AsyncIterator[bytes]:
    await file.seek(0)
    while chunk := await file.read(CHUNK):
        yield chunk


async def hand_in(desk: Desk, dossier_id: UUID, scan: Scan) -> None:
    """Sent again, the same file is the same file."""
    about = uploads.Upload(
        dossier_id,
        scan.document,
        scan.file.filename or scan.document,
        scan.file.content_type or uploads.UNKNOWN,
        scan.file.size,
    )
    key = desk.key_of(f"scan {dossier_id} {scan.document} {scan.digest}")
    await uploads.hand_in(replace(desk, key=key), about, chunks(scan.file))
