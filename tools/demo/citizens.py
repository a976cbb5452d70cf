"""Citizens who sign in as the portal asks them to: at the provider, with a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from random import Random
from urllib.parse import urljoin

import httpx

from infra.standins.citizens import CITIZENS
from tools.demo.client import Person, Present
from tools.demo.people import Person as Identity
from tools.demo.people import address

NewPerson = Callable[[str], Person]
SIGN_IN = "/sign-in?next=/vi/"
LONGEST_WAY = 12  # redirects
PAUSES = (0.5, 1, 2, 4, 8)  # seconds


class CannotSignInError(Exception):
    """The way through the provider did not end at the portal with a session."""


def identity(sub: str) -> Identity:
    """The provider's person, with a place to live."""
    known = CITIZENS[sub]
    return Identity(
        full_name=known.name,
        gender=known.gender,
        birth_date=date.fromisoformat(known.birthdate),
        personal_id=known.personal_id,
        phone=known.phone_number,
        email=known.email,
        residence=address(Random(sub)),
    )


class Citizens:
    """`await citizens.signed_in("mai")`: each one signs in once."""

    def __init__(self, new_person: NewPerson) -> None:
        self._new_person = new_person
        self._present = Present(self._come)

    async def signed_in(self, sub: str) -> Person:
        return await self._present.find(sub)

    async def _come(self, sub: str) -> Person:
        """Who is turned away by a portal that is just starting comes again."""
        for pause in PAUSES:
            try:
                return await self._sign_in(sub)
            except (httpx.TransportError, CannotSignInError):
                await asyncio.sleep(pause)
        return await self._sign_in(sub)

    async def _sign_in(self, sub: str) -> Person:
        async def enter(citizen: Person) -> None:
            await at_the_provider(citizen.http, sub)

        return await self._new_person(f"{CITIZENS[sub].name} (citizen)").enter(enter)


async def at_the_provider(browser: httpx.AsyncClient, sub: str) -> None:
    """The citizen says who they are there, and comes back with a session here."""
    browser.cookies.clear()
    page = await follow(browser, await browser.get(SIGN_IN))
    back = await browser.post(str(page.url), data={"sub": sub})
    await follow(browser, back, until=str(browser.base_url))
    if "guichet_session" not in browser.cookies:
        raise CannotSignInError(sub, str(back.url), back.status_code)


async def follow(
    browser: httpx.AsyncClient, answer: httpx.Response, *, until: str | None = None
) -> httpx.Response:
    """The page at the end of all redirects, or the first one set by a host."""
    for _ in range(LONGEST_WAY):
        if not answer.has_redirect_location:
            return answer
        target = urljoin(str(answer.url), answer.headers["location"])
        answer = await browser.get(target)
        if until and target.startswith(until) and "guichet_session" in browser.cookies:
            return answer
    raise CannotSignInError(str(answer.url))
