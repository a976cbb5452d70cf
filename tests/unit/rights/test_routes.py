"""Every address of the portal refuses who is not signed in, or is public on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from shared.actor import Actor
from tests.builders import an_officer
from tests.builders.people import anywhere
from tests.builders.portal import (
    DOSSIER,
    a_citizen,
    a_key,
    a_portal,
    an_account,
    the_application,
)

PUBLIC = {
    "GET /",
    "GET /api/v1/openapi.json",
    "HEAD /api/v1/openapi.json",
    "GET /live",
    "GET /ready",
    "GET /metrics",
    "GET /sign-in",
    "GET /sign-in/callback/{provider}",
    "GET /sign-out/callback",
    "POST /api/v1/session",
    "GET /api/v1/procedures",
    "GET /api/v1/procedures/{slug}",
    "GET /api/v1/due-date",
    "GET /api/v1/payments/vnpay/ipn",  # the gateway's signature is its proof
    "GET /vi",
    "GET /vi/",
    "GET /vi/t/{code}",
    "GET /vi/names/{list_name}",
    "GET /vi/procedures",
    "GET /vi/procedures/{slug}",
    "GET /vi/procedures/{slug}/eligibility",
    "GET /vi/return/{token}",
    "POST /vi/return/{token}",
    "GET /vi/sign-in",
    "GET /vi/sign-in/phone",
    "POST /vi/sign-in/phone",
    "GET /vi/sign-in/phone/code",
    "POST /vi/sign-in/phone/code",
    "POST /vi/sign-in/phone/again",
    "GET /vi/scan/{token}",  # the link on somebody's screen is the proof
    "POST /vi/scan/{token}",
    "GET /vi/scan/{token}/{photo}",
    "POST /vi/scan/{token}/pdf",
    "POST /vi/scan/{token}/{photo}/{change}",
    "GET /vi/staff/sign-in",
    "POST /vi/staff/sign-in",
    "POST /vi/sign-out",
}
STAFF_PAGES = "/vi/staff/"
ACCOUNTS = "/api/v1/accounts"
NEW = {
    "username": "binh",
    "password": "a long enough one",
    "name": "Bình",
    "roles": ["clerk"],
}


def routes(of: FastAPI) -> Iterator[str]:
    """Each method of each address; of the three languages, the first."""
    for route in iter_route_contexts(of.routes):
        if route.path and not route.path.startswith(("/en", "/fr", "/static")):
            yield from (f"{method} {route.path}" for method in route.methods or ())


ALL = sorted(routes(the_application()))
CLOSED = [each for each in ALL if each not in PUBLIC]


def address(path: str) -> str:
    path = re.sub(r"{\w+_id}", str(DOSSIER), path)
    return path.replace("{", "").replace("}", "")


def test_what_is_public_is_there_and_the_rest_was_found() -> None:
    assert set(ALL) > PUBLIC
    assert len(CLOSED) > 40


@pytest.mark.parametrize("route", CLOSED)
def test_it_refuses_who_is_not_signed_in(route: str) -> None:
    method, path = route.split()
    portal = a_portal()

    answer = portal.browser().request(method, address(path), headers=a_key())

    to_sign_in = "sign-in" in answer.headers.get("location", "")
    assert answer.status_code == 401 or (answer.status_code == 303 and to_sign_in)
    assert [*portal.bus.orders, *portal.bus.questions, *portal.views.asked] == []


@pytest.mark.parametrize("route", [each for each in CLOSED if STAFF_PAGES in each])
def test_pages_of_officers_are_not_for_citizens(route: str) -> None:
    method, path = route.split()
    portal = a_portal()

    answer = portal.person(a_citizen()).request(method, address(path))

    assert answer.status_code == 403
    assert [*portal.bus.orders, *portal.bus.questions] == []


@pytest.mark.parametrize(
    "by",
    [a_citizen(), *(an_officer(each.partition("@")[0]) for each in anywhere("auditor"))]
    + [an_officer(role) for role in ("manager", "agency_leader", "data_protection")],
    ids=lambda by: by.subject + "".join(by.roles),
)
def test_accounts_are_for_administrators(by: Actor) -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    program = portal.program(by)

    answers = [
        program.get(ACCOUNTS),
        program.post(ACCOUNTS, json=NEW, headers=a_key()),
        program.delete(f"{ACCOUNTS}/lan", headers=a_key()),
    ]

    assert [each.status_code for each in answers] == [403, 403, 403]


def test_no_administrator_locks_out_themself() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts, "lan", "administrator")
    lan = an_officer("administrator", subject="staff:lan")

    answer = portal.program(lan).delete(f"{ACCOUNTS}/lan", headers=a_key())

    assert answer.json()["code"] == "own-account"
