"""The identity provider believes nobody: exact addresses, codes for one use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from infra.embedded import Servers
from infra.standins.oidc_grants import challenge

VERIFIER = secrets.token_urlsafe(48)


class Browser:
    """A portal and its visitor in one."""

    def __init__(self, servers: Servers) -> None:
        self.oidc = servers.addresses.oidc
        self.home = f"{servers.addresses.public_url}/sign-in/callback/vneid"
        self.http = httpx.Client()

    def asks(self, **other: str) -> dict[str, str]:
        return {
            "client_id": self.oidc.client_id,
            "redirect_uri": self.home,
            "response_type": "code",
            "scope": "openid profile",
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": challenge(VERIFIER),
            "code_challenge_method": "S256",
        } | other

    def signs_in(self, sub: str = "mai", **other: str) -> httpx.Response:
        place = f"{self.oidc.issuer}/authorize"
        return self.http.post(place, params=self.asks(**other), data={"sub": sub})

    def gets_code(self) -> str:
        return answer(self.signs_in())["code"]

    def redeems(self, code: str, **other: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.home,
            "code_verifier": VERIFIER,
        } | other
        client = (self.oidc.client_id, self.oidc.client_secret)
        return self.http.post(f"{self.oidc.issuer}/token", data=form, auth=client)


def answer(response: httpx.Response) -> dict[str, str]:
    query = urlsplit(response.headers["location"]).query
    return {name: values[0] for name, values in parse_qs(query).items()}


@pytest.fixture
def browser(servers: Servers) -> Iterator[Browser]:
    visitor = Browser(servers)
    yield visitor
    visitor.http.close()


def test_the_page_lists_the_people(browser: Browser) -> None:
    page = browser.http.get(f"{browser.oidc.issuer}/authorize", params=browser.asks())

    assert page.status_code == 200
    assert "Nguyễn Thị Mai" in page.text


def test_a_citizen_comes_back_with_a_signed_token(browser: Browser) -> None:
    home = answer(browser.signs_in())
    told = browser.redeems(home["code"]).json()

    place = f"{browser.oidc.issuer}/.well-known/openid-configuration"
    known = browser.http.get(place).json()
    keys = KeySet.import_key_set(browser.http.get(known["jwks_uri"]).json())
    claims = jwt.decode(told["id_token"], keys, algorithms=["RS256"]).claims
    assert home["state"] == "state-1"
    assert home["iss"] == browser.oidc.issuer
    assert claims["iss"] == known["issuer"] == browser.oidc.issuer
    assert claims["aud"] == browser.oidc.client_id
    assert claims["nonce"] == "nonce-1"
    assert claims["acr"] == "2"
    assert claims["personal_id"] == "001190012345"


def test_access_shows_the_same_person(browser: Browser) -> None:
    told = browser.redeems(browser.gets_code()).json()
    bearer = {"Authorization": f"Bearer {told['access_token']}"}

    person = browser.http.get(f"{browser.oidc.issuer}/userinfo", headers=bearer).json()

    assert person["sub"] == "mai"


@pytest.mark.parametrize("address", ["/sign-in/callback/", "/sign-in", "?x=1"])
def test_another_address_is_refused_and_nobody_sent_there(
    browser: Browser, address: str
) -> None:
    response = browser.signs_in(redirect_uri=browser.home + address)

    assert response.status_code == 400
    assert "location" not in response.headers


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_weak_request_gets_an_error_and_no_code(
    browser: Browser, other: dict[str, str], error: str
) -> None:
    home = answer(browser.signs_in(**other))

    assert home["error"] == error
    assert "code" not in home


def test_nobody_signs_in_as_a_stranger(browser: Browser) -> None:
    assert answer(browser.signs_in(sub="nobody"))["error"] == "access_denied"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": "another verifier"},
        {"redirect_uri": "http://127.0.0.1/elsewhere"},
        {"code": "made up"},
    ],
)
def test_a_code_is_worth_nothing_to_others(
    browser: Browser, wrong: dict[str, str]
) -> None:
    given = {"code": browser.gets_code()} | wrong
    refused = browser.redeems(**given)

    assert refused.status_code == 400
    assert refused.json() == {"error": "invalid_grant"}


def test_a_code_is_good_once(browser: Browser) -> None:
    code = browser.gets_code()

    assert browser.redeems(code).status_code == 200
    assert browser.redeems(code).json() == {"error": "invalid_grant"}


def test_a_client_without_its_secret_gets_nothing(browser: Browser) -> None:
    form = {"grant_type": "authorization_code", "code": browser.gets_code()}

    refused = browser.http.post(f"{browser.oidc.issuer}/token", data=form)

    assert refused.status_code == 401
