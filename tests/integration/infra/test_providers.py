"""Both providers that are stood in for, as the portal itself speaks with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from infra.embedded import Servers
from infra.embedded.addresses import OidcAddress
from services.portal.errors import BusinessMissingError, IdentityRefusedError
from services.portal.identity import Identity, Pending, Provider
from services.portal.provider_settings import ProviderSettings
from shared.clock import now

Act = Callable[[Provider, httpx.AsyncClient], Awaitable[Any]]


def at(servers: Servers, profile: str) -> OidcAddress:
    return next(each for each in servers.addresses.providers if each.profile == profile)


def with_provider(servers: Servers, profile: str, act: Act) -> Any:
    address, home = at(servers, profile), servers.addresses.public_url
    settings = ProviderSettings(
        id=profile,
        profile=address.profile,
        issuer=address.issuer,
        client_id=address.client_id,
        client_secret=address.client_secret,
    )

    async def run() -> Any:
        async with httpx.AsyncClient() as http:
            back = f"{home}/sign-in/callback/{profile}"
            return await act(Provider(settings, http, now, redirect_uri=back), http)

    return asyncio.run(run())


def signed_in(
    servers: Servers, profile: str, sub: str, *, as_business: bool = False
) -> Identity:
    async def act(provider: Provider, browser: httpx.AsyncClient) -> Identity:
        pending = Pending.begin(profile, "/", as_business=as_business)
        place = await provider.address(pending)
        shown = await browser.get(place)
        sent = await browser.post(place, data={"sub": sub})
        query = parse_qs(urlsplit(sent.headers["location"]).query)
        answer = {name: values[0] for name, values in query.items()}
        assert shown.status_code == 200
        return await provider.identity(pending, answer)

    found: Identity = with_provider(servers, profile, act)
    return found


def test_vneid_says_number_and_level(servers: Servers) -> None:
    identity = signed_in(servers, "vneid", "mai")

    assert (identity.name, identity.level) == ("001190012345", 2)
    assert identity.claims["phone_number"] == "+84910012345"


def test_franceconnect_says_who_but_no_number(servers: Servers) -> None:
    identity = signed_in(servers, "franceconnect", "9a1f4c27v1")

    assert identity.name == f"{at(servers, 'franceconnect').issuer}|9a1f4c27v1"
    assert identity.level == 1
    assert identity.claims["name"] == "Camille Anne LEFÈVRE"
    assert identity.claims["birthplace"] == "75112"


def test_a_business_comes_with_its_representative(servers: Servers) -> None:
    identity = signed_in(servers, "vneid", "lan@0100109106", as_business=True)

    assert identity.business == "0100109106"
    assert identity.name == "046178034527"
    assert identity.claims["name"] == "Lê Thị Ngọc Lan"


def test_who_stands_for_no_business_is_turned_away(servers: Servers) -> None:
    with pytest.raises(BusinessMissingError):
        signed_in(servers, "vneid", "tuan", as_business=True)


def test_people_of_one_provider_are_nobody_at_the_other(servers: Servers) -> None:
    with pytest.raises(IdentityRefusedError):
        signed_in(servers, "franceconnect", "mai")


@pytest.mark.parametrize("profile", ["vneid", "franceconnect"])
def test_one_is_signed_out_only_by_name_and_to_a_known_place(
    servers: Servers, profile: str
) -> None:
    sub = {"vneid": "mai", "franceconnect": "51c07bd8v1"}[profile]
    token = signed_in(servers, profile, sub).id_token
    back = f"{servers.addresses.public_url}/sign-out/callback"

    async def act(provider: Provider, browser: httpx.AsyncClient) -> list[str]:
        tries = [(token, back), ("", back), (token, "https://evil.test/")]
        places = [await provider.sign_out_address(*each, "s") for each in tries]
        answers = [await browser.get(place) for place in places]
        return [each.headers.get("location", "") for each in answers]

    places = with_provider(servers, profile, act)

    assert places == [f"{back}?state=s", "", ""]
