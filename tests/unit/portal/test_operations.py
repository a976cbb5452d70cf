"""What operators see of the services, and who may look at all."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.bus import ServiceUnavailableError
from services.portal.standings import SERVICES
from tests.builders import an_officer
from tests.builders.portal import APortal, Browser, a_key, a_portal
from tests.unit.portal.test_pages import LANGUAGES, hidden

LETTER = {
    "message": "intake/7/dossier.opened.v1",
    "type": "dossier.opened.v1",
    "source": "intake",
    "position": 7,
    "dossier_id": "d-7",
    "reason": "rejected",
    "died_at": "2026-11-20T05:00:00+00:00",
}
STANDING = {
    "inboxes": [{"inbox": "workflow", "waiting": 3, "dead": 1, "letters": [LETTER]}],
    "log": {"end": 1_200, "told": 1_190},
}
WELL = {"inboxes": [], "log": {"end": 4, "told": 4}}


def a_machine_room(**answers: Any) -> tuple[APortal, Browser]:
    told = {f"{each}.standing": WELL for each in SERVICES} | answers
    portal = a_portal(told)
    return portal, portal.person(an_officer("administrator"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_operator_sees_what_waits_and_what_died(language: str) -> None:
    _, operator = a_machine_room(**{"workflow.standing": STANDING})

    shown = operator.get(f"/{language}/staff/operations")

    assert shown.status_code == 200
    assert "dossier.opened.v1" in shown.text
    assert ">10<" in shown.text  # events that were not yet told
    assert 'name="inbox" value="workflow"' in shown.text


def test_a_service_that_is_away_is_named() -> None:
    away = {"signing.standing": ServiceUnavailableError("signing")}
    _, operator = a_machine_room(**away)

    shown = operator.get("/en/staff/operations")

    assert shown.status_code == 200
    assert "Does not answer" in shown.text


def test_dead_letters_are_handled_again() -> None:
    portal, operator = a_machine_room(
        **{"workflow.redrive": {"handled": 1, "kept": 0}},
    )
    form = hidden(operator.get("/en/staff/operations").text)

    done = operator.post(
        "/en/staff/operations/redrive",
        data=form | {"service": "workflow", "inbox": "workflow"},
    )

    assert done.headers["location"] == "/en/staff/operations?done=redriven"
    assert ("workflow.redrive", {"inbox": "workflow"}) in portal.bus.questions


def test_what_is_kept_is_said() -> None:
    _, operator = a_machine_room(**{"workflow.redrive": {"handled": 0, "kept": 2}})
    form = hidden(operator.get("/en/staff/operations").text)

    done = operator.post(
        "/en/staff/operations/redrive",
        data=form | {"service": "workflow", "inbox": "workflow"},
    )

    assert done.status_code == 422
    assert "still cannot be handled" in done.text


def test_nobody_redrives_what_is_no_service() -> None:
    portal, operator = a_machine_room()

    refused = operator.post(
        "/api/v1/operations/nobody/inboxes/nothing/redrive", headers=a_key()
    )

    assert refused.json()["code"] == "inbox-unknown"
    assert portal.bus.questions == []


@pytest.mark.parametrize("role", ["manager", "auditor", "agency_leader"])
def test_it_is_for_administrators_alone(role: str) -> None:
    portal = a_portal()

    refused = portal.person(an_officer(role)).get("/en/staff/operations")

    assert refused.status_code == 403
    assert portal.bus.questions == []
