"""Intake's process: it publishes, receives and numbers, over the bus and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from infra.embedded import Servers
from services.intake import bootstrap
from services.intake.application import IntakeApplication
from services.intake.config import IntakeSettings
from shared.errors import Refused
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    SLUGS,
    a_definition,
    a_submitted_dossier,
    answers_for,
    front_desk,
    rules,
    the_dossier,
)
from tests.integration.running import Portal, Process

PERMIT = "house-building-permit"
ADMINISTRATOR = an_officer("administrator")


@pytest.fixture(scope="module")
def process(environment: None) -> Iterator[Process]:
    running = Process("services.intake")
    assert running.ready.wait(30)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def portal(servers: Servers, process: Process) -> Iterator[Portal]:
    key = servers.environment("portal")["GUICHET_PORTAL_ACTOR_PRIVATE_KEY"]
    with asyncio.Runner() as runner:
        portal = Portal(runner, servers.addresses.amqp("portal"), key)
        definitions = [a_definition(slug) for slug in SLUGS]
        portal.order(
            "intake.publish_procedures", by=ADMINISTRATOR, definitions=definitions
        )
        yield portal
        portal.close()


@pytest.fixture(scope="module")
def intake(environment: None, portal: Portal) -> Iterator[IntakeApplication]:
    """The same log, worked on from here as a second process would."""
    with bootstrap.application(IntakeSettings()) as app:
        yield app


def opened(portal: Portal) -> dict[str, Any]:
    dossier: dict[str, Any] = {"dossier_id": uuid4()}
    portal.order(
        "intake.open_dossier",
        by=an_applicant(),
        procedure=PERMIT,
        channel="online",
        applicant="citizen-1",
        tracking_code="7F3K9Q",
        language="vi",
        **dossier,
    )
    return dossier


def test_the_catalogue_is_published_once(portal: Portal) -> None:
    again = portal.order(
        "intake.publish_procedures",
        by=ADMINISTRATOR,
        definitions=[a_definition(slug) for slug in SLUGS],
    )

    listed = portal.ask("intake.procedures", by=an_applicant())

    assert again > 0
    assert [each["slug"] for each in listed] == SLUGS


def test_a_form_is_filled_in_and_read_back(portal: Portal) -> None:
    dossier, by = opened(portal), an_applicant()

    answers = answers_for(rules(PERMIT))
    portal.order("intake.give_answers", by=by, answers=answers, **dossier)

    seen = portal.ask("intake.dossier", by=by, **dossier)
    assert (seen["status"], seen["version"]) == (0, 2)
    assert seen["answers"]["phone"] == "+84912345678"


def test_all_that_is_wrong_crosses_the_bus(portal: Portal) -> None:
    dossier, by = opened(portal), an_applicant()

    with pytest.raises(Refused) as refusal:
        portal.order("intake.submit_dossier", by=by, **dossier)

    assert refusal.value.code == "form-invalid"
    assert {"field", "document"} <= {
        key for each in refusal.value.details for key in each
    }


def test_who_looked_at_another_version_looks_again(portal: Portal) -> None:
    dossier, by = opened(portal), an_applicant()
    floors: dict[str, Any] = {"answers": {"floors": 2}}
    portal.order("intake.give_answers", by=by, **floors, **dossier)

    with pytest.raises(Refused) as refusal:
        portal.order("intake.give_answers", by=by, if_version=1, **floors, **dossier)

    assert refusal.value.code == "stale-version"


def test_many_acceptances_at_once_have_codes_of_their_own(
    intake: IntakeApplication,
) -> None:
    dossiers = [a_submitted_dossier(intake) for _ in range(12)]

    with ThreadPoolExecutor(6) as officers:
        list(
            officers.map(
                lambda each: intake.accept_dossier(each, by=front_desk()), dossiers
            )
        )

    codes = {the_dossier(intake, each).code for each in dossiers}
    assert len(codes) == 12
    assert max(str(code)[-4:] for code in codes) == "0012"
