"""Why a page is not told of changes at once."""

from __future__ import annotations

from shared.errors import DomainError


class StreamsFullError(DomainError):
    """As many pages listen as this process can serve: ask now and then instead."""

    code = "streams-full"
