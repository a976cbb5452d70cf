"""Words of a search, as the read models look for them."""

from __future__ import annotations

from shared.search_words import folded


def patterns(query: str) -> list[str]:
    """Each word of a search, as LIKE wants it; at most eight of them."""
    escaped = (
        word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        for word in folded(query).split()[:8]
    )
    return [f"%{word}%" for word in escaped]
