"""Whom a case waits for, since when and until when: nothing blocks silently."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.memory import Asked, Payment, Text
from services.workflow.domain.route import Route
from services.workflow.domain.step import APPLICANT, State, Step
from shared.personal import Erased


def waiting_for(case: Case, route: Route, *, is_officer: bool) -> list[dict[str, Any]]:
    """Each open step, the applicant, a leader, or the sealing of a paper."""
    lines = [
        *(at_step(each, route) for each in case.steps.values() if is_open(each)),
        *outside(case, route),
    ]
    return lines if is_officer else [{**each, "assignee": None} for each in lines]


def is_open(step: Step) -> bool:
    return step.state == State.OPEN


def at_step(step: Step, route: Route) -> dict[str, Any]:
    definition = route.definition_of(step.key)
    return line(
        step.key,
        definition.name,
        unit=step.unit,
        role=definition.role,
        assignee=step.assignee,
        since=step.opened_at,
        deadline_at=step.deadline_at,
    )


def outside(case: Case, route: Route) -> Iterator[dict[str, Any]]:
    """What nobody's queue shows."""
    asked: list[Asked | Payment | None] = [case.asked, case.payment]
    for each in [x for x in asked if x]:
        name = route.definition_of(each.step).name
        yield line(each.step, name, role=APPLICANT, since=each.since)
    if case.suspension and not case.is_ended:
        yield line(None, None, role="agency_leader", since=case.suspension.since)
    if case.withdrawal_wished_at:
        since = case.withdrawal_wished_at
        yield line(None, None, unit=case.unit, role="reviewer", since=since)
    if case.is_requested and not case.paper:
        yield line(None, None, role="system", since=case.requested_at)
    for key in [*case.branch_results][len(case.branch_papers) :]:
        name, since = route.definition_of(key).name, case.branch_results[key]
        yield line(key, name, role="system", since=since)


def line(
    step: str | None,
    name: dict[str, str] | None,
    *,
    role: str,
    since: datetime | None,
    **more: Any,
) -> dict[str, Any]:
    deadline_at = more.get("deadline_at")
    return {
        "step": step,
        "name": name,
        "unit": more.get("unit"),
        "role": role,
        "assignee": more.get("assignee"),
        "since": said(since),
        "deadline_at": said(deadline_at),
    }


def handovers(case: Case) -> list[dict[str, Any]]:
    """The lines of the control sheet (form 06)."""
    return [
        {
            "step": each.step,
            "unit": each.unit,
            "at": said(each.at),
            "deliverer": each.deliverer,
            "receiver": each.receiver,
            "result": each.result,
            "remark": words(each.remark),
        }
        for each in case.hops
    ]


def said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def words(text: Text | None) -> str | None:
    return None if text is None or isinstance(text, Erased) else text.value
