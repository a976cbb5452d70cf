from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from services.portal.bus import ServiceFailedError, ServiceUnavailableError
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import (
    DOSSIER,
    PASSWORD,
    URL,
    Browser,
    a_citizen,
    a_key,
    a_portal,
    a_row,
    an_account,
)

API = "/api/v1"
SUBMISSION = f"{API}/dossiers/{DOSSIER}/submission"


def a_sign_in(browser: Browser, password: str = PASSWORD, name: str = "lan") -> Any:
    said = {"username": name, "password": password}
    return browser.post(f"{API}/session", json=said)


def test_an_order_reaches_its_service_with_key_version_and_proof() -> None:
    portal, key = a_portal(), a_key()

    answer = portal.program(a_citizen()).post(
        SUBMISSION, headers={**key, "If-Match": '"4"'}
    )

    [order] = portal.bus.orders
    assert answer.json() == {"position": {"source": "intake", "position": 7}}
    assert answer.headers["x-guichet-position"] == "intake/7"
    assert answer.headers["x-guichet-fresh"] == "true"
    assert order.key == UUID(key["Idempotency-Key"])
    assert (order.method, order.if_version) == ("intake.submit_dossier", 4)
    assert order.caller.correlation_id == answer.headers["x-request-id"]


@pytest.mark.parametrize("version", ["", "abc", '"4", "5"', '"٤"'])
def test_an_order_for_a_version_that_never_was_is_refused(version: str) -> None:
    portal = a_portal()
    headers = {**a_key(), "If-Match": version.encode()}

    answer = portal.program(a_citizen()).post(SUBMISSION, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (412, "stale-version")
    assert portal.bus.orders == []


def test_an_order_for_whatever_there_is_names_no_version() -> None:
    portal = a_portal()
    headers = {**a_key(), "If-Match": "*"}

    portal.program(a_citizen()).post(SUBMISSION, headers=headers)

    assert portal.bus.orders[0].if_version is None


def test_a_screen_that_is_behind_says_so() -> None:
    portal = a_portal()
    portal.views.is_behind = True

    answer = portal.program(a_citizen()).post(SUBMISSION, headers=a_key())

    assert answer.headers["x-guichet-fresh"] == "false"


def test_an_order_without_key_is_refused() -> None:
    portal = a_portal()

    answer = portal.program(a_citizen()).post(SUBMISSION)

    assert (answer.status_code, answer.json()["code"]) == (400, "key-missing")
    assert portal.bus.orders == []


def test_who_is_not_signed_in_is_asked_to() -> None:
    portal = a_portal()

    answer = portal.browser().post(SUBMISSION, headers=a_key())

    assert (answer.status_code, answer.json()["code"]) == (401, "not-proven")
    assert portal.bus.orders == []


def test_a_browser_orders_nothing_for_another_site() -> None:
    portal = a_portal()
    browser = portal.person(a_citizen())

    for sign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}):
        answer = browser.post(SUBMISSION, headers={**a_key(), **sign})
        assert answer.json()["code"] == "cross-site"

    assert portal.bus.orders == []
    assert browser.post(SUBMISSION, headers={**a_key(), "Origin": URL}).is_success


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (Refused("not-allowed", "No."), 403),
        (Refused("dossier-not-found", "No."), 404),
        (Refused("stale-version", "No."), 412),
        (Refused("conflict", "No."), 409),
        (Refused("form-invalid", "No."), 422),
        (Refused("a-code-of-tomorrow", "It speaks."), 422),
        (ServiceUnavailableError("intake"), 503),
        (ServiceFailedError("KeyError"), 502),
    ],
    ids=str,
)
def test_a_refusal_is_told_as_a_problem(reason: Exception, status: int) -> None:
    portal = a_portal({"intake.submit_dossier": reason})

    answer = portal.program(a_citizen()).post(
        SUBMISSION, headers={**a_key(), "X-Request-Id": "request-42"}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == "request-42"


def test_a_bug_is_told_by_its_number_only() -> None:
    portal = a_portal({"intake.submit_dossier": KeyError("oops")})

    with capture_logs() as logs:
        answer = portal.program(a_citizen()).post(SUBMISSION, headers=a_key())

    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "oops" not in answer.text
    assert "Traceback" not in answer.text
    assert "request.failed" in {each["event"] for each in logs}


def test_a_refusal_speaks_the_language_of_its_asker() -> None:
    message = {"vi": "Thiếu", "en": "Missing", "fr": "Manquant"}
    errors = [{"field": "name", "code": "missing", "message": message}]
    refused = Refused("form-invalid", "No.", errors)
    program = a_portal({"intake.submit_dossier": refused}).program(a_citizen())

    answer = program.post(SUBMISSION, headers={**a_key(), "Accept-Language": "fr-CA"})

    assert answer.json()["detail"].startswith("Certaines réponses")
    assert answer.json()["errors"][0]["message"] == "Manquant"


def test_what_is_not_valid_is_named_but_not_repeated() -> None:
    answer = (
        a_portal()
        .browser()
        .post(f"{API}/session", json={"username": ["secret"], "password": 12345})
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert {each["field"] for each in answer.json()["errors"]} == {
        "body.username",
        "body.password",
    }
    assert "secret" not in answer.text
    assert "12345" not in answer.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Phải là một trong: 'online', 'counter', 'post'."),
        ("en", "It must be one of 'online', 'counter', 'post'."),
        ("fr", "Choisissez parmi 'online', 'counter', 'post'."),
    ],
)
def test_what_is_not_valid_is_said_in_the_language_of_its_asker(
    language: str, sentence: str
) -> None:
    headers = {**a_key(), "Accept-Language": language}
    wanted = {"procedure": "certified-copy", "channel": "fax"}

    answer = (
        a_portal()
        .program(a_citizen())
        .post(f"{API}/dossiers", json=wanted, headers=headers)
    )

    [error] = answer.json()["errors"]
    assert error["message"] == sentence


def test_unknown_addresses_and_methods_are_problems_too() -> None:
    browser = a_portal().browser()

    assert browser.get(f"{API}/nothing").json()["code"] == "page-not-found"
    assert (
        browser.request("PATCH", f"{API}/session").json()["code"]
        == "method-not-allowed"
    )


def test_a_body_that_is_too_large_is_not_read() -> None:
    portal = a_portal()

    answer = portal.program(a_citizen()).put(
        f"{API}/dossiers/{DOSSIER}/answers",
        content=b'{"answers": {"a": "' + b"x" * 2_000_000 + b'"}}',
        headers={**a_key(), "Content-Type": "application/json"},
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert portal.bus.orders == []


def test_a_body_announced_as_too_large_is_refused_at_once() -> None:
    answer = (
        a_portal()
        .program(a_citizen())
        .put(
            f"{API}/dossiers/{DOSSIER}/answers",
            content=b"",
            headers={**a_key(), "Content-Length": "2000000"},
        )
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_a_file_announced_as_too_large_is_refused_at_once() -> None:
    portal = a_portal()

    answer = portal.program(a_citizen()).put(
        f"{API}/dossiers/{DOSSIER}/documents/LL01/file",
        content=b"",
        headers={**a_key(), "Content-Length": str(300 * 1024 * 1024)},
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "file-too-large")
    assert portal.bus.orders == []


def test_an_officer_signs_in_and_out() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    browser = portal.browser()

    token = a_sign_in(browser).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}

    assert browser.get(f"{API}/me", headers=bearer).json()["subject"] == "staff:lan"
    assert browser.delete(f"{API}/session", headers=bearer).status_code == 204
    assert browser.get(f"{API}/me", headers=bearer).status_code == 401


def test_unknown_wrong_and_closed_look_the_same() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts, "lan")
    an_account(portal.parts.accounts, "hung")
    admin = an_officer("administrator")
    portal.parts.accounts.disable_account("hung", by=admin)
    browser = portal.browser()

    answers = [
        a_sign_in(browser, "a wrong password"),
        a_sign_in(browser, name="nobody"),
        a_sign_in(browser, name="hung"),
    ]

    codes = {(each.status_code, each.json()["code"]) for each in answers}
    assert codes == {(401, "sign-in-refused")}


def test_who_guesses_has_to_wait_a_minute() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    browser = portal.browser()
    for _ in range(5):
        a_sign_in(browser, "a wrong password")

    assert a_sign_in(browser).json()["code"] == "too-many-attempts"
    assert a_sign_in(browser, name="another").json()["code"] == "sign-in-refused"

    portal.clock.pass_by(timedelta(seconds=61))
    assert a_sign_in(browser).status_code == 201


def test_a_closed_account_is_out_at_once() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    browser = portal.browser()
    bearer = {"Authorization": f"Bearer {a_sign_in(browser).json()['token']}"}
    admin = portal.program(an_officer("administrator", subject="staff:admin"))

    closed = admin.delete(f"{API}/accounts/lan", headers=a_key())

    assert closed.is_success
    assert browser.get(f"{API}/me", headers=bearer).status_code == 401
    assert a_sign_in(browser).status_code == 401


def test_at_the_counter_the_number_becomes_a_pseudonym() -> None:
    portal = a_portal({"intake.dossier": {"version": 1}})
    wanted = {
        "procedure": "certified-copy",
        "channel": "counter",
        "applicant": {"personal_id": " 001190012345 "},
    }

    answer = portal.program(an_officer("front_desk")).post(
        f"{API}/dossiers", json=wanted, headers=a_key()
    )

    [order] = portal.bus.orders
    assert answer.status_code == 201
    assert order.arguments["applicant"].startswith("citizen:")
    assert order.arguments["unit"] == "ubnd_xa"
    assert "001190012345" not in str(order.arguments)
    assert answer.json()["tracking_code"] == order.arguments["tracking_code"]


def test_a_citizen_files_for_themselves_only() -> None:
    portal = a_portal({"intake.dossier": {"version": 1}})
    wanted = {"procedure": "certified-copy", "applicant": {"personal_id": "001190012"}}

    portal.program(a_citizen()).post(f"{API}/dossiers", json=wanted, headers=a_key())

    [order] = portal.bus.orders
    assert order.arguments["applicant"] == "citizen:1"
    assert order.arguments["unit"] is None


def test_a_list_is_made_for_whom_one_acts() -> None:
    portal = a_portal()
    portal.views.rows = [a_row()]
    reception = an_officer("front_desk", agency="ttpvhcc_xa")

    for actor in (a_citizen(), an_officer("reviewer"), reception):
        assert portal.program(actor).get(f"{API}/dossiers").json()["items"]

    assert [(each.names, each.everything) for each in portal.views.asked] == [
        (("citizen:1",), False),
        (("ubnd_xa",), False),
        (("ttpvhcc_xa",), True),
    ]


def test_an_assignee_may_be_named_by_their_user_name() -> None:
    portal = a_portal()

    portal.program(an_officer("unit_leader")).post(
        f"{API}/cases/{DOSSIER}/steps/review/assignment",
        json={"assignee": "lan"},
        headers=a_key(),
    )

    assert portal.bus.orders[0].arguments["assignee"] == "staff:lan"


def test_a_dossier_says_in_which_version_it_is() -> None:
    portal = a_portal({"intake.dossier": {"id": str(DOSSIER), "version": 9}})

    answer = portal.program(a_citizen()).get(f"{API}/dossiers/{DOSSIER}")

    assert answer.headers["etag"] == '"9"'
    assert answer.json()["timeline"] == []


def test_the_history_is_told_in_plain_words_without_names() -> None:
    actor = {"kind": "staff", "subject": "staff:lan", "roles": ["reviewer"]}
    leaf = {"topic": "a.topic.of-tomorrow", "actor": {**actor, "agency": "ubnd_xa"}}
    verified = {"leaves": 1, "verified": True, "broken_at": None}
    portal = a_portal({"audit.history": [leaf], "audit.verify_history": verified})

    answer = portal.program(a_citizen()).get(
        f"{API}/dossiers/{DOSSIER}/history", headers={"Accept-Language": "en"}
    )

    [entry] = answer.json()["entries"]
    assert answer.json()["verification"] == verified
    assert entry["sentence"] == "A change was recorded"
    assert entry["actor_label"] == "Reviewer"
    assert entry["agency_name"] == "Ea Kly People's Committee"
