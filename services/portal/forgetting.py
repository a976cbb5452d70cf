"""A person is forgotten: what the portal keeps under its own key goes too."""

from __future__ import annotations

from typing import Any

from services.portal import code_store, drafts, kept_forms, sessions, typed
from shared.contracts.base import Message

NOTE = """
    INSERT INTO portal_erasures (source, position, subject, erased_at)
    VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING position
"""
EVERYWHERE = (
    sessions.FORGET,
    kept_forms.FORGET,
    code_store.FORGET,
    typed.FORGET,
    drafts.FORGET,
    drafts.FORGET_LINKS,
)


def forget(cursor: Any, message: Message, subject: str) -> None:
    """Once for each erasure: who comes back types anew, also if it is heard anew."""
    place = (message.source, message.position)
    cursor.execute(NOTE, (*place, subject, message.occurred_at))
    if cursor.fetchone() is None:
        return
    for query in EVERYWHERE:
        cursor.execute(query, {"subject": subject})
