"""What signing and notifications tell: papers, and notices to the applicant."""

from __future__ import annotations

from services.portal.changes.base import Change, Row, change
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed
from shared.contracts.signing import PaperIssued, PaperWithdrawn


@change.register
def _(message: PaperIssued) -> Change:
    return Change(
        paper={
            "id": message.paper_id,
            "kind": message.kind,
            "title": message.title,
            "number": message.number,
            "unit": message.unit,
            "sha256": message.sha256,
            "size": message.size,
            "issued_at": message.issued_at,
        },
        line={"unit": message.unit, "name": message.title},
    )


@change.register
def _(message: PaperWithdrawn) -> Change:
    return Change(withdrawn_paper=message.paper_id, line={})


@change.register
def _(message: NoticeAccepted) -> Change:
    return Change(notice=notice(message, state="accepted", reason=None))


@change.register
def _(message: NoticeProgressed) -> Change:
    return Change(notice=notice(message, state=message.state, reason=message.reason))


def notice(
    message: NoticeAccepted | NoticeProgressed, *, state: str, reason: str | None
) -> Row:
    return {
        "id": message.notice_id,
        "channel": message.channel,
        "template": message.template,
        "language": message.language,
        "state": state,
        "reason": reason,
        "changed_at": message.occurred_at,
    }
