"""What a case tells those who may know: the officers involved, and its applicant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from services.workflow.domain.allowed import allowed, allowed_at
from services.workflow.domain.case import Case
from services.workflow.domain.explanation import apology_account
from services.workflow.domain.facts import expected
from services.workflow.domain.outcomes import decisive
from services.workflow.domain.route import Route, instances
from services.workflow.domain.state import Act, plain
from services.workflow.domain.step import Step, StepDefinition
from services.workflow.domain.waiting import handovers, said, waiting_for, words
from shared.actor import Actor


def account(case: Case, act: Act, *, deputies: Sequence[Actor] = ()) -> dict[str, Any]:
    """The case as it stands; its content only for the officers involved.

    `deputies` are the asker again, with the roles of each for whom they stand in.
    """
    acts = [act, *(replace(act, by=each) for each in deputies)]
    route, is_officer = act.route, case.is_involved(act.by)
    told = {
        "id": str(case.id),
        "version": case.version,
        "dossier_id": str(case.dossier_id),
        "code": case.code,
        "procedure": case.procedure,
        "procedure_version": case.procedure_version,
        "procedure_name": case.procedure_name,
        "unit": case.unit,
        "received_at": said(case.received_at),
        "due_at": said(case.due_at),
        "status": int(case.status),
        "steps": steps(case, acts, is_officer=is_officer),
        "waiting_for": waiting_for(case, route, is_officer=is_officer),
        "withdrawal_wish": said(case.withdrawal_wished_at),
        "suspension": suspension(case),
        "payment": payment(case),
        "result": result(case) if is_officer or case.is_released else None,
    }
    return told | content(case, acts) if is_officer else told


def content(case: Case, acts: Sequence[Act]) -> dict[str, Any]:
    """For the officers involved."""
    outcomes = decisive(acts[0].route.definition)
    return {
        "answers": plain(case.answers),
        "facts": case.known_facts,
        "fees_settled": case.fees_settled,
        "proposal": proposal(case),
        "proposable": [
            {key: each[key] for key in ("code", "kind", "title")} for each in outcomes
        ],
        "consultations": consultations(case),
        "opinions": [
            {
                "step": each.step,
                "text": words(each.text),
                "by": each.by,
                "at": said(each.at),
            }
            for each in case.opinions
        ],
        "supplement_draft": case.draft
        and {"step": case.draft.step, "since": said(case.draft.since)},
        "supplements_allowed": case.allowances,
        "apology": apology_account(case),
        "handovers": handovers(case),
        "allowed": offered(allowed(case, each) for each in acts),
    }


def proposal(case: Case) -> dict[str, Any] | None:
    if (found := case.proposal) is None:
        return None
    return {
        "outcome": found.outcome["code"],
        "kind": found.kind,
        "title": found.outcome["title"],
        "text": words(found.text),
        "proposed_by": found.by,
        "proposed_at": said(found.at),
        "on_behalf_of": found.on_behalf_of,
    }


def consultations(case: Case) -> list[dict[str, Any]]:
    """What was asked, of whom, until when, and what they said."""
    return [
        {
            "step": key,
            "asked_at": each.step,
            "unit": each.unit,
            "question": words(each.question),
            "asked_by": each.by,
            "since": said(each.at),
            "deadline_at": said(case.steps[key].deadline_at),
            "state": str(case.steps[key].state),
            "opinion": words(case.steps[key].note),
            "answered_by": case.steps[key].finished_by,
            "answered_at": said(case.steps[key].finished_at),
        }
        for key, each in case.consultations.items()
    ]


def suspension(case: Case) -> dict[str, Any] | None:
    if (found := case.suspension) is None:
        return None
    return {
        "reason": words(found.reason),
        "legal_basis": found.legal_basis,
        "since": said(found.since),
        "by": found.by,
    }


def payment(case: Case) -> dict[str, Any] | None:
    if (found := case.payment) is None:
        return None
    return {
        "step": found.step,
        "amount": found.amount,
        "name": found.name,
        "basis": found.legal_basis,
        "since": said(found.since),
    }


def steps(case: Case, acts: Sequence[Act], *, is_officer: bool) -> list[dict[str, Any]]:
    """Those to come, too, in the order of the procedure; consultations at the end."""
    route = acts[0].route
    order: dict[str, float] = {id: number for number, id in enumerate(route.steps)}
    order[route.consultation.id] = len(order)
    order[route.approval.id] = len(route.steps) - 1.5
    to_come = [
        Step(each.id, "", each.role, state="waiting")
        for each in route.steps.values()
        if not instances(each.id, case.steps)
    ]
    known = sorted([*case.steps.values(), *to_come], key=lambda each: order[each.id])
    return [told_step(each, case, acts, is_officer=is_officer) for each in known]


def told_step(
    step: Step, case: Case, acts: Sequence[Act], *, is_officer: bool
) -> dict[str, Any]:
    route = acts[0].route
    definition = route.definition_of(step.key)
    told = {
        "step": step.key,
        "step_id": step.id,
        "name": definition.name,
        "unit": step.unit,
        "role": definition.role,
        "state": str(step.state),
        "signature": definition.signature,
        "outcome": step.outcome,
        "opened_at": said(step.opened_at),
        "finished_at": said(step.finished_at),
        "deadline_at": said(step.deadline_at),
    }
    if not is_officer:
        return told
    return told | {
        "assignee": step.assignee,
        "assigned_at": said(step.assigned_at),
        "finished_by": step.finished_by,
        "on_behalf_of": step.on_behalf_of,
        "co_handlers": step.co_handlers,
        "allowed": offered(allowed_at(step, case, each) for each in acts),
        "note": words(step.note),
        "outcomes": choices(definition, route),
        "facts": [
            {key: each[key] for key in ("name", "label", "type", "required")}
            | {"options": each.get("options", [])}
            for each in expected(definition, route, case.known_facts)
        ],
    }


def offered(lists: Iterable[list[str]]) -> list[str]:
    """Each command once."""
    return list(dict.fromkeys(name for each in lists for name in each))


def choices(definition: StepDefinition, route: Route) -> list[dict[str, Any]]:
    """The outcomes an officer chooses from, and what each leads to."""
    listed = route.directory.common["enums"]["step_outcome"]
    return [
        {
            "code": each["code"],
            "label": each["label"],
            "effect": route.effect(definition, each["code"]),
        }
        for each in listed
        if each["code"] in definition.outcomes
    ]


def result(case: Case) -> dict[str, Any] | None:
    if case.approval is None or case.proposal is None:
        return None
    return {
        "outcome": case.proposal.outcome["code"],
        "kind": case.proposal.kind,
        "title": case.proposal.outcome["title"],
        "approved_by": case.approval.by,
        "approved_at": said(case.approval.at),
        "on_behalf_of": case.approval.on_behalf_of,
        "unit": case.approval.unit,
        "paper_id": str(case.paper.id) if case.paper else None,
        "number": case.paper.number if case.paper else None,
        "branches": [
            {"paper_id": str(each.id), "number": each.number}
            for each in case.branch_papers
        ],
    }
