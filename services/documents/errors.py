"""Why documents refuses."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class FileUnknownError(NotFoundError):
    """No file has this id."""

    code = "file-not-found"


class FileNameError(DomainError):
    """A file needs a name that people can read, of 200 characters at most."""

    code = "file-name-invalid"


class MediaTypeError(DomainError):
    """Files of this type are not taken: bring a PDF, a JPEG or a PNG."""

    code = "media-type-not-allowed"


class FileTooLargeError(DomainError):
    """A file may have 200 MB at most."""

    code = "file-too-large"


class FileHereError(DomainError):
    """This file has already arrived. Bring another version as a new file."""

    code = "file-already-received"


class FileMissingError(DomainError):
    """Nothing has arrived for this file yet: send it first."""

    code = "file-missing"


class FileNotReceivedError(DomainError):
    """Only a file that has just arrived can be looked into."""

    code = "file-not-received"


class FileNotReadyError(DomainError):
    """This file has not been looked into yet: try again in a moment."""

    code = "file-not-ready"


class FileQuarantinedError(DomainError):
    """This file is in quarantine: nobody can fetch it."""

    code = "file-quarantined"


class FixityBrokenError(DomainError):
    """The stored file is not the one that was accepted. The operators were told."""

    code = "fixity-broken"
