"""An applicant lets somebody act for them, until it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.intake.application import IntakeApplication
from services.intake.contact_errors import (
    AlreadyHelpingError,
    HelpNotFoundError,
    InvitationNotFoundError,
    InvitationOverError,
    OwnDossierError,
    PowerUnknownError,
    TooManyHelpersError,
)
from services.intake.domain.helping import Invitation, helper_id_of
from shared.actor import Actor, acting
from tests.builders import an_applicant
from tests.builders.intake import (
    NOW,
    a_complete_dossier,
    a_submitted_dossier,
    an_intake,
    happened,
    the_dossier,
)

PERMIT = "house-building-permit"
SECRET = "a secret of an invitation"
WISH = Invitation("helper", ["send", "fill"], "Chị Lan", "0912345678")
LAN = Actor("citizen-3", on_behalf_of="citizen-1")


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def invited(intake: IntakeApplication, dossier_id: Any, secret: str = SECRET) -> None:
    intake.invite_helper(dossier_id, helper_id_of(secret), WISH, by=an_applicant())


def test_a_helper_files_and_the_log_says_on_whose_behalf(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake)
    invited(intake, dossier_id)
    intake.accept_invitation(dossier_id, SECRET, "Trần Thị Lan", by=LAN)

    with acting(LAN):
        intake.submit_dossier(dossier_id, by=LAN)

    event: Any = list(intake.events.get(dossier_id))[-1]
    assert type(event).__name__ == "Submitted"
    assert event.about["applicant"] == "citizen-1"
    assert event.actor["subject"] == "citizen-3"
    assert event.actor["on_behalf_of"] == "citizen-1"


def test_the_applicant_sees_who_accepted(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    invited(intake, dossier_id)
    intake.accept_invitation(dossier_id, SECRET, "Trần Thị Lan", by=LAN)

    [mine] = intake.helpers(dossier_id, by=an_applicant())
    [theirs] = intake.helpers(dossier_id, by=LAN)

    assert mine["name"] == "Trần Thị Lan"
    assert mine["to"] == "0912345678"
    assert mine["powers"] == ["fill", "send"]
    assert theirs["is_you"]
    assert theirs["to"] == ""


def test_only_who_has_the_secret_learns_of_an_invitation(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    invited(intake, dossier_id)

    with pytest.raises(InvitationNotFoundError):
        intake.accept_invitation(dossier_id, "another", "", by=LAN)

    assert intake.invitation(dossier_id, SECRET, by=LAN)["to"] == "0912345678"
    assert happened(intake, dossier_id)[-1] == "HelperInvited"


def test_an_invitation_is_good_once_and_for_a_week(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    invited(intake, dossier_id)
    later = the_dossier(intake, dossier_id)

    with pytest.raises(InvitationOverError):
        later.invited(SECRET, NOW + timedelta(days=8))
    intake.accept_invitation(dossier_id, SECRET, "", by=LAN)
    with pytest.raises(InvitationOverError):
        intake.accept_invitation(dossier_id, SECRET, "", by=Actor("citizen-4"))


def test_nobody_helps_themselves_or_twice(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    invited(intake, dossier_id)
    invited(intake, dossier_id, "another secret")

    with pytest.raises(OwnDossierError):
        intake.accept_invitation(dossier_id, SECRET, "", by=an_applicant())
    intake.accept_invitation(dossier_id, SECRET, "", by=LAN)
    with pytest.raises(AlreadyHelpingError):
        intake.accept_invitation(dossier_id, "another secret", "", by=LAN)


def test_what_nobody_can_be_allowed_is_refused(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    wish = Invitation("helper", ["decide"], "Lan", "0912345678")

    with pytest.raises(PowerUnknownError):
        intake.invite_helper(dossier_id, helper_id_of("x"), wish, by=an_applicant())

    assert "HelperInvited" not in happened(intake, dossier_id)


def test_there_are_only_so_many_at_a_time(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    for number in range(5):
        invited(intake, dossier_id, f"secret {number}")

    with pytest.raises(TooManyHelpersError):
        invited(intake, dossier_id)
    intake.end_help(dossier_id, helper_id_of("secret 0"), by=an_applicant())
    invited(intake, dossier_id)

    assert happened(intake, dossier_id)[-2:] == ["HelpEnded", "HelperInvited"]


def test_what_ended_does_not_end_again(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    invited(intake, dossier_id)
    intake.end_help(dossier_id, helper_id_of(SECRET), by=an_applicant())

    with pytest.raises(HelpNotFoundError):
        intake.end_help(dossier_id, helper_id_of(SECRET), by=an_applicant())
    with pytest.raises(InvitationOverError):
        intake.accept_invitation(dossier_id, SECRET, "", by=LAN)
