"""A decision before it is one: all that its paper would say."""

from __future__ import annotations

from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.decision import TOLD, proposable
from services.workflow.domain.state import Act
from services.workflow.domain.step import State
from services.workflow.domain.waiting import said, words
from services.workflow.errors import NothingProposedError
from shared.errors import NotAllowedError

SAME = ("code", "procedure", "procedure_code", "procedure_name", "language")


def draft(
    case: Case, step: str, outcome: str | None, text: str, *, act: Act
) -> dict[str, Any]:
    """What is proposed at a step; with an outcome named, what would be proposed."""
    if outcome:
        case.require_proposer_at(case.open_step(step), act)
        found = proposable(outcome, act)
        return told(case, {key: found[key] for key in TOLD}, text, act=act)
    require_reader(case, step, act)
    if case.proposal is None:
        raise NothingProposedError(str(case.id))
    said_so = words(case.proposal.text) or ""
    return told(case, case.proposal.outcome, said_so, act=act)


def require_reader(case: Case, step: str, act: Act) -> None:
    """Who may propose there, or do the step: approve, number, return."""
    here = case.open_step(step)
    if case.may_do(here, act.by):
        return
    if step in case.consultations:
        raise NotAllowedError(step)
    case.require_proposer_at(here, act)


def told(case: Case, outcome: dict[str, Any], text: str, *, act: Act) -> dict[str, Any]:
    """By the names of `DecisionApproved`, in clear for whoever prints it."""
    approves = act.by.has("unit_leader", "agency_leader")
    return {
        **{name: getattr(case, name) for name in SAME},
        "dossier_id": str(case.dossier_id),
        "case_id": str(case.id),
        "legal_basis": act.route.definition["legal_basis"],
        "outcome": outcome,
        "unit": unit_of_approval(case, act),
        "received_at": said(case.received_at),
        "due_at": said(case.due_at),
        "proposed_by": case.proposal.by if case.proposal else act.by.subject,
        "approved_by": act.by.subject,
        "approver": act.by.name if approves else "",
        "text": text,
        "presentation": words(case.presentation),
        "applicant": case.applicant,
        "on_behalf_of": act.by.on_behalf_of if approves else None,
    }


def unit_of_approval(case: Case, act: Act) -> str:
    """Where the last signature is given; where none is foreseen, who worked last."""
    route = act.route
    for step in case.steps.values():
        if step.state == State.OPEN and route.definition_of(step.key).is_approval:
            return step.unit
    signing = [each for each in route.steps.values() if each.is_approval]
    foreseen = [each for each in signing if each.id not in route.after_paper]
    if not foreseen:
        return case.last_unit
    known = case.steps.get(foreseen[-1].id)
    place = route.directory.unit(case.unit)
    return known.unit if known else route.opening(foreseen[-1], place).unit
