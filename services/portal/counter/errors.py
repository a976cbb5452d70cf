"""Why the desk stops before anything is sent, or in the middle of it."""

from __future__ import annotations

from typing import Any

from shared.errors import DomainError


class CardUnreadableError(DomainError):
    """This is not what the QR code of an identity card says."""

    code = "card-unreadable"


class CardContradictsError(DomainError):
    """The number on the card does not fit its date of birth, sex or province."""

    code = "card-contradicts"


class FeeChangedError(DomainError):
    """What has to be paid is another sum than the one that was shown."""

    code = "fee-changed"


class FilingIncompleteError(DomainError):
    """Something is still wrong or missing in this filing."""

    code = "filing-incomplete"

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__()
        self._problems = problems

    @property
    def details(self) -> list[dict[str, Any]]:
        return self._problems


class FilesBeingCheckedError(DomainError):
    """Scans are still being checked: a moment, then once more."""

    code = "files-being-checked"


class UnsignedError(DomainError):
    """Whoever takes the result signs for it, on the screen or on paper."""

    code = "unsigned"
