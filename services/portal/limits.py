"""Which files a document takes: told before anybody sends one, and asked again then."""

from __future__ import annotations

from typing import Any

from services.portal.upload_errors import (
    DocumentMissingError,
    FileEmptyError,
    FileKindError,
    FileOverLimitError,
)

ACCEPTED = ["application/pdf", "image/jpeg", "image/png"]
MOST_MB = 10
MEBIBYTE = 1024 * 1024
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
MAGIC = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}

Document = dict[str, Any]


def taken(document: Document) -> list[str]:
    """The media types it takes."""
    return list(document.get("accept") or ACCEPTED)


def most(document: Document) -> int:
    """How many bytes a file of it may have."""
    return int(document.get("max_mb") or MOST_MB) * MEBIBYTE


def kinds(document: Document) -> str:
    """As people call them: PDF, JPEG, PNG."""
    return ", ".join(KINDS.get(each, each) for each in taken(document))


def document_of(content: dict[str, Any], code: str) -> Document:
    """The document of a dossier, as intake tells it."""
    for each in content.get("documents", []):
        if each["code"] == code:
            found: Document = each
            return found
    raise DocumentMissingError(code)


def require_taken(document: Document, media_type: str, size: int | None) -> None:
    """Said before its bytes come, not after."""
    if media_type not in taken(document):
        raise FileKindError(document["code"], kinds(document))
    if size is not None and size > most(document):
        raise FileOverLimitError(document["code"], most(document) // MEBIBYTE)
    if size == 0:
        raise FileEmptyError(document["code"])


def is_what_it_claims(media_type: str, start: bytes) -> bool:
    """By its first bytes; what is in it is looked into by documents."""
    return start.startswith(MAGIC.get(media_type, b""))
