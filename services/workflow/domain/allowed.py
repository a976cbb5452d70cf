"""Which commands somebody may give now: what a screen offers, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from services.workflow.domain.case import Case
from services.workflow.domain.returning import REVOKERS
from services.workflow.domain.state import Act
from services.workflow.domain.step import State, Step
from shared.errors import DomainError
from shared.statuses import BY_NUMBER, Status


def allowed(case: Case, act: Act) -> list[str]:
    """With the whole case."""
    offers = {
        "suspend": may_suspend,
        "resume": may_resume,
        "stop": may_stop,
        "decide_withdrawal": may_decide_withdrawal,
        "allow_supplement": may_allow_supplement,
        "withdraw_result": may_withdraw_result,
        "propose_extension": may_propose_extension,
        "approve_extension": may_approve_extension,
        "reject_extension": may_reject_extension,
    }
    return [name for name, may in offers.items() if may(case, act)]


def leads(case: Case, act: Act) -> bool:
    return passes(lambda: case.require_leader(act.by))


def may_suspend(case: Case, act: Act) -> bool:
    return leads(case, act) and not case.suspension and begins("T13", case)


def may_resume(case: Case, act: Act) -> bool:
    return leads(case, act) and case.suspension is not None and not case.is_ended


def may_stop(case: Case, act: Act) -> bool:
    is_time = case.status in (Status.IN_PROGRESS, Status.SUSPENDED)
    return leads(case, act) and is_time and not case.is_ended and not case.approval


def may_decide_withdrawal(case: Case, act: Act) -> bool:
    is_wished = case.withdrawal_wished_at is not None
    return is_wished and passes(lambda: case.require_decider(act.by))


def may_allow_supplement(case: Case, act: Act) -> bool:
    rules = act.route.definition["supplement"]
    role = rules.get("override_role", "agency_leader")
    is_spent = case.requests >= rules["max_requests_per_stage"] + case.allowances
    is_leader = act.by.has(role) and case.is_handled_by(act.by)
    return is_leader and is_spent and begins("T5", case)


def may_withdraw_result(case: Case, act: Act) -> bool:
    is_ours = act.by.has(*REVOKERS) and case.is_handled_by(act.by)
    return is_ours and begins("T16", case) and case.paper is not None


def may_propose_extension(case: Case, act: Act) -> bool:
    return passes(lambda: case.require_proposer(act))


def may_approve_extension(case: Case, act: Act) -> bool:
    """Four eyes: never who has proposed it."""
    people = case.apology.people if case.apology else set[str]()
    is_own = not people.isdisjoint({act.by.subject, act.by.on_behalf_of})
    return may_reject_extension(case, act) and not is_own


def may_reject_extension(case: Case, act: Act) -> bool:
    return passes(lambda: case.require_decider_of_date(act))


def begins(number: str, case: Case) -> bool:
    return case.status in BY_NUMBER[number].sources


def allowed_at(step: Step, case: Case, act: Act) -> list[str]:
    """With one step."""
    if case.is_ended or case.suspension:
        return []
    if step.state == State.DONE:
        may_recall = passes(lambda: case.require_recallable(step.key, act))
        return ["recall"] if may_recall else []
    return list(offered(step, case, act)) if step.state == State.OPEN else []


def offered(step: Step, case: Case, act: Act) -> Iterator[str]:
    if act.by.has("unit_leader", "agency_leader") and act.by.agency == step.unit:
        yield from ("assign_step", "add_co_handler")
    if act.by.subject in step.co_handlers:
        yield "give_opinion"
    may_propose = not case.approval and step.key not in case.consultations
    if may_propose and passes(lambda: case.require_proposer_at(step, act)):
        yield "propose_result"
    if not passes(lambda: case.require_worker(step, act.by)):
        return
    if not step.assignee:
        yield "claim_step"
    if step.id != act.route.last.id:
        yield from worker_offers(step, case, act)


def worker_offers(step: Step, case: Case, act: Act) -> Iterator[str]:
    yield "finish_step"
    if step.key in case.consultations:
        return
    yield "consult"
    may_ask = begins("T5", case)
    if may_ask and passes(lambda: case.require_askable(step.key, act.route)):
        yield "ask_supplement"
    may_charge = begins("T11", case) and not case.approval
    if may_charge and passes(lambda: case.require_cashing(step, act.by)):
        yield "ask_payment"
    if passes(lambda: case.require_returnable(step, act)):
        yield "send_back"


def passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except DomainError:
        return False
    return True
