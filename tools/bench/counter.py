"""A queue of people before one desk: how long each waits for the machine alone."""

from __future__ import annotations

import asyncio
from time import monotonic

from infra.embedded.system import System
from tools.bench.figures import Figures, Terms, rate
from tools.demo.staff import SignIn
from tools.demo.world import world
from tools.pages.browser import WHOLE, chromium
from tools.pages.counter import (
    Keyboard,
    at_the_desk,
    filled,
    opened,
    printed,
    received,
)

UNIT, PROCEDURE, PERSON = "ttpvhcc_xa", "2.000815", "123456"
FILING, PAPER = 90.0, 2.0  # seconds
KEY = 0.28  # seconds an average typist takes, by the keystroke-level model


async def measured_counter(system: System, terms: Terms) -> Figures:
    """Certified copies, one after the other, in a real browser."""
    url, officer = await at_work(system)
    return await asyncio.to_thread(filings, url, officer, terms)


async def at_work(system: System) -> tuple[str, SignIn]:
    places = system.connect()
    async with world(places) as here:
        await here.staff.officer(UNIT, "front_desk")
        return places.public_url, here.staff.sign_ins[-1]


def filings(url: str, officer: SignIn, terms: Terms) -> Figures:
    begun, whole, papers, keys = monotonic(), list[float](), list[float](), 0
    with chromium(WHOLE) as browser, at_the_desk(browser, url, officer) as page:
        while monotonic() < begun + terms.seconds:
            page.goto("/vi/staff/desk")
            opening, keyboard = monotonic(), Keyboard(page)
            opened(page, keyboard, PROCEDURE)
            filled(page, keyboard, PERSON)
            receiving = monotonic()
            received(page, keyboard)
            printed(page, keyboard)
            whole.append(monotonic() - opening)
            papers.append(monotonic() - receiving)
            keys = keyboard.keys
    spent, typing = monotonic() - begun, keys * KEY
    filing = rate(f"filing by {keys} keys, as fast as a script", whole, spent)
    paper = rate("from the receiving key to form 01 at the printer", papers, spent)
    paper.ratio = paper.p95_ms and paper.p95_ms / 1000 / PAPER
    return Figures(
        name="counter",
        seconds=terms.seconds,
        concurrency=1,
        figures=[filing, paper],
        facts=[
            f"{keys} keys: {typing:.0f} s of typing; a filing may take {FILING:.0f}",
            f"form 01 may take {PAPER:.0f} s (the ratio); slowest {max(papers):.2f} s",
        ],
    )
