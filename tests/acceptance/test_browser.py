"""The portal in a real browser without JavaScript, as its people meet it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
)

from infra.embedded.system import System
from infra.standins.citizens import CITIZENS
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.staff import SignIn
from tools.demo.world import World, world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

UNIT = "ubnd_xa"
ROLES = ("reviewer", "agency_leader", "clerk")
LANGUAGES = {
    "vi": "Chứng thực bản sao từ bản chính",
    "en": "Certification of a copy against the original",
    "fr": "Certification conforme d'une copie à l'original",
}
GRANTED = Ending.GRANTED
PHONE: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Story:
    """Two dossiers under way, and the officers who work there."""

    url: str
    code: str
    tracking_code: str
    citizen: str
    code_online: str
    officers: dict[str, SignIn]


@pytest.fixture(scope="module")
def story(system: System) -> Story:
    return asyncio.run(tell(system))


async def tell(system: System) -> Story:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        counter = await received(here, "certified-copy", "counter")
        online = await received(here, "permanent-residence", "online")
        for role in ROLES:
            await here.staff.officer(UNIT, role)
        seen, theirs = [await each.desk.ask(each.path) for each in (counter, online)]
        return Story(
            url=places.public_url,
            code=seen["code"],
            tracking_code=seen["tracking_code"],
            citizen=online.applicant.full_name,
            code_online=theirs["code"],
            officers={
                each.role: each for each in here.staff.sign_ins if each.unit == UNIT
            },
        )


async def received(here: World, procedure: str, channel: str) -> Filing:
    filing = Filing(here, Plan(0, procedure, channel, GRANTED, f"story {channel}"))
    await filing.prepare()
    await filing.draft()
    await filing.submit()
    await filing.pay()
    await filing.accept()
    return filing


@pytest.fixture(scope="module")
def browser(story: Story) -> Iterator[Browser]:
    """Started after the story is told: its event loop bears no other beside it."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, story: Story) -> Iterator[BrowserContext]:
    """Somebody with a browser of their own, and no JavaScript."""
    context = browser.new_context(base_url=story.url, java_script_enabled=False)
    yield context
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_with_the_code_follows_a_dossier(
    visitor: BrowserContext, story: Story, language: str
) -> None:
    page = visitor.new_page()

    page.goto(f"/{language}/")
    page.locator("form input[name=code]").fill(story.tracking_code)
    page.locator("form:has(input[name=code]) button").click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).to_contain_text(story.code)
    expect(page.locator("main")).to_contain_text(LANGUAGES[language])
    expect(page.locator("ol [aria-current=step]")).to_have_count(1)


def test_the_public_page_shows_nothing_of_the_person(
    visitor: BrowserContext, story: Story
) -> None:
    page = visitor.new_page()

    page.goto(f"/en/t/{story.tracking_code}")

    expect(page.locator("main")).not_to_contain_text(story.citizen)
    assert "@" not in page.locator("main").inner_text()


def test_a_citizen_signs_in_and_finds_their_dossier(
    visitor: BrowserContext, story: Story
) -> None:
    page = visitor.new_page()

    page.goto("/vi/")
    page.locator("a[href*='/sign-in?next']").first.click()
    page.locator("a[href^='/sign-in?provider=vneid']").first.click()
    page.get_by_role("button", name=story.citizen).click()
    page.locator("li", has_text=story.code_online).get_by_role("link").click()

    main = page.locator("main")
    expect(main).to_contain_text(story.code_online)
    expect(main.locator("a[href$='/content']").first).to_be_visible()


def test_a_stranger_does_not_see_it(visitor: BrowserContext, story: Story) -> None:
    stranger = next(each for each in CITIZENS.values() if each.name != story.citizen)
    page = visitor.new_page()

    page.goto("/vi/")
    page.locator("a[href*='/sign-in?next']").first.click()
    page.locator("a[href^='/sign-in?provider=vneid']").first.click()
    page.get_by_role("button", name=stranger.name).click()

    expect(page.locator("main")).not_to_contain_text(story.code_online)


def test_a_case_goes_from_the_reviewer_to_the_leader_to_the_clerk(
    browser: Browser, story: Story
) -> None:
    """Three people, three languages, one case; nobody decides alone."""
    with at_work(browser, story, "reviewer", "vi") as page:
        page.locator("#result-1").select_option("certified")
        page.locator("#text-1").fill("Bản sao đúng với bản chính.")
        page.locator("form[action*='/proposal'] button:not([formaction])").click()
        page.locator("#outcome-1").select_option("match")
        page.locator("form[action*='/completion'] button:not([name=then])").click()
    with at_work(browser, story, "agency_leader", "fr") as page:
        expect(page.locator("main")).to_contain_text("Bản sao đúng với bản chính.")
        page.locator("form[action*='/completion'] button:not([name=then])").click()
        page.locator("#proof").fill(story.officers["agency_leader"].password)
        page.locator("main form button").click()
    with at_work(browser, story, "clerk", "en") as page:
        page.locator("form[action*='/completion'] button:not([name=then])").click()

    tracking = browser.new_page(base_url=story.url)
    tracking.goto(f"/en/t/{story.tracking_code}")
    wait_for(tracking, "Certified copy")
    tracking.close()


def wait_for(page: Page, text: str) -> None:
    """Look again until the page says it, as a person without JavaScript would."""
    deadline = monotonic() + 30
    while text not in page.locator("main").inner_text() and monotonic() < deadline:
        page.reload()
    expect(page.locator("main")).to_contain_text(text)


@contextmanager
def at_work(browser: Browser, story: Story, role: str, language: str) -> Iterator[Page]:
    """An officer, signed in, with the case of the story open before them."""
    officer = story.officers[role]
    context = browser.new_context(base_url=story.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#username").fill(officer.username)
    page.locator("#password").fill(officer.password)
    page.locator("main form button").click()
    page.get_by_role("link", name=story.code).first.click()
    expect(page.locator("h1")).to_contain_text(story.code)
    yield page
    context.close()


def test_a_wrong_password_is_answered_in_the_reader_s_language(
    visitor: BrowserContext,
) -> None:
    page = visitor.new_page()

    page.goto("/fr/staff/sign-in")
    page.locator("#username").fill("personne")
    page.locator("#password").fill("rien")
    page.locator("main form button").click()

    assert page.title().startswith("Erreur")
    expect(page.locator("#username")).to_have_value("personne")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "staff/sign-in", "t/{code}"])
def test_a_page_fits_the_smallest_phone(
    browser: Browser, story: Story, language: str, path: str
) -> None:
    page = browser.new_page(base_url=story.url, viewport=PHONE)

    page.goto(f"/{language}/{path.format(code=story.tracking_code)}")

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.close()
