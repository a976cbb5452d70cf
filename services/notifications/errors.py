"""Why notifications refuses, or asks to be told again."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class NoticeNotFoundError(NotFoundError):
    """No notice has this id."""

    code = "notice-not-found"


class NoticeUnderWayError(DomainError):
    """The notice is still on its way."""

    code = "notice-under-way"


class NoAddressError(DomainError):
    """There is no address to which the notice could go."""

    code = "no-address"


class ReasonMissingError(DomainError):
    """A notice is sent again only for a reason."""

    code = "reason-missing"


class TooEarlyError(Exception):
    """A message came before the one that tells what it speaks of; it is heard again."""
