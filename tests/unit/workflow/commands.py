"""Every command of a case, with arguments in order: who, where and when vary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from services.workflow.domain import Case, Route
from services.workflow.domain.consultation import Question
from services.workflow.domain.payment import Charge
from services.workflow.domain.state import Act
from services.workflow.domain.step import Effect
from services.workflow.domain.steps import Completion
from shared.actor import SYSTEM, Actor
from shared.personal import Personal
from tests.builders.workflow import PAPER, TEXTS

Command = Callable[[Case, str, Act], None]

ITEMS = [{"kind": "document", "key": "CC01", "reason": TEXTS}]
WHY, LAW = "Có lý do", "Điều 7"
QUESTION = Question(("so_xay_dung",), "Có phù hợp không?", 5, "working_day")
CHARGE = Charge(150_000, TEXTS, LAW)


def going_on(key: str, route: Route) -> Completion:
    definition = route.definition_of(key)
    return Completion(route.usual_outcome(definition), "Đủ")


def finish(case: Case, key: str, act: Act) -> None:
    case.finish(key, going_on(key, act.route), act=act)


def refuse(case: Case, key: str, act: Act) -> None:
    definition = act.route.definition_of(key)
    refusing = [
        each
        for each in definition.outcomes
        if act.route.effect(definition, each) in (Effect.REFUSE, Effect.END_BRANCH)
    ]
    outcome = next(iter(refusing), "refuse")
    case.finish(key, Completion(outcome, "Không đủ"), act=act)


def propose(case: Case, key: str, act: Act) -> None:
    wanted = "refuse" if case.is_refused else "grant"
    outcomes = act.route.definition["outcomes"]
    code = next(each["code"] for each in outcomes if each["kind"] == wanted)
    case.propose(key, code, text="Nội dung", act=act)


def ask_supplement(case: Case, key: str, act: Act) -> None:
    documents = act.route.definition["documents"]
    items = [{**ITEMS[0], "key": documents[0]["code"]}]
    case.ask(key, items, note="Mờ", act=act)


AT_A_STEP: dict[str, Command] = {
    "claim_step": lambda case, key, act: case.claim(key, act=act),
    "assign_step": lambda case, key, act: case.assign(key, "reviewer-1", act=act),
    "finish_step": finish,
    "refuse": refuse,
    "propose_result": propose,
    "ask_supplement": ask_supplement,
    "ask_payment": lambda case, key, act: case.ask_payment(key, CHARGE, act=act),
    "consult": lambda case, key, act: case.consult(key, QUESTION, act=act),
    "cancel_consultation": lambda case, key, act: case.cancel_consultation(
        key, reason=WHY, act=act
    ),
    "add_co_handler": lambda case, key, act: case.add_co_handler(
        key, "clerk-1", act=act
    ),
    "give_opinion": lambda case, key, act: case.give_opinion(key, "Đồng ý", act=act),
    "send_back": lambda case, key, act: case.send_back(key, note=WHY, act=act),
    "recall": lambda case, key, act: case.recall(key, act=act),
}
WITH_THE_CASE: dict[str, Command] = {
    "suspend": lambda case, _, act: case.suspend(WHY, LAW, act=act),
    "resume": lambda case, _, act: case.resume("", act=act),
    "stop": lambda case, _, act: case.stop(WHY, LAW, act=act),
    "grant_withdrawal": lambda case, _, act: case.decide_withdrawal(
        granted=True, reason=WHY, act=act
    ),
    "deny_withdrawal": lambda case, _, act: case.decide_withdrawal(
        granted=False, reason=WHY, act=act
    ),
    "allow_supplement": lambda case, _, act: case.allow_supplement(LAW, act=act),
    "withdraw_result": lambda case, _, act: case.withdraw_result(WHY, LAW, act=act),
}
BY_PEOPLE = AT_A_STEP | WITH_THE_CASE

OFFERED = {  # by what an account calls them: a decision is one offer, for either answer
    "grant_withdrawal": "decide_withdrawal",
    "deny_withdrawal": "decide_withdrawal",
}


def take_answer(case: Case, key: str, act: Act) -> None:
    sealed = Personal(case.applicant, "{}"), Personal(case.applicant, "{}")
    case.take_answer(*sealed, act=act)


def seal(case: Case, key: str, act: Act) -> None:
    if case.is_requested and case.paper is None:
        case.record_paper(PAPER, number="7/GPXD", act=act)


def seal_branch(case: Case, key: str, act: Act) -> None:
    number = len(case.branch_papers)
    if number < len(case.branch_results):
        id, name = UUID(int=100 + number), f"{number}/CT"
        case.record_branch_paper(id, number=name, act=act)


def hand_over(case: Case, key: str, act: Act) -> None:
    if case.is_released and not case.is_closed:
        case.close(returned_by="return-1", channel="counter", act=act)


def lapse(case: Case, key: str, act: Act) -> None:
    if case.asked:
        case.lapse(refused_by="front-desk-1", act=act)


def ring(case: Case, key: str, act: Act) -> None:
    case.ring(act)


BY_MESSAGES: dict[str, Command] = {
    "take_answer": take_answer,
    "settle_fees": lambda case, _, act: case.settle_fees(act=act),
    "wish_withdrawal": lambda case, _, act: case.wish_withdrawal(act=act),
    "seal": seal,
    "seal_branch": seal_branch,
    "hand_over": hand_over,
    "lapse": lapse,
    "ring": ring,
}


def somebody(role: str, unit: str | None, number: int = 1) -> Actor:
    """Of this role in this unit; the applicant; or the system."""
    if role == "applicant":
        return Actor("citizen-1")
    if role == "system":
        return SYSTEM
    subject = f"{role}-{number}"
    return Actor(
        subject, unit, (role,), kind="staff", level=3, name=f"Nguyễn {subject}"
    )


def in_hours(now: datetime, hours: int) -> datetime:
    return now + timedelta(hours=hours)
