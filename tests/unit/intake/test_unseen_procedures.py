"""Filed and received: procedures that use all that data can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.counter import Opening
from services.intake.domain import Dossier
from shared.actor import Actor
from shared.directory import read
from tests.builders import an_applicant, an_officer
from tests.builders.intake import DIRECTORY, NOW, an_intake, bring, the_dossier
from tools.demo.forms import Form
from tools.demo.people import a_person

NASTY = Path(__file__).parents[2] / "acceptance/catalogues/nasty"
PROCEDURES = {file.stem: read(file) for file in sorted(NASTY.glob("*.json"))}
RIVER, NIGHT, GARDEN = "river-works-consent", "night-pass", "heritage-garden-listing"

WAYS = [
    (slug, channel) for slug, each in PROCEDURES.items() for channel in each["channels"]
]


@pytest.fixture
def intake() -> IntakeApplication:
    app = an_intake("certified-copy")
    by = an_officer("administrator")
    app.publish_procedures(list(PROCEDURES.values()), by=by)
    return app


def desk(intake: IntakeApplication, slug: str) -> Actor:
    definition = PROCEDURES[slug]
    unit = intake.directory.unit_of(definition["steps"][0]["agency"]).id
    roles = ("front_desk", "cashier", "return_officer", "unit_leader")
    return an_officer(*roles, agency=unit)


def filed(intake: IntakeApplication, slug: str, channel: str, **given: Any) -> UUID:
    """As the demonstration fills in any form."""
    definition, dossier_id = PROCEDURES[slug], uuid4()
    online = channel == "online"
    by = an_applicant() if online else desk(intake, slug)
    opening = Opening(slug, channel, "citizen-1", "7F3K9Q", "vi")
    intake.open_dossier(dossier_id, opening, by=by)
    today, person = NOW.date(), a_person(slug)
    form = Form(definition, DIRECTORY.common, person, channel, today, slug, given=given)
    intake.give_answers(dossier_id, form.filled(), by=by)
    for each in definition["documents"]:
        bring(intake, dossier_id, each, by=by)
    if online:
        intake.submit_dossier(dossier_id, by=by)
    return dossier_id


def received(intake: IntakeApplication, slug: str, channel: str, **given: Any) -> UUID:
    dossier_id = filed(intake, slug, channel, **given)
    by = desk(intake, slug)
    balance = intake.dossier(dossier_id, by=by)["balance"]
    if balance:
        payment = {"amount": balance, "method": "cash", "reference": ""}
        intake.record_payment(dossier_id, payment, by=by)
    intake.accept_dossier(dossier_id, by=by)
    return dossier_id


def due(dossier: Dossier) -> str:
    return f"{dossier.due_at:%d/%m/%Y %H:%M}"


@pytest.mark.parametrize(("slug", "channel"), WAYS)
def test_each_is_filed_and_received_in_every_way(
    slug: str, channel: str, intake: IntakeApplication
) -> None:
    dossier = the_dossier(intake, received(intake, slug, channel))

    assert dossier.status == 2
    assert dossier.due_at is not None


def test_a_same_day_pass_is_due_the_same_day(intake: IntakeApplication) -> None:
    dossier = the_dossier(intake, received(intake, NIGHT, "counter"))

    assert due(dossier) == "20/11/2026 17:00"
    assert dossier.result_channel == "post"


@pytest.mark.parametrize(
    ("trees", "day"),
    [
        ([], "10/12/2026 16:30"),
        ([{"species": "Đa", "age": 250}], "25/12/2026 16:30"),
    ],
)
def test_calendar_days_and_their_variant_count(
    trees: list[dict[str, Any]], day: str, intake: IntakeApplication
) -> None:
    dossier = the_dossier(intake, received(intake, GARDEN, "online", trees=trees))

    assert due(dossier) == day


def test_what_only_a_fact_makes_known_blocks_no_filing(
    intake: IntakeApplication,
) -> None:
    dossier = the_dossier(intake, received(intake, RIVER, "online"))

    [dredging, tax] = dossier.fees
    assert (dredging["amount"], tax["due"]) == (None, False)
    assert dossier.balance is None


def test_who_need_not_pay_pays_nothing_whatever_the_fact(
    intake: IntakeApplication,
) -> None:
    dossier_id = filed(intake, RIVER, "online")

    intake.accept_exemption(dossier_id, "poor_household", by=desk(intake, RIVER))

    assert the_dossier(intake, dossier_id).balance == 0
