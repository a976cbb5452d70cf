"""What passes between applicant and offices: messages, helpers, ratings, complaints."""

from __future__ import annotations

from services.portal.changes.base import Change, change
from shared.contracts.intake import (
    ComplaintAnswered,
    ComplaintLodged,
    DossierShared,
    DossierUnshared,
    MessagesRead,
    MessageWritten,
    ServiceRated,
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


@change.register
def _(message: ServiceRated) -> Change:
    rating = {
        "procedure": message.procedure,
        "unit": message.unit,
        "score": message.score,
        "rated_at": message.occurred_at,
    }
    return Change(rating=rating)


@change.register
def _(message: ComplaintLodged) -> Change:
    complaint = {
        "id": message.complaint_id,
        "subject": message.subject,
        "procedure": message.procedure,
        "unit": message.unit,
        "lodged_at": message.occurred_at,
        "answer_by": message.answer_by,
    }
    return Change(complaint=complaint)


@change.register
def _(message: ComplaintAnswered) -> Change:
    answered = {"outcome": message.outcome, "answered_at": message.occurred_at}
    return Change(complaint={"id": message.complaint_id} | answered)
