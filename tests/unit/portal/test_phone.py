"""Signing in by a code: sent to the phone, sealed on the way, good once."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from services.portal import codes, pseudonyms
from services.portal.bus import ServiceUnavailableError
from services.portal.code_store import GUESSES
from shared.personal import Personal, unseal
from shared.tokens import verify
from tests.builders.portal import PUBLIC, APortal, Browser, a_portal
from tests.fakes_codes import MemoryCodes

PHONE, NUMBER = "0912 345-678", "+84912345678"
FORM = re.compile(r'name="(form_token|key)" value="([^"]+)"')


class Visit:
    """A person with a phone, and what reached it."""

    def __init__(self, portal: APortal | None = None) -> None:
        self.portal = portal or a_portal()
        self.browser: Browser = self.portal.browser()

    def hidden(self, path: str) -> dict[str, str]:
        return dict(FORM.findall(self.browser.get(path).text))

    def asks(self, phone: str = PHONE, next: str = "") -> httpx.Response:
        form = self.hidden("/en/sign-in/phone")
        more = {"phone": phone, "next": next}
        return self.browser.post("/en/sign-in/phone", data=form | more)

    def enters(self, code: str, **changed: str) -> httpx.Response:
        form = self.hidden("/en/sign-in/phone/code") | {"code": code} | changed
        return self.browser.post("/en/sign-in/phone/code", data=form)

    @property
    def told(self) -> dict[str, Any]:
        """What the last message was to say, opened as notifications opens it."""
        sealed = self.portal.bus.orders[-1].arguments["recipient"]
        opened = unseal(sealed, self.portal.parts.accounts.keys)
        assert isinstance(opened, Personal)
        told: dict[str, Any] = json.loads(opened.value)
        return told

    @property
    def store(self) -> MemoryCodes:
        store = self.portal.parts.codes
        assert isinstance(store, MemoryCodes)
        return store


def test_a_phone_is_enough_to_sign_in() -> None:
    visit = Visit()

    sent = visit.asks(next="/en/procedures/birth")
    entered = visit.enters(visit.told["code"])

    assert sent.headers["location"] == "/en/sign-in/phone/code"
    assert visit.told["to"] == NUMBER
    assert entered.headers["location"] == "/en/procedures/birth"
    me = visit.browser.get("/api/v1/me").json()
    key = visit.portal.parts.settings.pseudonym_key
    assert me["subject"] == pseudonyms.citizen(key, f"phone:{NUMBER}")
    assert (me["kind"], me["level"]) == ("citizen", 1)
    assert me["claims"] == {"phone_number": NUMBER}


def test_the_same_phone_is_the_same_person_however_it_is_written() -> None:
    key = a_portal().parts.settings.pseudonym_key
    written = ["0912345678", "+84 912 345 678", "(0912) 345.678", "84912345678"]

    found = {pseudonyms.citizen(key, codes.name_of(codes.phone(x))) for x in written}

    assert len(found) == 1


@pytest.mark.parametrize("phone", ["", "12", "0243 8255 888", "abc", "+1", "0" * 99])
def test_what_is_no_mobile_number_stays_to_be_mended(phone: str) -> None:
    visit = Visit()

    answer = visit.asks(phone)

    assert answer.status_code == 422
    assert f'value="{phone}"' in answer.text
    assert visit.portal.bus.orders == []


def test_the_portal_itself_asks_and_what_crosses_the_bus_is_sealed() -> None:
    visit = Visit()

    visit.asks()

    [order] = visit.portal.bus.orders
    assert order.method == "notifications.send_code"
    by = verify(order.caller.token, PUBLIC)
    assert by is None or by.kind == "system"  # the token is of noon, long ago
    assert visit.told["code"] not in json.dumps(order.arguments)
    assert "912345678" not in json.dumps(order.arguments)


def test_a_wrong_code_signs_nobody_in() -> None:
    visit = Visit()
    visit.asks()

    answer = visit.enters(f"{(int(visit.told['code']) + 1) % 10**6:06}")

    assert answer.status_code == 422
    assert "not the code" in answer.text
    assert "guichet_session" not in visit.browser.cookies


def test_a_code_is_guessed_a_few_times_only() -> None:
    visit = Visit()
    visit.asks()
    right = visit.told["code"]
    wrong = f"{(int(right) + 1) % 10**6:06}"

    for _ in range(GUESSES):
        visit.enters(wrong)
    answer = visit.enters(right)

    assert "no longer be used" in answer.text
    assert "guichet_session" not in visit.browser.cookies


def test_a_code_is_good_once() -> None:
    visit = Visit()
    visit.asks()
    cookie = visit.browser.cookies["guichet_code"]
    visit.enters(visit.told["code"])
    visit.browser.cookies.clear()
    visit.browser.cookies.set("guichet_code", cookie)

    answer = visit.enters(visit.told["code"])

    assert "no longer be used" in answer.text


def test_a_code_is_worth_nothing_in_another_browser() -> None:
    visit = Visit()
    visit.asks()
    other = Visit(visit.portal)
    form = other.hidden("/en/sign-in/phone")

    answer = other.browser.post(
        "/en/sign-in/phone/code", data=form | {"code": visit.told["code"]}
    )

    assert "no longer be used" in answer.text
    assert "guichet_session" not in other.browser.cookies


def test_another_site_can_neither_send_codes_nor_sign_in() -> None:
    visit = Visit()
    visit.asks()
    before = len(visit.portal.bus.orders)

    sent = visit.browser.post("/en/sign-in/phone", data={"phone": PHONE})
    entered = visit.enters(visit.told["code"], form_token="forged")

    assert (sent.status_code, entered.status_code) == (422, 422)
    assert len(visit.portal.bus.orders) == before
    assert "guichet_session" not in visit.browser.cookies


def test_too_many_codes_are_refused_and_nothing_is_sent() -> None:
    visit = Visit()
    visit.store.is_full = True

    answer = visit.asks()

    assert answer.status_code == 429
    assert visit.portal.bus.orders == []


def test_a_code_that_could_not_be_sent_does_not_count() -> None:
    away = {"notifications.send_code": ServiceUnavailableError("notifications")}
    visit = Visit(a_portal(away))

    answer = visit.asks()

    assert answer.status_code == 503
    assert visit.store.kept == {}


@pytest.mark.parametrize("next", ["https://evil.test", "//evil.test", "/\\evil.test"])
def test_one_is_not_led_elsewhere_afterwards(next: str) -> None:
    visit = Visit()
    visit.asks(next=next)

    answer = visit.enters(visit.told["code"])

    assert answer.headers["location"] == "/en/dossiers"


def test_a_session_begins_anew_with_the_sign_in() -> None:
    visit = Visit()
    visit.browser.cookies.set("guichet_session", "planted")
    visit.asks()

    answer = visit.enters(visit.told["code"])

    [session] = re.findall(r"guichet_session=(\w+)", str(answer.headers))
    assert session != "planted"


def test_nothing_is_shown_of_a_code_nobody_asked_for() -> None:
    answer = Visit().browser.get("/en/sign-in/phone/code")

    assert answer.headers["location"] == "/en/sign-in/phone"


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_page_shows_every_way_in(language: str) -> None:
    page = Visit().browser.get(f"/{language}/sign-in?next=/{language}/dossiers").text

    assert f"/{language}/sign-in/phone?next=/{language}/dossiers" in page
    assert f"/sign-in?next=/{language}/dossiers" in page
