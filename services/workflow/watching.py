"""Who is told of what: near dates, late cases, drafts that wait for an officer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.workflow.ports import Row, Watch
from shared.actor import Actor

OWN = ("near-due", "reminded", "supplement-drafted", "message")
UNIT_LEADER = (*OWN, "timed-out", "apology-drafted")
AGENCY_LEADER = ("overdue", "apology-drafted", "apology-proposed")
MANAGER = ("overdue",)


def watches(by: Actor) -> Iterator[Watch]:
    """What an officer has to see to: at their own steps, in their unit, everywhere."""
    if by.agency:
        yield Watch(OWN, by.agency, by.subject)
        if by.has("unit_leader"):
            yield Watch(UNIT_LEADER, by.agency)
        if by.has("agency_leader"):
            yield Watch(AGENCY_LEADER, by.agency)
    if by.has("manager"):
        yield Watch(MANAGER, None)


def alerts_of(row: Row, kinds: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each thing that happened to this step, and when it did."""
    for kind, since in row["alerts"].items():
        if kind in kinds:
            yield kind, {"kind": kind, "since": since}
