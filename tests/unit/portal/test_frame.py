from __future__ import annotations

import pytest

from services.portal.frame import FILE_LIMIT, MIB, limit_of
from tests.builders.portal import DOSSIER, a_portal, a_row


@pytest.mark.parametrize("path", ["/vi/", "/nothing", "/api/v1/nothing", "/live"])
def test_every_answer_carries_safe_headers(path: str) -> None:
    headers = a_portal().browser().get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in headers
    assert headers["x-request-id"]


def test_over_tls_browsers_are_told_to_stay_there() -> None:
    browser = a_portal(public_url="https://portal.test").browser()

    answer = browser.get("/vi/")

    cookie = answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]
    assert cookie.startswith("__Host-guichet_visitor=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))


def test_a_request_id_that_is_none_is_replaced() -> None:
    browser = a_portal().browser()

    own = browser.get("/live", headers={"X-Request-Id": "request-42"})
    odd = browser.get("/live", headers={"X-Request-Id": "<script>"})

    assert own.headers["x-request-id"] == "request-42"
    assert "script" not in odd.headers["x-request-id"]


def test_the_log_knows_the_route_and_not_what_it_held(
    capsys: pytest.CaptureFixture[str],
) -> None:
    portal = a_portal()
    portal.views.rows = [a_row()]

    portal.browser().get("/vi/t/BHWSGQMZSVVN?name=Mai")

    line = capsys.readouterr().out
    assert "/vi/t/{code}" in line
    assert "BHWSGQMZSVVN" not in line
    assert "Mai" not in line


def test_only_files_may_be_large() -> None:
    document = f"/dossiers/{DOSSIER}/documents/LL01"

    assert limit_of(f"/api/v1{document}/file") == FILE_LIMIT
    assert limit_of(f"/vi{document}") > FILE_LIMIT
    assert limit_of(f"/api/v1{document}/paper") == MIB


def test_it_is_ready_when_broker_and_database_answer() -> None:
    browser = a_portal().browser()

    assert browser.get("/live").text == "alive"
    assert browser.get("/ready").text == "ready"
    assert "guichet_request_seconds" in browser.get("/metrics").text
