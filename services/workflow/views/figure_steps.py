"""How long each step of a case was open: what each event says of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any

from psycopg.types.json import Jsonb

from services.workflow.domain import Case

Change = tuple[str, dict[str, Any]]  # a statement, and its values

ENTER = """
    INSERT INTO workflow_figure_steps (case_id, step, name, unit, opened_at)
    VALUES (%(case_id)s, %(step)s, %(name)s, %(unit)s, %(at)s)
"""
LEAVE = """
    UPDATE workflow_figure_steps SET left_at = %(at)s, is_done = %(is_done)s
    WHERE case_id = %(case_id)s AND step = ANY(%(steps)s) AND left_at IS NULL
"""
LEAVE_ALL = """
    UPDATE workflow_figure_steps SET left_at = %(at)s
    WHERE case_id = %(case_id)s AND left_at IS NULL
"""


@singledispatch
def steps(event: object) -> Iterable[Change]:
    """Most events neither open nor end a step."""
    return ()


@steps.register
def _(event: Case.StepOpened) -> Iterable[Change]:
    row = {"step": event.step, "name": Jsonb(event.name), "unit": event.unit}
    yield ENTER, {"case_id": event.originator_id, "at": event.opened_at, **row}


@steps.register
def _(event: Case.StepFinished) -> Iterable[Change]:
    yield left(event, [event.step], event.finished_at, is_done=True)


@steps.register
def _(event: Case.StepTimedOut) -> Iterable[Change]:
    yield left(event, [event.step], event.timed_out_at, is_done=True)


@steps.register
def _(event: Case.StepSkipped) -> Iterable[Change]:
    yield left(event, [event.step], event.timestamp)


@steps.register
def _(event: Case.StepSentBack) -> Iterable[Change]:
    """Who sends back has looked at it; what else was open is taken away."""
    yield left(event, [event.step], event.sent_at, is_done=True)
    yield left(event, event.taken, event.sent_at)


@steps.register
def _(event: Case.StepRecalled) -> Iterable[Change]:
    yield left(event, event.taken, event.recalled_at)


@steps.register
def _(event: Case.ResultWithdrawn) -> Iterable[Change]:
    yield left(event, event.taken, event.withdrawn_at)


@steps.register
def _(event: Case.WithdrawalDecided) -> Iterable[Change]:
    if event.granted:
        yield ended(event, event.decided_at)


@steps.register
def _(event: Case.Closed) -> Iterable[Change]:
    yield ended(event, event.closed_at)


@steps.register
def _(event: Case.Lapsed) -> Iterable[Change]:
    yield ended(event, event.lapsed_at)


@steps.register
def _(event: Case.ProcessingStopped) -> Iterable[Change]:
    yield ended(event, event.stopped_at)


def left(
    event: Any, steps: list[str], at: datetime, *, is_done: bool = False
) -> Change:
    row = {"case_id": event.originator_id, "steps": steps, "at": at}
    return LEAVE, row | {"is_done": is_done}


def ended(event: Any, at: datetime) -> Change:
    return LEAVE_ALL, {"case_id": event.originator_id, "at": at}
