"""Who helps an applicant may what they were allowed; and nothing once it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain.helping import POWERS, Invitation, helper_id_of
from shared.actor import Actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant
from tests.builders.intake import a_submitted_dossier, an_open_dossier
from tests.builders.payments import WISH, a_treasury
from tests.builders.people import is_let_in

PERMIT = "house-building-permit"
SECRET = "a secret of an invitation"
CONFIRMED = {"manner": "confirmation", "originals": 0, "copies": 0}
LAN = Actor("citizen-3", on_behalf_of="citizen-1")
STRANGER = Actor("citizen-9", on_behalf_of="citizen-1")

Act = Callable[[IntakeApplication, UUID, Actor], Any]

NEEDS: dict[str, Act] = {
    "fill": lambda app, id, by: app.give_answers(id, {}, by=by),
    "send": lambda app, id, by: app.submit_dossier(id, by=by),
    "pay": lambda app, id, by: app.begin_payment(id, uuid4(), WISH, by=by),
    "write": lambda app, id, by: app.write_message(id, "x", [], by=by),
    "withdraw": lambda app, id, by: app.withdraw_dossier(id, "", by=by),
}
READING: dict[str, Act] = {
    "dossier": lambda app, id, by: app.dossier(id, by=by),
    "problems": lambda app, id, by: app.problems(id, by=by),
    "conversation": lambda app, id, by: app.conversation(id, by=by),
    "helpers": lambda app, id, by: app.helpers(id, by=by),
    "ways_to_pay": lambda app, id, by: app.ways_to_pay(id, by=by),
}


@pytest.fixture
def intake() -> IntakeApplication:
    return a_treasury(PERMIT)


def with_help(app: IntakeApplication, dossier_id: UUID, *powers: str) -> None:
    wish = Invitation("helper", list(powers), "Lan", "0912345678")
    id = helper_id_of(SECRET)
    app.invite_helper(dossier_id, id, wish, by=an_applicant())
    app.accept_invitation(dossier_id, SECRET, "Trần Thị Lan", by=LAN)


@pytest.mark.parametrize("power", POWERS)
def test_a_helper_may_what_was_allowed_and_nothing_else(
    power: str, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)
    with_help(intake, dossier_id, power)

    def may(act: Act) -> bool:
        return is_let_in(LAN, lambda by: act(intake, dossier_id, by))

    allowed = {name for name, act in NEEDS.items() if may(act)}

    assert allowed == {power}


@pytest.mark.parametrize("question", READING)
def test_every_helper_reads(question: str, intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)
    with_help(intake, dossier_id)

    assert is_let_in(LAN, lambda by: READING[question](intake, dossier_id, by))


@pytest.mark.parametrize("act", [*NEEDS.values(), *READING.values()])
def test_who_was_never_let_in_may_nothing_whatever_they_say(
    act: Act, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)
    with_help(intake, dossier_id, *POWERS)

    assert not is_let_in(STRANGER, lambda by: act(intake, dossier_id, by))


@pytest.mark.parametrize("act", [*NEEDS.values(), *READING.values()])
def test_whose_help_ended_may_nothing_any_more(
    act: Act, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)
    with_help(intake, dossier_id, *POWERS)
    intake.end_help(dossier_id, helper_id_of(SECRET), by=an_applicant())

    assert not is_let_in(LAN, lambda by: act(intake, dossier_id, by))


@pytest.mark.parametrize("act", NEEDS.values())
def test_a_helper_acts_on_somebodys_behalf_or_not_at_all(
    act: Act, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)
    with_help(intake, dossier_id, *POWERS)
    silent = replace(LAN, on_behalf_of=None)

    assert not is_let_in(silent, lambda by: act(intake, dossier_id, by))


def test_a_helper_invites_nobody_and_ends_only_their_own_help(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    with_help(intake, dossier_id, *POWERS)
    wish = Invitation("helper", [], "Bình", "0912345679")

    with pytest.raises(NotAllowedError):
        intake.invite_helper(dossier_id, uuid4(), wish, by=LAN)
    with pytest.raises(NotAllowedError):
        intake.end_help(dossier_id, uuid4(), by=LAN)
    intake.end_help(dossier_id, helper_id_of(SECRET), by=LAN)

    assert not is_let_in(LAN, lambda by: intake.dossier(dossier_id, by=by))
