"""Who may do what with a case besides its steps, and who notes absences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.workflow.application import WorkflowApplication
from services.workflow.domain.consultation import Question
from services.workflow.domain.payment import Charge
from services.workflow.domain.roster import Leave
from services.workflow.domain.steps import Completion
from shared.actor import Actor
from tests.builders.people import Town
from tests.builders.workflow import TEXTS, a_workflow, an_open_case
from tests.unit.rights.reviewing import signed_together

Row = tuple[frozenset[str], Callable[[Actor], Any]]

NOBODY_ASKED = Question((), "", 1, "day")
BACKWARDS = date(2026, 11, 20), date(2026, 11, 19)


def handling(app: WorkflowApplication, case: UUID, town: Town) -> dict[str, Row]:
    """Of an open case whose review is nobody's yet."""
    reviewer = town.at("home", "reviewer")
    leaders = town.at("home", "unit_leader", "agency_leader")
    chief = town.at("home", "agency_leader")
    charge = Charge(0, TEXTS, "")
    deciders = town.at("home", "reviewer", "front_desk") | leaders
    return {
        "send_back": (
            reviewer,
            lambda by: app.send_back(case, "review", note="", by=by),
        ),
        "suspend": (chief, lambda by: app.suspend(case, "", "", by=by)),
        "resume": (chief, lambda by: app.resume(case, note="", by=by)),
        "stop": (chief, lambda by: app.stop(case, "", "", by=by)),
        "decide_withdrawal": (
            deciders,
            lambda by: app.decide_withdrawal(case, granted=False, reason="", by=by),
        ),
        "consult": (
            reviewer,
            lambda by: app.consult(case, "review", NOBODY_ASKED, by=by),
        ),
        "add_co_handler": (
            leaders,
            lambda by: app.add_co_handler(case, "review", "staff:clerk.home", by=by),
        ),
        "ask_payment": (
            reviewer,
            lambda by: app.ask_payment(case, "review", charge, by=by),
        ),
        "allow_supplement": (chief, lambda by: app.allow_supplement(case, "", by=by)),
        "withdraw_result": (
            town.at("home", "clerk", "agency_leader"),
            lambda by: app.withdraw_result(case, "", "", by=by),
        ),
    }


def underway(town: Town) -> dict[str, Row]:
    """Of a case with a co-handler and a consultation, and of one already reviewed."""
    app, people = a_workflow(), town.people
    reviewer = people["reviewer@home"]
    case = an_open_case(app)
    clerk = people["clerk@home"].subject
    app.add_co_handler(case, "review", clerk, by=people["unit_leader@home"])
    asked = Question(("so_xay_dung",), "Phù hợp?", 5, "day")
    app.consult(case, "review", asked, by=reviewer)
    other = a_workflow()
    reviewed = an_open_case(other)
    other.finish_step(reviewed, "review", Completion(), by=reviewer)
    other.claim_step(reviewed, "sign", by=people["agency_leader@home"])

    def cancel(by: Actor) -> int:
        return app.cancel_consultation(case, "consultation:1", reason="", by=by)

    return {
        "give_opinion": (
            town.at("home", "clerk"),
            lambda by: app.give_opinion(case, "review", "", by=by),
        ),
        "cancel_consultation": (town.at("home", "reviewer"), cancel),
        "recall": (
            town.at("home", "reviewer"),
            lambda by: other.recall(reviewed, "review", by=by),
        ),
    }


def signing_together(town: Town) -> dict[str, Row]:
    """Of a reviewed case that waits for its leader: who else reaches for it."""
    app, people = a_workflow(), town.people
    case = an_open_case(app)
    app.finish_step(case, "review", Completion(), by=people["reviewer@home"])
    return {
        "approve_each": (
            town.at("home", "agency_leader"),
            lambda by: signed_together(app, case, by),
        )
    }


def absences(app: WorkflowApplication, town: Town) -> dict[str, Row]:
    """Every leader in his own unit, and each officer for himself."""
    officer = "staff:reviewer.home"
    leave = Leave(officer, *BACKWARDS)
    places = "home reception elsewhere"
    own = town.at(places, "unit_leader", "agency_leader") | town.at("home", "reviewer")
    with_a_unit = frozenset[str]().union(*(town.at(each) for each in places.split()))
    return {
        "enter_absence": (own, lambda by: app.enter_absence(leave, by=by)),
        "end_absence": (own, lambda by: app.end_absence(officer, uuid4(), by=by)),
        "absences": (with_a_unit, lambda by: app.absences(by=by)),
    }
