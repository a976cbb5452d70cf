"""Reviewer by keyboard, leader without scripts, clerk: each in their language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.embedded.system import System
from tests.acceptance.test_browser import received
from tools.demo.staff import SignIn
from tools.demo.world import world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

PROCEDURE = "certified-copy"
ONLINE = "household-business"
UNIT, OTHER = "ubnd_xa", "phong_kt_xa"
ROLES = ("reviewer", "agency_leader", "clerk")
PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True)
class Office:
    """A copy to certify, a filing with documents, and who works on both."""

    url: str
    code: str
    code_online: str
    officers: dict[tuple[str, str], SignIn]


@pytest.fixture(scope="module")
def office(system: System) -> Office:
    return asyncio.run(opened(system))


async def opened(system: System) -> Office:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        copy = await received(here, PROCEDURE, "counter")
        online = await received(here, ONLINE, "online")
        for role in ROLES:
            await here.staff.officer(UNIT, role)
        await here.staff.officer(OTHER, "reviewer")
        seen, theirs = [await each.desk.ask(each.path) for each in (copy, online)]
        return Office(
            url=places.public_url,
            code=seen["code"],
            code_online=theirs["code"],
            officers={(each.unit, each.role): each for each in here.staff.sign_ins},
        )


@pytest.fixture(scope="module")
def browser(office: Office) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def at_work(
    browser: Browser,
    office: Office,
    role: str,
    language: str,
    *,
    unit: str = UNIT,
    scripts: bool = True,
) -> Page:
    """An officer, signed in by keyboard, with the queue open before them."""
    officer = office.officers[unit, role]
    context = browser.new_context(base_url=office.url, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#username").focus()
    page.keyboard.type(officer.username)
    page.locator("#password").focus()
    page.keyboard.type(officer.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/queue*")
    return page


def open_by_keys(page: Page, code: str) -> None:
    """`J` until the row is under the hand, then Enter."""
    page.wait_for_selector("[data-keys-hint]:not([hidden])")
    for _ in range(60):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.textContent") == code:
            page.keyboard.press("Enter")
            page.wait_for_url("**/staff/cases/**")
            return
    raise AssertionError(code)


def tab_to(page: Page, selector: str) -> None:
    """Tab by Tab, as somebody does who has no mouse."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(selector)


def proven(page: Page, officer: SignIn) -> None:
    """Where the page asks once more who it is."""
    if page.locator("input[name=proof]").count():
        page.locator("input[name=proof]").fill(officer.password)
        page.locator("main form button").first.click()


def test_a_reviewer_reads_a_document_beside_the_data_by_keyboard_alone(
    browser: Browser, office: Office
) -> None:
    page = at_work(browser, office, "reviewer", "fr", unit=OTHER)

    open_by_keys(page, office.code_online)

    expect(page.locator("#answers")).to_be_visible()
    expect(page.locator(".app-viewer__sheet img")).to_be_visible()
    page.keyboard.press("v")
    assert page.evaluate(
        "document.activeElement.classList.contains('app-viewer__sheet')"
    )
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_be_visible()
    page.keyboard.press("Escape")
    page.context.close()


def test_a_decision_is_previewed_proposed_approved_and_waits_for_its_seal(
    browser: Browser, office: Office
) -> None:
    """Three people, three languages; the first by keyboard, the second unscripted."""
    reviewed(browser, office)
    approved(browser, office)
    watched(browser, office)


def reviewed(browser: Browser, office: Office) -> None:
    page = at_work(browser, office, "reviewer", "vi")
    open_by_keys(page, office.code)

    tab_to(page, "form[action*='/proposal'] select[name=outcome]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Bản sao đúng với bản chính.")
    expect(page.locator("[data-typed-state]")).to_contain_text("Đã tự lưu")
    tab_to(page, "button[data-preview]")
    with page.context.expect_event(
        "response", lambda each: each.url.split("?")[0].endswith("/preview")
    ) as drawn:
        page.keyboard.press("Enter")
    assert drawn.value.headers["content-type"] == "application/pdf"
    page.bring_to_front()
    propose(page)

    expect(page.locator("main")).to_contain_text("Bản sao đúng với bản chính.")
    finish(page)
    page.context.close()


def propose(page: Page) -> None:
    page.locator("form[action*='/proposal'] button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=proposed*")


def finish(page: Page) -> None:
    """The step has several ends; the usual one is the first."""
    page.locator("form[action*='/completion'] select[name=outcome]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("form[action*='/completion'] button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=finished*")


def approved(browser: Browser, office: Office) -> None:
    """Who looked before the text was changed reads what is different in it."""
    leader = office.officers[UNIT, "agency_leader"]
    page = at_work(browser, office, "agency_leader", "en", scripts=False)
    page.goto("/en/staff/approvals")
    mine = page.locator(".review-approval", has_text=office.code)
    expect(mine).to_contain_text("Not seen yet")
    mine.get_by_role("link", name=office.code).first.click()
    reviewer = at_work(browser, office, "reviewer", "vi")
    reviewer.goto(page.url.replace("/en/", "/vi/"))
    reviewer.locator("details:has(form[action*='/proposal']) > summary").first.click()
    reviewer.locator("form[action*='/proposal'] textarea").fill("Bản sao rất đúng.")
    propose(reviewer)
    reviewer.context.close()

    page.goto("/en/staff/approvals")
    expect(mine.locator("ins").first).to_be_visible()
    expect(mine.locator("del").first).to_be_visible()
    on_paper(page, mine)
    mine.locator("input[type=checkbox]").check()
    page.locator("form#bulk > .panel button").click()
    proven(page, leader)

    expect(page.locator("section:has(#results)")).to_contain_text("1 of 1")
    page.context.close()


def on_paper(page: Page, row: Locator) -> None:
    """The list is printed, and nothing of what one works with."""
    page.emulate_media(media="print")
    expect(row).to_be_visible()
    for tool in ("form#bulk button", "form#bulk input", ".govuk-service-navigation"):
        expect(page.locator(tool).last).to_be_hidden()
    page.emulate_media(media="screen")


def watched(browser: Browser, office: Office) -> None:
    page = at_work(browser, office, "clerk", "fr")

    page.goto("/fr/staff/sealing")

    expect(page.locator("section:has(#to-number)")).to_contain_text(office.code)
    expect(page.locator("section:has(#numbers)")).to_contain_text("Récépissés")
    page.context.close()
