"""An open page changes when an officer acts; when it cannot, it says how to go on."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.embedded.system import System
from tests.acceptance.callers import Caller, caller
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.world import World, world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

SOON = 15_000  # milliseconds, on a machine that does other things too
CODE = "H15."  # a dossier has none before it is accepted
LANGUAGES = ("vi", "en", "fr")


@dataclass
class Waiting:
    """A dossier that was handed in, and the officer who can accept it."""

    url: str
    path: str
    tracking_code: str
    desk: Caller

    def accept(self) -> None:
        answer = self.desk.order("POST", f"{self.path}/acceptance")
        assert answer.is_success, answer.text


@pytest.fixture(scope="module")
def dossiers(system: System) -> Iterator[Waiting]:
    """One after the other, each of them still to be accepted."""
    return iter(asyncio.run(hand_in(system, 6)))


async def hand_in(system: System, count: int) -> list[Waiting]:
    async with world(system.connect()) as here:
        await here.learn_procedures()
        return [await handed_in(here, number) for number in range(count)]


async def handed_in(here: World, number: int) -> Waiting:
    plan = Plan(number, "permanent-residence", "online", Ending.GRANTED, "live")
    filing = Filing(here, plan)
    await filing.prepare()
    await filing.draft()
    await filing.submit()
    seen = await filing.desk.ask(filing.path)
    desk = caller(filing.desk)
    return Waiting(desk.url, filing.path, seen["tracking_code"], desk)


@pytest.fixture(scope="module")
def browser(dossiers: Iterator[Waiting]) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def waiting(dossiers: Iterator[Waiting]) -> Waiting:
    return next(dossiers)


def tracking(browser: Browser, waiting: Waiting, language: str = "en") -> Page:
    page = browser.new_page(base_url=waiting.url)
    page.goto(f"/{language}/t/{waiting.tracking_code}")
    expect(page.locator("main")).not_to_contain_text(CODE)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_page_changes_by_itself_when_an_officer_acts(
    browser: Browser, waiting: Waiting, language: str
) -> None:
    page = tracking(browser, waiting, language)
    expect(page.locator("[data-watch]")).to_have_attribute("data-by", "stream")

    waiting.accept()

    expect(page.locator("#standing")).to_contain_text(CODE, timeout=SOON)
    expect(page.locator("[data-watch]")).to_contain_text(re.compile(r"\d\d[:h]\d\d"))
    page.close()


def test_where_streams_are_blocked_the_page_asks_now_and_then(
    browser: Browser, waiting: Waiting
) -> None:
    page = browser.new_page(base_url=waiting.url)
    page.route(re.compile(r"/events\?"), lambda route: route.abort())
    page.goto(f"/en/t/{waiting.tracking_code}")
    expect(page.locator("[data-watch]")).to_have_attribute(
        "data-by", "asking", timeout=SOON
    )

    waiting.accept()

    expect(page.locator("#standing")).to_contain_text(CODE, timeout=SOON)
    page.close()


def test_without_scripts_the_page_says_how_to_see_what_is_new(
    browser: Browser, waiting: Waiting
) -> None:
    context = browser.new_context(base_url=waiting.url, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"/en/t/{waiting.tracking_code}")

    expect(page.locator("[data-watch]")).to_contain_text("Load this page again")
    waiting.accept()
    for _ in range(20):
        page.reload()
        if CODE in page.locator("#standing").inner_text():
            break
    expect(page.locator("#standing")).to_contain_text(CODE)
    context.close()


def test_with_open_pages_the_portal_ends_in_time_and_they_find_it_again(
    browser: Browser, system: System, waiting: Waiting
) -> None:
    page = tracking(browser, waiting)
    expect(page.locator("[data-watch]")).to_have_attribute("data-by", "stream")

    begun = monotonic()
    ended = system.kill("portal.web", signal.SIGTERM)
    system.wait_until_ready("portal.web", instead_of=ended)
    seconds = monotonic() - begun
    waiting.accept()

    assert seconds < 30  # it ended, and its successor is there
    expect(page.locator("#standing")).to_contain_text(CODE, timeout=4 * SOON)
    page.close()
