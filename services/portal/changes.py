"""What each message changes on the screens: pure, from message to change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from services.portal.words import folded
from shared.contracts.base import Message
from shared.contracts.documents import FileChecked
from shared.contracts.intake import (
    DossierAccepted,
    DossierFacts,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
    DossierTouched,
    DossierWithdrawn,
    FeesSettled,
    ProcedurePublished,
    ResultReturned,
    SupplementAnswered,
    SupplementRequested,
    WithdrawalRequested,
)
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed
from shared.contracts.signing import PaperIssued
from shared.contracts.workflow import (
    CaseTouched,
    DecisionApproved,
    ResultReleased,
    StepFinished,
    StepOpened,
    SupplementAsked,
    WithdrawalDecided,
)

Heard = (
    ProcedurePublished
    | DossierOpened
    | DossierTouched
    | DossierSubmitted
    | DossierAccepted
    | DossierRefused
    | SupplementRequested
    | SupplementAnswered
    | FeesSettled
    | WithdrawalRequested
    | DossierWithdrawn
    | ResultReturned
    | CaseTouched
    | StepOpened
    | StepFinished
    | SupplementAsked
    | DecisionApproved
    | ResultReleased
    | WithdrawalDecided
    | FileChecked
    | PaperIssued
    | NoticeAccepted
    | NoticeProgressed
)

Row = dict[str, Any]

SUBMITTED, ACCEPTED, REFUSED, IN_PROGRESS, ASKED = 1, 2, 3, 4, 5
WITHDRAWN, READY, RETURNED = 7, 9, 10


@dataclass(frozen=True)
class Change:
    """What is now known of a dossier, who may see it, and what is worth a line."""

    known: Row = field(default_factory=dict)
    status: int | None = None
    parties: tuple[str, ...] = ()
    line: Row | None = None  # of the public timeline
    paper: Row | None = None
    notice: Row | None = None
    procedure: Row | None = None


@singledispatch
def change(message: Message) -> Change:
    """Most messages only say that the dossier changed."""
    return Change()


@change.register
def _(message: ProcedurePublished) -> Change:
    definition = message.definition
    names = [*definition["names"].values(), definition["code"], message.slug]
    return Change(
        procedure={
            "slug": message.slug,
            "version": message.version,
            "valid_from": definition["version"]["valid_from"],
            "valid_to": definition["version"]["valid_to"],
            "definition": definition,
            "words": folded(" ".join(names)),
        }
    )


@change.register
def _(message: DossierOpened) -> Change:
    known = {
        "procedure": message.procedure,
        "version": message.version,
        "channel": message.channel,
        "applicant": message.applicant,
        "unit": message.unit,
        "tracking_code": message.tracking_code,
        "language": message.language,
        "opened_at": message.occurred_at,
    }
    parties = (message.applicant, *([message.unit] if message.unit else []))
    return Change(known=known, parties=parties)


def facts(message: DossierFacts) -> Row:
    """What every message about a filed dossier says of it."""
    return {
        "procedure": message.procedure,
        "version": message.version,
        "procedure_code": message.procedure_code,
        "procedure_name": message.procedure_name,
        "channel": message.channel,
        "result_channel": message.result_channel,
        "applicant": message.applicant,
        "unit": message.unit,
        "tracking_code": message.tracking_code,
        "language": message.language,
        "words": folded(" ".join(message.procedure_name.values())),
    }


@change.register
def _(message: DossierSubmitted) -> Change:
    return Change(
        known=facts(message) | {"acknowledge_by": message.acknowledge_by},
        status=SUBMITTED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit},
    )


@change.register
def _(message: DossierAccepted) -> Change:
    known = facts(message)
    times = {"received_at": message.received_at, "due_at": message.due_at}
    words = {"words": f"{folded(message.code)} {known['words']}"}
    return Change(
        known=known | times | words | {"code": message.code},
        status=ACCEPTED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit, "role": "front_desk"},
    )


@change.register
def _(message: DossierRefused) -> Change:
    return Change(
        known=facts(message),
        status=REFUSED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit, "role": "front_desk"},
    )


@change.register
def _(message: SupplementRequested) -> Change:
    return Change(status=ASKED, line={})


@change.register
def _(message: SupplementAnswered) -> Change:
    before_acceptance = message.stage == "intake"
    return Change(status=SUBMITTED if before_acceptance else IN_PROGRESS, line={})


@change.register
def _(message: FeesSettled) -> Change:
    return Change(line={})


@change.register
def _(message: WithdrawalRequested) -> Change:
    return Change(line={})


@change.register
def _(message: DossierWithdrawn) -> Change:
    return Change(status=WITHDRAWN, line={})


@change.register
def _(message: ResultReturned) -> Change:
    return Change(status=RETURNED, line={})


@change.register
def _(message: StepOpened) -> Change:
    return Change(
        known={"due_at": message.due_at} if message.due_at else {},
        status=message.status,
        parties=(message.unit,),
        line={
            "unit": message.unit,
            "role": message.role,
            "step": message.step,
            "name": message.name,
        },
    )


@change.register
def _(message: StepFinished) -> Change:
    if message.outcome is None:  # needless: nobody did anything
        return Change()
    return Change(line={"unit": message.unit, "step": message.step})


@change.register
def _(message: DecisionApproved) -> Change:
    return Change(line={"unit": message.unit, "role": "agency_leader"})


@change.register
def _(message: ResultReleased) -> Change:
    known = {
        "outcome": message.outcome,
        "outcome_kind": message.outcome_kind,
        "outcome_title": message.outcome_title,
    }
    return Change(known=known, status=READY, line={"unit": message.unit})


@change.register
def _(message: WithdrawalDecided) -> Change:
    return Change() if message.granted else Change(line={})


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
