"""Why a file is not taken, or cannot go on."""

from __future__ import annotations

from typing import Any

from shared.errors import DomainError, NotFoundError


class UploadMissingError(NotFoundError):
    """No file is on its way under this address. Send it anew."""

    code = "upload-not-found"


class UploadMovedOnError(DomainError):
    """More or less of this file is here than its sender thinks."""

    code = "upload-moved-on"


class UploadBusyError(DomainError):
    """Somebody is sending this file at this moment."""

    code = "upload-busy"


class UploadProtocolError(DomainError):
    """This is no resumable upload (tus 1.0.0)."""

    code = "upload-protocol"


class TooManyUploadsError(DomainError):
    """Too many files are on their way. Finish or remove some of them first."""

    code = "too-many-uploads"


class DocumentMissingError(NotFoundError):
    """The dossier has no such document."""

    code = "document-not-found"


class FileKindError(DomainError):
    """This document does not take files of this kind."""

    code = "file-kind-not-taken"


class FileOverLimitError(DomainError):
    """The file is larger than this document takes."""

    code = "file-over-limit"


class FileEmptyError(DomainError):
    """The file is empty."""

    code = "file-empty"


class FileNotAsDeclaredError(DomainError):
    """The file is not of the kind its name claims."""

    code = "file-not-as-declared"


class UploadsRefusedError(DomainError):
    """Not every file was taken."""

    code = "uploads-refused"

    def __init__(self, reasons: list[dict[str, Any]]) -> None:
        super().__init__()
        self.reasons = reasons

    @property
    def details(self) -> list[dict[str, Any]]:
        return self.reasons


class PhotoMissingError(NotFoundError):
    """There is no such photo."""

    code = "photo-not-found"


class TooManyPhotosError(DomainError):
    """A document has thirty photos at most."""

    code = "too-many-photos"


class NoPhotosError(DomainError):
    """There is no photo yet of which a PDF could be made."""

    code = "no-photos"


class ScanExpiredError(NotFoundError):
    """This link has ended. Show a new code on the other screen."""

    code = "scan-not-found"
