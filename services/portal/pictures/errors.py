"""Why there is no picture of a file."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class FileNotShownError(DomainError):
    """This file cannot be shown here: fetch it, and open it on your own machine."""

    code = "file-not-shown"


class FileLockedError(DomainError):
    """This PDF asks for a password, and cannot be shown without."""

    code = "file-locked"


class FilePageMissingError(NotFoundError):
    """The file has no such page."""

    code = "file-page-not-found"


class PhotoUnreadableError(DomainError):
    """This is no photo that we can read: bring a JPEG or a PNG."""

    code = "photo-unreadable"


class PhotoTooLargeError(DomainError):
    """A picture may have 100 million pixels at most."""

    code = "photo-too-large"


KINDS: dict[str, type[DomainError]] = {
    kind.code: kind
    for kind in (
        FileNotShownError,
        FileLockedError,
        FilePageMissingError,
        PhotoUnreadableError,
        PhotoTooLargeError,
    )
}
