"""To the provider and back: only who began comes back, and to where they wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from services.portal import pseudonyms
from services.portal.errors import BusinessMissingError, IdentityRefusedError
from services.portal.identity import Identity, Pending, Provider
from services.portal.provider_settings import ProviderSettings
from tests.builders.portal import (
    A_PROVIDER,
    DOSSIER,
    APortal,
    Browser,
    a_citizen,
    a_portal,
    a_row,
)

FORM = re.compile(r'name="(form_token|key)" value="([^"]+)"')
FRANCE = {"id": "france", "profile": "franceconnect", "issuer": "https://fc.test"}


class Word:
    """A provider whose word a test gives; it checks the state as the real one does."""

    def __init__(self, identity: Identity | Exception, **named: str) -> None:
        self.settings = ProviderSettings.model_validate(A_PROVIDER | named)
        self._identity = identity
        self.left: list[tuple[str, str, str]] = []

    async def address(self, pending: Pending) -> str:
        return f"{self.settings.issuer}/authorize?state={pending.state}"

    async def identity(self, pending: Pending, answer: Mapping[str, str]) -> Identity:
        if (answer.get("state"), self.settings.id) != (pending.state, pending.provider):
            raise IdentityRefusedError
        if isinstance(self._identity, Exception):
            raise self._identity
        return self._identity

    async def sign_out_address(self, id_token: str, back: str, state: str) -> str:
        self.left.append((id_token, back, state))
        return f"{self.settings.issuer}/logout?state={state}"


MAI = Identity("001190012345", 2, {"name": "Mai"}, provider="vneid", id_token="t.o.k")
OF_BAN_MAI = Identity(
    "001190012345",
    2,
    {"name": "Mai", "organization": {"tax_code": "0100109106", "name": "Ban Mai"}},
    business="0100109106",
    provider="vneid",
)


def a_portal_with(*words: Word) -> tuple[APortal, Browser]:
    portal = a_portal()
    found = {each.settings.id: cast(Provider, each) for each in words}
    portal.parts.providers.update(found)
    return portal, portal.browser()


def begins(browser: Browser, **asked: str) -> str:
    """Goes to the provider; the state it was sent with."""
    sent = browser.get("/sign-in", params=asked)
    assert sent.status_code == 303
    return parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]


def comes_back(
    browser: Browser, state: str, provider: str = "vneid", **more: str
) -> httpx.Response:
    asked = {"state": state, "code": "x", **more}
    return browser.get(f"/sign-in/callback/{provider}", params=asked)


def test_one_comes_back_to_where_one_wanted_to_go() -> None:
    _, browser = a_portal_with(Word(MAI))

    back = comes_back(browser, begins(browser, next="/fr/procedures/birth"))

    assert back.headers["location"] == "/fr/procedures/birth"
    me = browser.get("/api/v1/me").json()
    assert (me["kind"], me["level"]) == ("citizen", 2)


@pytest.mark.parametrize("next", ["https://evil.test", "//evil.test", "/\\evil", "x"])
def test_one_is_not_led_elsewhere(next: str) -> None:
    _, browser = a_portal_with(Word(MAI))

    back = comes_back(browser, begins(browser, next=next))

    assert back.headers["location"] == "/vi/dossiers"


def test_a_state_is_good_once() -> None:
    _, browser = a_portal_with(Word(MAI))
    state = begins(browser)
    comes_back(browser, state)

    again = comes_back(browser, state)

    assert again.status_code == 401


def test_a_state_of_another_browser_is_refused() -> None:
    portal, browser = a_portal_with(Word(MAI))
    state = begins(browser)
    victim = portal.browser()

    answer = comes_back(victim, state)

    assert answer.status_code == 401
    assert "guichet_session" not in victim.cookies


def test_the_answer_of_one_provider_is_not_taken_to_another() -> None:
    _, browser = a_portal_with(Word(MAI), Word(MAI, **FRANCE))
    state = begins(browser, provider="france")

    answer = comes_back(browser, state, provider="vneid")

    assert answer.status_code == 401
    assert "guichet_session" not in browser.cookies


def test_two_tabs_sign_in_side_by_side() -> None:
    _, browser = a_portal_with(Word(MAI))
    first, second = begins(browser, next="/vi/a"), begins(browser, next="/vi/b")

    places = [comes_back(browser, state) for state in (first, second)]

    assert [each.headers["location"] for each in places] == ["/vi/a", "/vi/b"]


def test_a_business_files_and_its_representative_acts() -> None:
    portal, browser = a_portal_with(Word(OF_BAN_MAI))
    comes_back(browser, begins(browser, whose="business"))
    portal.views.rows = [a_row()]

    browser.get("/vi/dossiers")

    key = portal.parts.settings.pseudonym_key
    business = pseudonyms.citizen(key, "0100109106")
    assert portal.views.asked[-1].names == (business,)
    me = browser.get("/api/v1/me").json()
    assert me["subject"] == pseudonyms.citizen(key, "001190012345")
    assert me["on_behalf_of"] == business


def test_who_gives_up_is_told_so_and_may_choose_again() -> None:
    _, browser = a_portal_with(Word(IdentityRefusedError()))
    state = begins(browser, next="/en/dossiers")

    answer = comes_back(browser, state, error="access_denied")

    assert "stopped on the way" in answer.text
    assert "provider=vneid" in answer.text
    assert "next=/en/dossiers" in answer.text


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (IdentityRefusedError(), "could not be confirmed"),
        (BusinessMissingError(), "stands for no business"),
        (httpx.ConnectError("away"), "does not answer"),
    ],
)
def test_what_went_wrong_is_said_beside_the_other_ways_in(
    refusal: Exception, said: str
) -> None:
    _, browser = a_portal_with(Word(refusal))

    answer = comes_back(browser, begins(browser, next="/en/dossiers"))

    assert said in answer.text
    assert "/en/sign-in/phone" in answer.text
    assert "guichet_session" not in browser.cookies


def test_there_is_no_way_in_that_nobody_set_up() -> None:
    _, browser = a_portal_with(Word(MAI))

    assert browser.get("/sign-in?provider=evil").status_code == 404
    assert comes_back(browser, "x", provider="evil").status_code in (401, 404)


def left(browser: Browser) -> httpx.Response:
    hidden: Any = dict(FORM.findall(browser.get("/en/dossiers").text))
    return browser.post("/en/sign-out", data=hidden)


def test_one_leaves_here_first_and_then_at_the_provider() -> None:
    word = Word(MAI)
    _, browser = a_portal_with(word)
    comes_back(browser, begins(browser))

    answer = left(browser)

    assert answer.headers["location"].startswith("https://issuer.test/logout")
    [(token, back, _)] = word.left
    assert (token, back) == ("t.o.k", "http://portal.test/sign-out/callback")
    assert browser.get("/api/v1/me").status_code == 401


def test_coming_back_from_there_ends_nothing() -> None:
    """Another site may lead here as often as it likes."""
    portal, _ = a_portal_with(Word(MAI))
    browser = portal.person(a_citizen())

    answer = browser.get("/sign-out/callback?state=forged")

    assert answer.headers["location"].endswith("/?done=signed_out")
    assert browser.get("/api/v1/me").status_code == 200


def test_another_site_cannot_sign_one_out() -> None:
    portal, _ = a_portal_with(Word(MAI))
    browser = portal.person(a_citizen())

    browser.post("/en/sign-out", data={"form_token": "forged"})

    assert browser.get("/api/v1/me").status_code == 200


def test_who_is_not_signed_in_comes_back_to_the_very_page() -> None:
    _, browser = a_portal_with(Word(MAI))

    answer = browser.get(f"/en/dossiers/{DOSSIER}?seen=3")

    wanted = f"/en/sign-in?next=/en/dossiers/{DOSSIER}%3Fseen%3D3"
    assert answer.headers["location"] == wanted
