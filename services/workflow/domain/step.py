"""A step as its procedure defines it, and as it stands in one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.actor import Actor
from shared.personal import Erased, Personal
from shared.statuses import Status

OUTSIDE = ("system", "third_party")  # nobody of ours: an officer acts in their place
STAND_INS = ("reviewer", "clerk", "front_desk")
APPLICANT = "applicant"
NOT_OURS = (*OUTSIDE, APPLICANT)
IN_PROGRESS = int(Status.IN_PROGRESS)


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # for the applicant's answer
    DONE = "done"
    SKIPPED = "skipped"  # never opened
    STOPPED = "stopped"  # opened, and no longer needed


class Effect(StrEnum):
    """What an outcome does to the rest of the case."""

    CONTINUE = "continue"
    REPEAT = "repeat"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    END_BRANCH = "end_branch"  # refused, but only this branch of a parallel group
    TAKEN_BACK = "taken_back"  # what came before it is to be done again
    CANCELLED = "cancelled"  # nobody wants its answer any more


@dataclass(frozen=True)
class StepDefinition:
    """One step of the catalogue."""

    id: str
    name: dict[str, str]
    agency: str
    role: str
    depends_on: tuple[str, ...] = ()
    when: str | None = None
    group: str | None = None
    keys: str | None = None
    by: str | None = None
    outcomes: tuple[str, ...] = ("ok",)
    signature: str | None = None
    requires: tuple[str, ...] = ()
    status: int = IN_PROGRESS
    data_calls: tuple[str, ...] = ()
    clock: str = "counts"
    duration_minutes: int = 0
    timeout: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, step: Mapping[str, Any]) -> StepDefinition:
        branches = step.get("fan_out") or {}
        return cls(
            id=step["id"],
            name=step["name"],
            agency=step["agency"],
            role=step["role"],
            depends_on=tuple(step["depends_on"]),
            when=step.get("when"),
            group=step.get("parallel_group"),
            keys=branches.get("keys"),
            by=branches.get("by"),
            outcomes=tuple(step.get("outcomes", ["ok"])),
            signature=step.get("signature"),
            requires=tuple(step.get("requires", ())),
            status=step.get("status", IN_PROGRESS),
            data_calls=tuple(step.get("data_calls", ())),
            clock=step["clock"],
            duration_minutes=step["duration_minutes"],
            timeout=step.get("timeout"),
        )

    @property
    def rests(self) -> bool:
        """While it is open the whole dossier waits."""
        return self.status != IN_PROGRESS

    @property
    def is_approval(self) -> bool:
        """Whoever finishes it answers for the result."""
        return self.signature == "authority"

    @property
    def numbers_results(self) -> bool:
        return self.role == "clerk" or self.signature == "organisation"


@dataclass(frozen=True)
class Silence:
    """What follows when nobody acts at a step: by which rule, since when, and when."""

    timeout: Mapping[str, Any]  # value, unit and effect
    since: datetime
    until: datetime
    remind_at: datetime | None

    @property
    def effect(self) -> str:
        return str(self.timeout["effect"])


@dataclass
class Step:
    """One step of one case, or one of its branches: `step` or `step:branch`."""

    key: str
    unit: str
    role: str
    state: str = State.OPEN
    status: int = IN_PROGRESS
    opened_at: datetime | None = None
    assignee: str | None = None
    assigned_at: datetime | None = None
    assigned_by: str | None = None
    outcome: str | None = None
    effect: str | None = None
    finished_by: str | None = None
    finished_at: datetime | None = None
    note: Personal | Erased | None = None
    deadline_at: datetime | None = None
    silence: Silence | None = None
    reminders: int = 0
    on_behalf_of: str | None = None
    co_handlers: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.key.partition(":")[0]

    @property
    def is_settled(self) -> bool:
        return self.state in (State.DONE, State.SKIPPED, State.STOPPED)

    @property
    def is_asked(self) -> bool:
        """Another agency says what it thinks; silence means that it agrees."""
        return self.silence is not None and self.silence.effect == "consent"

    def may_be_done_by(self, by: Actor, applicant: str) -> bool:
        """Its role in its unit; where nobody of ours acts, an officer of the unit."""
        if self.role == APPLICANT:
            return by.party == applicant
        roles = STAND_INS if self.role in OUTSIDE else (self.role,)
        return by.agency == self.unit and by.has(*roles)
