"""What a case tells those who may know: the officers involved, and its applicant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.decision import GRANTS, REFUSAL
from services.workflow.domain.facts import expected
from services.workflow.domain.route import Route, instances
from services.workflow.domain.state import Text, plain
from services.workflow.domain.step import Step, StepDefinition
from shared.actor import Actor
from shared.personal import Erased


def account(case: Case, route: Route, *, by: Actor) -> dict[str, Any]:
    """The case as it stands; its content only for the officers involved."""
    is_officer = case.is_involved(by)
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
        "status": case.status,
        "steps": steps(case, route, is_officer=is_officer),
        "result": result(case) if is_officer or case.is_released else None,
    }
    return told | content(case, route) if is_officer else told


def content(case: Case, route: Route) -> dict[str, Any]:
    proposal = case.proposal
    return {
        "answers": plain(case.answers),
        "facts": case.known_facts,
        "fees_settled": case.fees_settled,
        "proposal": proposal
        and {
            "outcome": proposal.outcome["code"],
            "kind": proposal.kind,
            "title": proposal.outcome["title"],
            "text": words(proposal.text),
            "proposed_by": proposal.by,
            "proposed_at": said(proposal.at),
        },
        "proposable": [
            {key: each[key] for key in ("code", "kind", "title")}
            for each in route.definition["outcomes"]
            if each["kind"] in (*GRANTS, REFUSAL)
        ],
    }


def steps(case: Case, route: Route, *, is_officer: bool) -> list[dict[str, Any]]:
    """Those to come, too, in the order of the procedure."""
    order = {id: number for number, id in enumerate(route.steps)}
    order[route.approval.id] = len(order) - 1.5  # type: ignore[assignment]
    to_come = [
        Step(each.id, "", each.role, state="waiting")
        for each in route.steps.values()
        if not instances(each.id, case.steps)
    ]
    known = sorted([*case.steps.values(), *to_come], key=lambda each: order[each.id])
    return [told_step(each, route, is_officer=is_officer) for each in known]


def told_step(step: Step, route: Route, *, is_officer: bool) -> dict[str, Any]:
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
    }
    if not is_officer:
        return told
    return told | {
        "assignee": step.assignee,
        "assigned_at": said(step.assigned_at),
        "finished_by": step.finished_by,
        "note": words(step.note),
        "outcomes": choices(definition, route),
        "facts": [
            {key: each[key] for key in ("name", "label", "type", "required")}
            | {"options": each.get("options", [])}
            for each in expected(definition, route)
        ],
    }


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
        "unit": case.approval.unit,
        "paper_id": str(case.paper.id) if case.paper else None,
        "number": case.paper.number if case.paper else None,
    }


def said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def words(text: Text | None) -> str | None:
    return None if text is None or isinstance(text, Erased) else text.value
