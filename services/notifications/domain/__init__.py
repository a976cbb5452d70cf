"""Who is to be told about a dossier, and what became of each notice to them."""

from __future__ import annotations

from services.notifications.domain.contact import Channel, Contact, masked
from services.notifications.domain.notice import Notice, NoticeState
from services.notifications.domain.recipient import Facts, Matter, Recipient

__all__ = [
    "Channel",
    "Contact",
    "Facts",
    "Matter",
    "Notice",
    "NoticeState",
    "Recipient",
    "masked",
]
