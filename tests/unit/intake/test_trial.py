"""Asking what a form would say, before anything is kept."""

from __future__ import annotations

import pytest

from shared.errors import NotAllowedError
from tests.builders import an_applicant
from tests.builders.intake import (
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
)


def test_a_form_says_what_is_asked_and_missing_and_keeps_nothing() -> None:
    intake = an_intake("interlinked-birth")
    dossier = an_open_dossier(intake, "interlinked-birth")
    given = {"child_birth_date": "2026-11-07", "services": [], "phone": "none"}

    told = intake.form(dossier, given, by=an_applicant())

    wrong = {each["field"]: each["code"] for each in told["problems"]}
    assert wrong["phone"] == "phone"
    assert wrong["child_name"] == "required"
    assert "household_head_id" not in wrong
    assert (
        "mồng bảy" in told["values"]["child_birth_date_words"].lower()
        or told["values"]["child_birth_date_words"]
    )
    assert "owner_name" not in told["visible"]
    assert happened(intake, dossier) == ["Opened"]


def test_what_is_needed_follows_the_answers() -> None:
    intake = an_intake("interlinked-birth")
    dossier = an_open_dossier(intake, "interlinked-birth")

    told = intake.form(dossier, {"services": ["residence"]}, by=an_applicant())

    needed = {each["code"] for each in told["documents"] if each["mandatory"]}
    assert "household_head_id" in told["required"]
    assert "KS05" in needed
    assert {each["code"] for each in told["fees"]} == {"LP_KS", "PHI_BS"}


def test_a_stranger_tries_nothing_on_a_dossier() -> None:
    intake = an_intake("permanent-residence")
    dossier = an_open_dossier(intake, "permanent-residence")

    with pytest.raises(NotAllowedError):
        intake.form(dossier, {}, by=front_desk())
