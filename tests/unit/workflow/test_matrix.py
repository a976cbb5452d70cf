"""Each status, each command, each role: done, or refused in words people can read."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from services.workflow.domain.state import Act
from shared.errors import DomainError
from tests.builders.workflow import (
    LATER,
    REVIEW,
    SIGN,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_released_case,
    a_step,
)
from tests.unit.workflow.commands import BY_PEOPLE, LAW, WHY, somebody

LOCALES = Path(__file__).parents[3] / "services/portal/locales"
SENTENCES = {
    code: sentence
    for file in (LOCALES / "refusals").glob("*.json")
    for code, sentence in json.loads(file.read_text()).items()
}

ROLES = (
    "applicant",
    "front_desk",
    "reviewer",
    "unit_leader",
    "agency_leader",
    "clerk",
    "return_officer",
    "cashier",
    "manager",
    "auditor",
    "administrator",
)
LEADER = somebody("agency_leader", "ubnd_xa")


def accepted() -> Handling:
    """Before anything was forwarded; no command leads here, only a moment."""
    handling = a_case()
    del handling.case.steps["review"]
    handling.case.has_begun = False
    return handling


def in_progress() -> Handling:
    other = a_step("other", "receive")
    sign = {**SIGN, "depends_on": ["review", "other"]}
    return a_case(a_definition(REVIEW, other, sign))


def asked() -> Handling:
    handling = in_progress()
    handling.ask("review", "CC01")
    return handling


def to_be_paid() -> Handling:
    handling = in_progress()
    act = handling.act(handling.officer("review"))
    BY_PEOPLE["ask_payment"](handling.case, "review", act)
    return handling


def suspended() -> Handling:
    handling = in_progress()
    handling.case.suspend(WHY, LAW, act=handling.act(LEADER))
    return handling


def stopped() -> Handling:
    handling = in_progress()
    handling.case.stop(WHY, LAW, act=handling.act(LEADER))
    return handling


def withdrawn() -> Handling:
    handling = in_progress()
    handling.case.wish_withdrawal(act=handling.act())
    handling.decide_withdrawal(granted=True)
    return handling


def lapsed() -> Handling:
    handling = asked()
    handling.case.lapse(refused_by="front-desk-1", act=handling.act())
    return handling


def closed() -> Handling:
    handling = a_released_case()
    handling.hand_over()
    return handling


SITUATIONS: dict[str, tuple[int, Callable[[], Handling]]] = {
    "accepted": (2, accepted),
    "lapsed": (3, lapsed),
    "in progress": (4, in_progress),
    "to be signed": (4, a_proposed_case),
    "asked": (5, asked),
    "to be paid": (6, to_be_paid),
    "withdrawn": (7, withdrawn),
    "suspended": (8, suspended),
    "stopped": (8, stopped),
    "ready": (9, a_released_case),
    "returned": (10, closed),
}

# What is done, by whom, in the unit that has the case: everything else is refused.
DONE = {
    ("in progress", "claim_step"): {"reviewer"},
    ("in progress", "assign_step"): {"unit_leader", "agency_leader"},
    ("in progress", "finish_step"): {"reviewer"},
    ("in progress", "refuse"): {"reviewer"},
    ("in progress", "propose_result"): {"reviewer"},
    ("in progress", "ask_supplement"): {"reviewer"},
    ("in progress", "ask_payment"): {"reviewer"},
    ("in progress", "consult"): {"reviewer"},
    ("in progress", "add_co_handler"): {"unit_leader", "agency_leader"},
    ("in progress", "send_back"): {"reviewer"},
    ("in progress", "suspend"): {"agency_leader"},
    ("in progress", "stop"): {"agency_leader"},
    ("in progress", "allow_supplement"): {"agency_leader"},
    ("to be signed", "claim_step"): {"agency_leader"},
    ("to be signed", "assign_step"): {"unit_leader", "agency_leader"},
    ("to be signed", "finish_step"): {"agency_leader"},
    ("to be signed", "propose_result"): {
        "reviewer",
        "clerk",
        "front_desk",
        "unit_leader",
    },
    ("to be signed", "consult"): {"agency_leader"},
    ("to be signed", "add_co_handler"): {"unit_leader", "agency_leader"},
    ("to be signed", "send_back"): {"agency_leader"},
    ("to be signed", "recall"): {"reviewer"},
    ("to be signed", "suspend"): {"agency_leader"},
    ("to be signed", "stop"): {"agency_leader"},
    ("to be signed", "allow_supplement"): {"agency_leader"},
    ("accepted", "allow_supplement"): {"agency_leader"},
    ("suspended", "resume"): {"agency_leader"},
    ("suspended", "stop"): {"agency_leader"},
    ("ready", "claim_step"): {"return_officer"},
    ("ready", "assign_step"): {"unit_leader", "agency_leader"},
    ("ready", "add_co_handler"): {"unit_leader", "agency_leader"},
    ("ready", "withdraw_result"): {"clerk", "agency_leader"},
}


def step_of(situation: str, command: str) -> str:
    """The step that has its turn; what is recalled lies behind it."""
    if situation == "to be signed" and command != "recall":
        return "sign"
    return "return" if situation in ("ready", "returned") else "review"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_has_its_status(situation: str) -> None:
    status, made = SITUATIONS[situation]

    assert made().case.status == status


@pytest.mark.parametrize("command", BY_PEOPLE)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_command_is_done_or_refused_in_words(situation: str, command: str) -> None:
    handling = SITUATIONS[situation][1]()
    key = step_of(situation, command)

    codes = {role: tried(command, handling, key, role) for role in ROLES}

    done = {role for role, code in codes.items() if code is None}
    assert done == DONE.get((situation, command), set())
    refusals = [SENTENCES[code] for code in codes.values() if code]
    assert all(each.keys() == {"vi", "en", "fr"} for each in refusals)


def tried(command: str, handling: Handling, key: str, role: str) -> str | None:
    """The code of the refusal, if it is refused; then nothing happened."""
    case, by = deepcopy(handling.case), somebody(role, "ubnd_xa")
    case.collect_events()
    try:
        BY_PEOPLE[command](case, key, Act(handling.route, LATER, by))
    except DomainError as refusal:
        return "something happened" if list(case.collect_events()) else refusal.code
    return None
