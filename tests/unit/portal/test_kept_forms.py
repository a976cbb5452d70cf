"""A session's end never loses what was typed: the form comes back filled."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.builders.portal import (
    PASSWORD,
    APortal,
    Browser,
    a_portal,
    an_account,
)
from tests.builders.sessions import MemorySessions
from tests.fakes_codes import MemoryKeptForms

FORM = re.compile(r'name="(form_token|key)" value="([^"]+)"')
PLACE = "/en/staff/absences"
SINCE = "2026-12-2<4"
SHOWN = 'value="2026-12-2&lt;4"'


class Office:
    """Officers before one browser, and what it kept for them."""

    def __init__(self) -> None:
        self.portal: APortal = a_portal({"workflow.absences": []})
        for name in ("lan", "binh"):
            an_account(self.portal.parts.accounts, name)
        self.browser: Browser = self.portal.browser()

    def signs_in(self, name: str = "lan", next: str = "") -> httpx.Response:
        form = self.hidden("/en/staff/sign-in")
        more = {"username": name, "password": PASSWORD, "next": next}
        return self.browser.post("/en/staff/sign-in", data=form | more)

    def hidden(self, path: str) -> dict[str, str]:
        return dict(FORM.findall(self.browser.get(path).text))

    def session_ends(self) -> None:
        sessions = self.portal.parts.sessions
        assert isinstance(sessions, MemorySessions)
        sessions._known.clear()

    def sends(self, form: dict[str, str], **headers: str) -> httpx.Response:
        return self.browser.post(PLACE, data=form, headers=headers)

    @property
    def kept(self) -> int:
        store = self.portal.parts.kept_forms
        assert isinstance(store, MemoryKeptForms)
        return len(store.kept)


def typed_when_it_ended(**headers: str) -> tuple[Office, httpx.Response]:
    office = Office()
    office.signs_in()
    form = office.hidden(PLACE) | {"since": SINCE, "password": "hush"}
    office.session_ends()
    return office, office.sends(form, **headers)


def wanted(answer: httpx.Response) -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query)["next"][0]


def test_who_sends_too_late_signs_in_and_finds_the_form_filled() -> None:
    office, late = typed_when_it_ended()

    back = office.signs_in(next=wanted(late))
    shown = office.browser.get(back.headers["location"])

    assert late.headers["location"].startswith("/en/staff/sign-in?done=form_kept")
    assert SHOWN in shown.text
    assert f'action="{PLACE}"' in shown.text
    assert office.portal.bus.orders == []


def test_the_filled_form_can_be_sent_then() -> None:
    office, late = typed_when_it_ended()
    office.signs_in()
    form = office.hidden(wanted(late)) | {"since": "2026-12-24", "until": "2026-12-25"}

    office.sends(form)

    [order] = office.portal.bus.orders
    assert str(order.arguments["since"]) == "2026-12-24"


def test_it_is_sent_under_the_key_it_had() -> None:
    """Had it arrived after all, it would not be done twice."""
    office = Office()
    office.signs_in()
    form = office.hidden(PLACE) | {"since": SINCE}
    office.session_ends()
    late = office.sends(form)
    office.signs_in()

    assert office.hidden(wanted(late))["key"] == form["key"]


def test_nobody_else_finds_it() -> None:
    office, late = typed_when_it_ended()
    office.signs_in("binh")

    shown = office.browser.get(wanted(late))

    assert shown.status_code == 404
    assert "2026-12-2" not in shown.text


def test_secrets_are_not_kept() -> None:
    office, _ = typed_when_it_ended()
    store = office.portal.parts.kept_forms
    assert isinstance(store, MemoryKeptForms)

    [form] = store.kept.values()

    assert {name for name, _ in form.fields} == {"key", "since"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.test"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
    ],
    ids=["another site", "another origin", "a script of ours"],
)
def test_only_forms_of_our_own_pages_are_kept(headers: dict[str, str]) -> None:
    office, answer = typed_when_it_ended(**headers)

    assert answer.status_code == 401
    assert office.kept == 0


def test_a_visitor_who_was_never_signed_in_is_only_told_so() -> None:
    office = Office()

    answer = office.sends({"since": SINCE})

    assert answer.status_code == 401
    assert office.kept == 0


def test_a_second_tab_that_signed_in_anew_loses_nothing() -> None:
    office = Office()
    office.signs_in()
    form = office.hidden(PLACE) | {"since": SINCE}
    office.signs_in()

    shown = office.sends(form)

    assert SHOWN in shown.text
    assert office.portal.bus.orders == []


def test_pages_say_until_when_one_stays_signed_in() -> None:
    office = Office()
    office.signs_in()

    page = office.browser.get("/en/staff/absences").text

    assert "You stay signed in until 12:30" in page
    assert 'data-until="2026-11-20T05:30:00+00:00"' in page


def test_asking_prolongs_a_session_up_to_its_end() -> None:
    office = Office()
    office.signs_in()

    answer = office.browser.get("/api/v1/session").json()

    assert answer["until"] == "2026-11-20T05:30:00Z"
    assert answer["expires_at"] == "2026-11-20T13:00:00Z"
