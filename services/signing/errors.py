"""Why signing refuses."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class PaperNotFoundError(NotFoundError):
    """No paper has this id."""

    code = "paper-not-found"


class CorrespondenceNotFoundError(NotFoundError):
    """No paper was ever due for this dossier."""

    code = "correspondence-not-found"


class ReceiptNotFoundError(NotFoundError):
    """The dossier was not received yet."""

    code = "receipt-not-found"


class RegisterNotFoundError(NotFoundError):
    """No number was given in this register."""

    code = "register-not-found"


class PaperNotIssuedError(DomainError):
    """The paper is not sealed yet."""

    code = "paper-not-issued"


class PapersAwayError(DomainError):
    """The store of papers does not answer now. Ask again later."""

    code = "papers-away"


class PaperErasedError(DomainError):
    """What the paper was to say has been erased; it can no longer be made."""

    code = "paper-erased"
    reason = "content-erased"
