"""Officers in a real browser without JavaScript: queue, case, calendar, figures."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.embedded.system import System
from tests.acceptance.test_browser import received, wait_for
from tools.demo.staff import SignIn
from tools.demo.world import world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PROCEDURE = "house-building-permit"
UNIT = "phong_kt_xa"
WORDS = "giay phep xay dung"  # as people type them who have no marks at hand


@dataclass(frozen=True)
class Office:
    """Two permits that wait in a unit, and who works there."""

    url: str
    codes: list[str]
    tracking_code: str
    officers: dict[str, SignIn]


@pytest.fixture(scope="module")
def office(system: System) -> Office:
    return asyncio.run(opened(system))


async def opened(system: System) -> Office:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        filings = [await received(here, PROCEDURE, "counter") for _ in range(2)]
        for role in ("reviewer", "unit_leader"):
            await here.staff.officer(UNIT, role)
        await here.staff.officer("ubnd_xa", "manager")
        seen = [await each.desk.ask(each.path) for each in filings]
        return Office(
            url=places.public_url,
            codes=[each["code"] for each in seen],
            tracking_code=seen[0]["tracking_code"],
            officers={each.role: each for each in here.staff.sign_ins},
        )


@pytest.fixture(scope="module")
def browser(office: Office) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def at_work(browser: Browser, office: Office, role: str, language: str) -> Page:
    """An officer, signed in, with the queue open before them."""
    officer = office.officers[role]
    context = browser.new_context(base_url=office.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#username").fill(officer.username)
    page.locator("#password").fill(officer.password)
    page.locator("main form button").click()
    return page


def filter_by_words(page: Page) -> None:
    page.locator("details.filter:has(#f-q) summary").click()
    page.locator("#f-q").fill(WORDS)
    page.locator("form[action$='/search'] button").click()


def opened_form(page: Page, name: str) -> Locator:
    """The form of a command, unfolded."""
    folded = page.locator(f"details.command:has(form[action*='/commands/{name}'])")
    folded.first.locator("summary").click()
    return folded.first


def test_a_leader_finds_the_permits_and_shares_them_out(
    browser: Browser, office: Office
) -> None:
    page = at_work(browser, office, "unit_leader", "vi")

    filter_by_words(page)
    for code in office.codes:
        row = page.locator("tr", has_text=code)
        row.locator("input[type=checkbox]").check()
    page.locator("#bulk-action").select_option("distribute")
    reviewer = office.officers["reviewer"].username
    page.locator(f"#bulk input[value='{reviewer}']").check()
    page.locator("#bulk button").click()

    expect(page.locator("section:has(#results)")).to_contain_text("2 trên 2")


def test_the_filters_go_with_the_officer_from_case_to_case(
    browser: Browser, office: Office
) -> None:
    page = at_work(browser, office, "reviewer", "en")

    filter_by_words(page)
    page.get_by_role("link", name=office.codes[0]).first.click()
    page.locator("nav.pages a:not(.back)").first.click()

    expect(page.locator("h1")).not_to_contain_text(office.codes[0])
    assert "q=giay" in page.url


def test_a_reviewer_consults_another_unit_and_reads_why_this_date(
    browser: Browser, office: Office
) -> None:
    page = at_work(browser, office, "reviewer", "fr")
    page.get_by_role("link", name=office.codes[0]).first.click()

    form = opened_form(page, "consult")
    form.locator("input[name=units]").first.check()
    form.locator("textarea").fill("Phù hợp quy hoạch không?")
    form.locator("input[name=value]").fill("3")
    form.locator("button").click()

    expect(page.locator("section:has(#opinions)")).to_contain_text("quy hoạch")
    page.locator("section.clock summary").click()
    expect(page.locator("section.clock ol")).to_contain_text("Reçu")


def test_a_day_off_decreed_half_way_moves_the_date_and_everybody_reads_why(
    browser: Browser, office: Office
) -> None:
    tracking = browser.new_page(base_url=office.url)
    tracking.goto(f"/en/t/{office.tracking_code}")
    due = tracking.locator("dl div", has=tracking.get_by_text("Due date", exact=True))
    before = due.locator("time").get_attribute("datetime")
    assert before
    page = at_work(browser, office, "manager", "vi")

    page.goto("/vi/staff/calendar")
    page.locator("#date").fill(before[:10])
    page.locator("#legal_notice").fill("Công điện 12/CĐ-TTg")
    page.locator("form.panel button").click()

    expect(page.locator("table")).to_contain_text("Công điện 12/CĐ-TTg")
    wait_for(tracking, "a legal notice changed the working days")
    tracking.close()
    page.locator("td details summary").first.click()
    page.locator("td input[name=legal_notice]").first.fill("Công điện 13/CĐ-TTg")
    page.locator("form[action$='/revocation'] button").first.click()
    expect(page.locator("table s")).to_be_visible()


def test_a_manager_reads_the_figures(browser: Browser, office: Office) -> None:
    page = at_work(browser, office, "manager", "en")

    page.goto("/en/staff/dashboard?unit=all")

    expect(page.locator("table.figures").nth(1)).to_contain_text("Building permit")
