"""Files, and the hostile ones among them, made from nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID, uuid4

import pikepdf
from PIL import Image

from services.documents.application import DocumentsApplication
from services.documents.domain import Declaration, File, Finding, Found
from services.documents.gateways import content
from services.documents.policies import ANYBODY
from services.documents.ports import (
    INCOMING,
    Attachment,
    Content,
    ObjectMissingError,
)
from shared.actor import Actor
from shared.contracts.documents import FileReceived
from shared.contracts.intake import DossierOpened, DossierSubmitted
from shared.contracts.signing import PaperIssued
from shared.contracts.workflow import StepOpened
from shared.personal import Personal
from tests.builders import an_applicant
from tests.fakes import MEMORY, MemoryKeys

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
DOSSIER = UUID(int=8)
TEXTS = {"vi": "Giấy", "en": "Paper", "fr": "Papier"}


class MemoryStore:
    """Buckets that end with the test."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def upload_grant(self, key: str, lifetime: timedelta) -> str:
        return f"https://store/{INCOMING}/{key}"

    def download_grant(
        self, bucket: str, key: str, attachment: Attachment, lifetime: timedelta
    ) -> str:
        return f"https://store/{bucket}/{key}?name={attachment.name}"

    def size(self, bucket: str, key: str) -> int:
        return len(self._bytes(bucket, key))

    def digest(self, bucket: str, key: str) -> str:
        return sha256(self._bytes(bucket, key)).hexdigest()

    @contextmanager
    def fetched(self, bucket: str, key: str, *, at_most: int) -> Iterator[Content]:
        stored = self._bytes(bucket, key)
        with NamedTemporaryFile() as file:
            file.write(stored)
            file.flush()
            digest = sha256(stored).hexdigest()
            yield Content(Path(file.name), len(stored), digest)

    def keep(self, bucket: str, key: str, content: Content) -> None:
        self.objects[bucket, key] = content.path.read_bytes()

    def remove(self, bucket: str, key: str) -> None:
        self.objects.pop((bucket, key), None)

    def _bytes(self, bucket: str, key: str) -> bytes:
        try:
            return self.objects[bucket, key]
        except KeyError:
            raise ObjectMissingError(bucket, key) from None


class MemoryIndex:
    """Every file, for every dossier of its log."""

    def __init__(self) -> None:
        self.files: dict[UUID, list[UUID]] = {}

    def of(self, dossier_id: UUID) -> list[UUID]:
        return self.files.get(dossier_id, [])


class Scan:
    """A scanner that always says the same."""

    def __init__(self, finding: Finding | None = None) -> None:
        self.finding = finding

    def scan(self, path: Path) -> Finding | None:
        return self.finding


class Inspection:
    """Looks into files in this process."""

    media_type = staticmethod(content.media_type)
    inspect = staticmethod(content.inspect)


def some_documents() -> tuple[DocumentsApplication, MemoryStore]:
    store = MemoryStore()
    app = DocumentsApplication(
        MEMORY,
        store=store,
        index=MemoryIndex(),
        is_reception=lambda unit: unit == "reception",
        keys=MemoryKeys(),
        clock=lambda: NOON,
    )
    return app, store


def a_declaration(**said: Any) -> Declaration:
    usual = Declaration("site-plan", "bản vẽ.pdf", "application/pdf")
    return replace(usual, **said)


def a_file(**said: Any) -> File:
    file = File.declare(uuid4(), DOSSIER, a_declaration(**said), by=an_applicant())
    file.collect_events()
    return file


def a_received_file(**said: Any) -> File:
    file = a_file(**said)
    file.receive(size=3, by=an_applicant())
    file.collect_events()
    return file


def found(**facts: Any) -> Found:
    usual = Found("application/pdf", size=3, sha256="f" * 64)
    return replace(usual, **facts)


def a_file_brought(
    app: DocumentsApplication,
    store: MemoryStore,
    stored: bytes,
    *,
    by: Actor | None = None,
    **said: Any,
) -> UUID:
    """Declared, sent and received."""
    file_id, by = uuid4(), by or an_applicant()
    app.declare_file(file_id, DOSSIER, a_declaration(**said), by=by)
    store.objects[INCOMING, str(file_id)] = stored
    app.receive_file(file_id, by=by)
    return file_id


def facts(position: int = 1, source: str = "intake") -> dict[str, Any]:
    return {
        "source": source,
        "position": position,
        "dossier_id": DOSSIER,
        "correlation_id": "request-1",
        "occurred_at": NOON,
    }


def a_file_received(file_id: UUID, position: int = 1) -> FileReceived:
    return FileReceived(**facts(position, "documents"), file_id=file_id)


def a_dossier_opened(*, unit: str | None = "ubnd_xa") -> DossierOpened:
    return DossierOpened(
        **facts(),
        procedure="house-building-permit",
        version=1,
        channel="online",
        applicant=an_applicant().subject,
        unit=unit,
        tracking_code="ABC",
        language="vi",
    )


def a_dossier_submitted(*, unit: str = "ubnd_xa") -> DossierSubmitted:
    nobodys = Personal(an_applicant().subject, "{}")
    return DossierSubmitted(
        **facts(2),
        procedure="house-building-permit",
        version=1,
        procedure_code="1.013225",
        procedure_name=TEXTS,
        channel="online",
        applicant=an_applicant().subject,
        unit=unit,
        tracking_code="ABC",
        language="vi",
        result_channel="online",
        contact=nobodys,
        presentation=nobodys,
        acknowledge_by=NOON,
    )


def a_step_opened(*, unit: str) -> StepOpened:
    return StepOpened(
        **facts(source="workflow"),
        case_id=uuid4(),
        step="review",
        name=TEXTS,
        unit=unit,
        role="reviewer",
        status=4,
    )


def a_paper_issued(stored: bytes) -> PaperIssued:
    return PaperIssued(
        **facts(source="signing"),
        paper_id=UUID(int=9),
        kind="decision",
        title=TEXTS,
        number="12/QĐ-UBND",
        unit="ubnd_xa",
        sha256=sha256(stored).hexdigest(),
        size=len(stored),
        issued_at=NOON,
    )


def heard_of(app: DocumentsApplication) -> bool:
    return app.event_log.is_concerned(DOSSIER, [ANYBODY])


def a_pdf(
    change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **saving: Any
) -> bytes:
    """One blank page, and what a test adds to it."""
    pdf, target = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    change(pdf)
    pdf.save(target, **saving)
    return target.getvalue()


def an_image(form: str = "JPEG", *, size: tuple[int, int] = (64, 64)) -> bytes:
    target = BytesIO()
    Image.effect_noise(size, 60).save(target, form)
    return target.getvalue()


def a_png_of(width: int, height: int) -> bytes:
    """A small file that claims to be a large picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    parts = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)
