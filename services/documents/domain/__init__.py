"""Files and papers: what they are, and what may happen to them."""

from __future__ import annotations

from services.documents.domain.file import (
    MEDIA_TYPES,
    MOST_BYTES,
    Declaration,
    File,
    FileState,
    Found,
)
from services.documents.domain.findings import SENTENCES, Finding
from services.documents.domain.paper import Paper

__all__ = [
    "MEDIA_TYPES",
    "MOST_BYTES",
    "SENTENCES",
    "Declaration",
    "File",
    "FileState",
    "Finding",
    "Found",
    "Paper",
]
