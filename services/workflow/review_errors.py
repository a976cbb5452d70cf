"""Why workflow refuses those who review."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class PhraseInvalidError(DomainError):
    """A template needs a name, a text, and what it is for."""

    code = "phrase-invalid"


class PhraseNotFoundError(NotFoundError):
    """The unit keeps no such template."""

    code = "phrase-not-found"


class NoApprovalError(DomainError):
    """Nobody approves a result at this step."""

    code = "no-approval"
