"""Every question and command of intake, asked by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.counter import Rehearsal
from services.intake.domain.correspondence import WRITERS as OFFICES
from services.intake.domain.helping import Invitation
from services.intake.ports import Wanted
from services.intake.service import IntakeService
from shared.actor import Actor
from tests.builders.intake import (
    a_result_released,
    a_submitted_dossier,
    an_accepted_dossier,
    an_open_dossier,
    an_opening,
)
from tests.builders.payments import WISH, a_begun_payment, a_line, a_treasury
from tests.builders.people import CITIZENS, Town, anywhere, on_the_bus, those_let_in

PERMIT = "house-building-permit"
TOWN = Town(home="ttpvhcc_xa")
EVERYBODY = frozenset(TOWN.people)
OWNER = frozenset({"applicant"})
DESK = TOWN.at("home reception", "front_desk")
HEADS = ("cashier", "return_officer", "unit_leader", "agency_leader")
READERS = (
    OWNER | DESK | TOWN.at("home") | TOWN.at("reception", *HEADS) | anywhere("auditor")
)
WRITERS = TOWN.at("home", *OFFICES) | TOWN.at("reception", "front_desk", *HEADS)
TREASURERS = anywhere("cashier") | anywhere("manager")
AN_INVITATION = Invitation("helper", ["fill"], "Lan", "0912345678")
LEADERS = ("unit_leader", "agency_leader")
REFUNDERS = ("front_desk", "cashier", "agency_leader", "manager")
ANSWERERS = TOWN.at("home reception", "manager", *LEADERS)
NO_PAPER = {"manner": "shown", "originals": 1, "copies": 0}
PAYMENT = {"amount": 1, "method": "cash", "reference": ""}
ITEMS = [{"kind": "document", "key": "XD01"}]

Act = Callable[[IntakeApplication, UUID, Actor], Any]

TABLE: dict[str, tuple[frozenset[str], Act]] = {
    "publish_procedures": (
        anywhere("administrator"),
        lambda app, _, by: app.publish_procedures([], by=by),
    ),
    "check_procedures": (
        anywhere("administrator"),
        lambda app, _, by: app.check_procedures([], by=by),
    ),
    "procedures": (EVERYBODY, lambda app, _, by: app.procedures()),
    "procedure": (EVERYBODY, lambda app, _, by: app.procedure(PERMIT)),
    "open_dossier": (
        OWNER,
        lambda app, _, by: app.open_dossier(uuid4(), an_opening(), by=by),
    ),
    "give_answers": (
        OWNER | DESK,
        lambda app, id, by: app.give_answers(id, {}, by=by),
    ),
    "attach_document": (
        OWNER | DESK,
        lambda app, id, by: app.attach_document(id, "XD01", uuid4(), by=by),
    ),
    "detach_document": (
        OWNER | DESK,
        lambda app, id, by: app.detach_document(id, "XD01", uuid4(), by=by),
    ),
    "record_paper": (
        OWNER | DESK,
        lambda app, id, by: app.record_paper(id, "XD01", NO_PAPER, by=by),
    ),
    "strike_paper": (
        DESK,
        lambda app, id, by: app.strike_paper(id, "XD01", by=by),
    ),
    "rehearse": (
        DESK,
        lambda app, _, by: app.rehearse(Rehearsal(PERMIT, "counter", {}), by=by),
    ),
    "submit_dossier": (OWNER, lambda app, id, by: app.submit_dossier(id, by=by)),
    "assess_document": (
        DESK,
        lambda app, id, by: app.assess_document(
            id, "XD01", "accepted", reason="", by=by
        ),
    ),
    "accept_exemption": (
        DESK,
        lambda app, id, by: app.accept_exemption(id, "poor", by=by),
    ),
    "record_payment": (
        TOWN.at("home reception", "front_desk", "cashier"),
        lambda app, id, by: app.record_payment(id, PAYMENT, by=by),
    ),
    "begin_payment": (
        OWNER | DESK,
        lambda app, id, by: app.begin_payment(id, uuid4(), WISH, by=by),
    ),
    "payment": (
        READERS,
        lambda app, id, by: app.payment(a_begun_payment(app, id), by=by),
    ),
    "ways_to_pay": (READERS, lambda app, id, by: app.ways_to_pay(id, by=by)),
    "take_vnpay_notice": (  # the portal itself, and no person
        frozenset(),
        lambda app, _, by: app.take_vnpay_notice({}, by=by),
    ),
    "take_transfers": (
        anywhere("cashier"),
        lambda app, _, by: app.take_transfers([a_line(1, "")], by=by),
    ),
    "reconciliation": (
        TREASURERS,
        lambda app, _, by: app.reconciliation(Wanted(), by=by),
    ),
    "match_transfer": (
        TREASURERS,
        lambda app, id, by: app.match_transfer(uuid4(), id, by=by),
    ),
    "dismiss_transfer": (
        TREASURERS,
        lambda app, _, by: app.dismiss_transfer(uuid4(), "x", by=by),
    ),
    "refunds": (
        TOWN.at("home reception elsewhere", *REFUNDERS) | anywhere("auditor"),
        lambda app, _, by: app.refunds(Wanted(), by=by),
    ),
    "refund": (
        TOWN.at("home reception", *REFUNDERS) | anywhere("auditor"),
        lambda app, id, by: app.refund(id, by=by),
    ),
    "propose_refund": (
        TOWN.at("home reception", "front_desk", "cashier"),
        lambda app, id, by: app.propose_refund(id, uuid4(), 1, reason="x", by=by),
    ),
    "decide_refund": (
        TOWN.at("home reception", "agency_leader", "manager"),
        lambda app, id, by: app.decide_refund(
            id, uuid4(), granted=True, reason="", by=by
        ),
    ),
    "write_message": (
        OWNER | WRITERS,
        lambda app, id, by: app.write_message(id, "x", [], by=by),
    ),
    "read_messages": (
        OWNER | WRITERS,
        lambda app, id, by: app.read_messages(id, by=by),
    ),
    "conversation": (READERS, lambda app, id, by: app.conversation(id, by=by)),
    "invite_helper": (
        OWNER,
        lambda app, id, by: app.invite_helper(id, uuid4(), AN_INVITATION, by=by),
    ),
    "accept_invitation": (
        CITIZENS,
        lambda app, id, by: app.accept_invitation(id, "some secret", "", by=by),
    ),
    "end_help": (OWNER, lambda app, id, by: app.end_help(id, uuid4(), by=by)),
    "invitation": (
        CITIZENS,
        lambda app, id, by: app.invitation(id, "some secret", by=by),
    ),
    "helpers": (READERS, lambda app, id, by: app.helpers(id, by=by)),
    "rate": (OWNER, lambda app, id, by: app.rate(id, 5, "", by=by)),
    "complain": (OWNER, lambda app, id, by: app.complain(id, "delay", "x", by=by)),
    "answer_complaint": (
        ANSWERERS,
        lambda app, id, by: app.answer_complaint(id, uuid4(), "upheld", "x", by=by),
    ),
    "complaints": (
        OWNER | ANSWERERS | anywhere("auditor"),
        lambda app, id, by: app.complaints(id, by=by),
    ),
    "request_supplement": (
        TOWN.at("home reception", "front_desk", "agency_leader"),
        lambda app, id, by: app.request_supplement(id, ITEMS, note="", by=by),
    ),
    "allow_supplement": (
        TOWN.at("home reception", "agency_leader"),
        lambda app, id, by: app.allow_supplement(id, "Điều 5", by=by),
    ),
    "answer_supplement": (
        OWNER | DESK,
        lambda app, id, by: app.answer_supplement(id, by=by),
    ),
    "accept_dossier": (DESK, lambda app, id, by: app.accept_dossier(id, by=by)),
    "refuse_dossier": (
        DESK,
        lambda app, id, by: app.refuse_dossier(id, [], note="x", by=by),
    ),
    "withdraw_dossier": (
        OWNER | DESK,
        lambda app, id, by: app.withdraw_dossier(id, "", by=by),
    ),
    "read_result": (
        OWNER,
        lambda app, id, by: app.read_result(id, by=by),
    ),
    "hand_over_result": (
        TOWN.at("home reception", "return_officer"),
        lambda app, id, by: app.hand_over_result(id, "", by=by),
    ),
    "forget": (
        anywhere("data_protection"),
        lambda app, _, by: app.forget("citizen-9", by=by),
    ),
    "dossier": (READERS, lambda app, id, by: app.dossier(id, by=by)),
    "problems": (READERS, lambda app, id, by: app.problems(id, by=by)),
    "form": (READERS, lambda app, id, by: app.form(id, {}, by=by)),
}

ABOUT_A_DOSSIER = [
    name
    for name, (allowed, _) in TABLE.items()
    if name
    not in (
        "publish_procedures",
        "check_procedures",
        "procedures",
        "procedure",
        "open_dossier",
    )
    and allowed not in (TREASURERS, anywhere("cashier"))
    and name not in ("forget", "payment", "rehearse", "refunds")
    and allowed != CITIZENS
]


@pytest.fixture(scope="module")
def intake() -> IntakeApplication:
    return a_treasury(PERMIT)


def test_nothing_is_answered_that_has_no_row_here() -> None:
    assert on_the_bus(IntakeService) == set(TABLE)


@pytest.mark.parametrize("method", TABLE)
def test_of_a_dossier_that_was_handed_in(
    method: str, intake: IntakeApplication
) -> None:
    """Who is let in first may change it; that changes nobody's right."""
    allowed, act = TABLE[method]
    dossier_id = a_submitted_dossier(intake)

    found = those_let_in(TOWN.people, lambda by: act(intake, dossier_id, by))

    assert found == allowed


@pytest.mark.parametrize("method", ABOUT_A_DOSSIER)
def test_of_a_result_that_waits(method: str, intake: IntakeApplication) -> None:
    allowed, act = TABLE[method]
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_result_released(dossier_id))

    found = those_let_in(TOWN.people, lambda by: act(intake, dossier_id, by))

    assert found == allowed


@pytest.mark.parametrize("method", ABOUT_A_DOSSIER)
def test_of_a_draft_nobody_but_its_applicant(
    method: str, intake: IntakeApplication
) -> None:
    allowed, act = TABLE[method]
    dossier_id = an_open_dossier(intake)

    found = those_let_in(TOWN.people, lambda by: act(intake, dossier_id, by))

    assert found <= OWNER | TOWN.at("home reception", "return_officer")
    assert found <= allowed


def test_at_the_counter_the_front_desk_opens_for_others(
    intake: IntakeApplication,
) -> None:
    opening = an_opening(channel="counter")

    found = those_let_in(
        TOWN.people, lambda by: intake.open_dossier(uuid4(), opening, by=by)
    )

    assert found == DESK
