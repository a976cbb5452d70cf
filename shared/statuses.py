"""The ten business statuses of a dossier, and the transitions between them.

The numbers are those of the national portal; the table is section 3.2 of the domain
reference. Nothing stores a status: each service derives it from what has happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """Late is no status: it is a fact about the deadline."""

    SUBMITTED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    SUSPENDED = 8  # for a while, or stopped for good by notice (form 05)
    READY = 9
    RETURNED = 10


FINAL = (Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.RETURNED)


@dataclass(frozen=True)
class Transition:
    """One line of the table; a dossier that begins comes from nowhere."""

    number: str
    sources: tuple[Status | None, ...]
    targets: tuple[Status, ...]
    action: str
    actors: tuple[str, ...]
    guard: str
    effect: str


_S = Status

TRANSITIONS = (
    Transition(
        "T1",
        (None,),
        (_S.SUBMITTED,),
        "submit online",
        ("applicant",),
        "identity verified; mandatory fields given; checks without error",
        "electronic acknowledgement; the front desk answers within 8 working hours",
    ),
    Transition(
        "T2",
        (None,),
        (_S.ACCEPTED,),
        "receive at the counter",
        ("front_desk",),
        "complete",
        "code given; form 01; the clock starts",
    ),
    Transition(
        "T3",
        (_S.SUBMITTED,),
        (_S.ACCEPTED,),
        "accept",
        ("front_desk",),
        "complete",
        "code given; form 01; the clock starts",
    ),
    Transition(
        "T4",
        (_S.SUBMITTED,),
        (_S.NOT_ACCEPTED,),
        "refuse to receive",
        ("front_desk",),
        "a reason is given",
        "form 03",
    ),
    Transition(
        "T5",
        (_S.SUBMITTED, _S.ACCEPTED, _S.IN_PROGRESS),
        (_S.SUPPLEMENT_ASKED,),
        "ask for a supplement",
        ("front_desk", "reviewer"),
        "within the limit of the stage, or allowed once more on a legal basis",
        "form 02; the clock stops",
    ),
    Transition(
        "T6",
        (_S.SUPPLEMENT_ASKED,),
        (_S.SUBMITTED,),
        "answer before acceptance",
        ("applicant",),
        "everything that was asked for is given",
        "checked again",
    ),
    Transition(
        "T7",
        (_S.SUPPLEMENT_ASKED,),
        (_S.ACCEPTED, _S.IN_PROGRESS),
        "answer after acceptance",
        ("applicant", "front_desk"),
        "everything that was asked for is given",
        "back to where it was asked; the clock goes on, or starts anew",
    ),
    Transition(
        "T8",
        (_S.SUPPLEMENT_ASKED,),
        (_S.NOT_ACCEPTED,),
        "refuse for want of an answer",
        ("front_desk",),
        "not before the deadline; never without a person",
        "form 03",
    ),
    Transition(
        "T9",
        (_S.ACCEPTED,),
        (_S.IN_PROGRESS,),
        "forward",
        ("front_desk",),
        "received",
        "a line of the control sheet (form 06)",
    ),
    Transition(
        "T10",
        (_S.IN_PROGRESS,),
        (_S.IN_PROGRESS,),
        "forward, send back one step, recall",
        ("handler",),
        "recall only while the receiver has not acted; no paper of it is made yet",
        "a line of the control sheet; what came behind is opened again later",
    ),
    Transition(
        "T11",
        (_S.IN_PROGRESS,),
        (_S.PAYMENT_ASKED,),
        "ask for payment",
        ("reviewer", "unit_leader"),
        "amount and legal basis named; the result not approved",
        "the clock stops; also by opening a step of this status",
    ),
    Transition(
        "T12",
        (_S.PAYMENT_ASKED,),
        (_S.IN_PROGRESS,),
        "paid",
        ("system", "cashier"),
        "nothing remains to be paid",
        "receipt; the clock goes on",
    ),
    Transition(
        "T13",
        (_S.IN_PROGRESS,),
        (_S.SUSPENDED,),
        "suspend, or stop for good",
        ("agency_leader",),
        "reason and legal basis named; to stop: the result not approved",
        "notice (form 05 when stopped); the clock stops; also by opening a step of "
        "this status",
    ),
    Transition(
        "T14",
        (_S.SUSPENDED,),
        (_S.IN_PROGRESS,),
        "resume",
        ("agency_leader",),
        "suspended, not stopped for good",
        "the clock goes on",
    ),
    Transition(
        "T15",
        (_S.IN_PROGRESS, _S.PAYMENT_ASKED, _S.SUSPENDED),
        (_S.IN_PROGRESS,),
        "recall",
        ("sender",),
        "the receiver has not acted",
        "at the previous handler again",
    ),
    Transition(
        "T16",
        (_S.READY,),
        (_S.IN_PROGRESS,),
        "send the result back",
        ("clerk", "agency_leader"),
        "not yet returned; reason and legal basis named",
        "the sealed result is withdrawn first; a new approval makes a new paper",
    ),
    Transition(
        "T17",
        (_S.ACCEPTED, _S.IN_PROGRESS),
        (_S.READY,),
        "finish",
        ("agency_leader", "unit_leader", "clerk"),
        "approved by another person than proposed it; signed, numbered and sealed",
        "the applicant is told",
    ),
    Transition(
        "T18",
        (_S.READY,),
        (_S.RETURNED,),
        "return",
        ("return_officer", "system"),
        "fees settled; the result signed",
        "hand-over receipt; the applicant may rate the service",
    ),
    Transition(
        "T19",
        (
            _S.SUBMITTED,
            _S.ACCEPTED,
            _S.IN_PROGRESS,
            _S.SUPPLEMENT_ASKED,
            _S.PAYMENT_ASKED,
            _S.SUSPENDED,
        ),
        (_S.WITHDRAWN,),
        "withdraw",
        ("applicant", "reviewer", "unit_leader", "agency_leader", "front_desk"),
        "the applicant asks, the authority decides; the result not yet approved",
        "form 05",
    ),
)

BY_NUMBER = {each.number: each for each in TRANSITIONS}


def is_allowed(source: Status | None, target: Status) -> bool:
    """Some line of the table leads from here to there."""
    return any(
        source in each.sources and target in each.targets for each in TRANSITIONS
    )
