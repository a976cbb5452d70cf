"""Who has nothing to do with a dossier sees nothing of it, and does nothing to it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from infra.embedded.system import System
from services.portal.sessions import identifier
from tests.acceptance.callers import Caller, problem, until
from tests.acceptance.towns import Town

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]


def test_an_officer_of_another_agency_sees_nothing_of_a_dossier(town: Town) -> None:
    dossier = town.citizen.ask(town.received).json()
    file_id = next(x["file_id"] for each in dossier["documents"] for x in each["files"])
    questions = ("", "/case", "/files", "/papers", "/messages", "/history", "/problems")

    for question in questions:
        refused = town.strange_reviewer.ask(f"{town.received}{question}")
        problem(refused, 403, "not-allowed")

    refused = town.strange_reviewer.ask(f"/files/{file_id}/content")
    problem(refused, 403, "not-allowed")
    for listing in ("/dossiers?limit=200", "/queue?limit=200"):
        items = town.strange_reviewer.ask(listing).json()["items"]
        assert dossier["id"] not in {x.get("dossier_id") or x["id"] for x in items}


def test_an_officer_of_another_agency_gets_no_sealed_paper(town: Town) -> None:
    def issued() -> list[dict[str, Any]]:
        papers = town.citizen.ask(f"{town.received}/papers").json()["items"]
        return [
            each
            for each in papers
            if (each["kind"], each["state"]) == ("receipt", "issued")
        ]

    [receipt] = until(issued, bool)

    for question in ("", "/content", "/verification"):
        refused = town.strange_reviewer.ask(f"/papers/{receipt['id']}{question}")
        problem(refused, 403, "not-allowed")


def test_an_officer_of_another_agency_does_nothing_to_a_dossier(town: Town) -> None:
    def opened() -> list[dict[str, Any]]:
        case = town.desk.ask(f"{town.received}/case").json()
        steps = [each for each in case.get("steps", []) if each["state"] == "open"]
        return [{"case": case["id"], **each} for each in steps]

    step = until(opened, bool)[0]
    before = town.citizen.ask(town.received).json()

    claimed = town.strange_reviewer.order(
        "POST", f"/cases/{step['case']}/steps/{step['step']}/claim"
    )
    accepted = town.strange_desk.order("POST", f"{town.received}/acceptance")

    problem(claimed, 403, "not-allowed")
    problem(accepted, 403, "not-allowed")
    assert town.citizen.ask(town.received).json() == before


def test_a_session_that_has_expired_proves_nothing(system: System, town: Town) -> None:
    places = system.connect()
    said = {"username": places.admin_name, "password": places.admin_password}
    signed_in = town.administrator.order("POST", "/session", json=said).json()
    late = Caller(town.citizen.url, {"Authorization": f"Bearer {signed_in['token']}"})
    assert late.ask("/me").is_success

    time_passes(places.postgres_dsn, signed_in["token"])

    refused = late.ask("/me", "fr")
    told = problem(refused, 401, "not-proven")
    assert told["title"] == "Connectez-vous pour continuer."
    assert refused.headers["www-authenticate"] == "Bearer"
    problem(late.order("POST", f"{town.received}/acceptance"), 401, "not-proven")


def time_passes(postgres_dsn: str, token: str) -> None:
    """Until nobody is signed in with this token any more."""
    with psycopg.connect(postgres_dsn, dbname="portal") as database:
        database.execute(
            "UPDATE portal_sessions SET expires_at = now() - interval '1 second' "
            "WHERE id = %s",
            [identifier(token)],
        )
