"""What passes between applicant and offices: messages, helpers, ratings, complaints."""

from __future__ import annotations

from services.portal.changes.base import Change, change
from shared.contracts.intake import (
    DossierShared,
    DossierUnshared,
    MessagesRead,
    MessageWritten,
)

UNREAD = {"citizen": "has_news_for_applicant", "staff": "has_news_for_staff"}


@change.register
def _(message: MessageWritten) -> Change:
    """Who writes has read; the other side has news."""
    news = {UNREAD[side]: side != message.by_kind for side in UNREAD}
    return Change(known=news)


@change.register
def _(message: MessagesRead) -> Change:
    return Change(known={UNREAD[message.by_kind]: False})


@change.register
def _(message: DossierShared) -> Change:
    return Change(parties=(message.party,), line={})


@change.register
def _(message: DossierUnshared) -> Change:
    return Change(gone=(message.party,), line={})
