"""Managers look at what waits; administrators hire, and publish: without scripts."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.embedded.running import Places
from infra.embedded.system import System
from shared.directory import read
from tests.acceptance.test_browser import received
from tools.demo.staff import SignIn
from tools.demo.world import world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

COMMITTEE, CHOSEN = "ubnd_xa", "phong_kt_xa"
ROLES = ("manager",)
NIGHT_PASS = Path(__file__).parent / "catalogues/nasty/night-pass.json"
SLUG = "moon-pass"
ONE_TIME, OWN = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True)
class House:
    """A dossier that waits, and who looks after the whole house."""

    places: Places
    code: str
    officers: dict[str, SignIn]

    @property
    def administrator(self) -> tuple[str, str]:
        return self.places.admin_name, self.places.admin_password

    def officer(self, role: str) -> tuple[str, str]:
        return self.officers[role].username, self.officers[role].password


@pytest.fixture(scope="module")
def house(system: System) -> House:
    return asyncio.run(opened(system))


async def opened(system: System) -> House:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        copy = await received(here, "certified-copy", "counter")
        for role in ROLES:
            await here.staff.officer(COMMITTEE, role)
        seen = await copy.desk.ask(copy.path)
        theirs = [each for each in here.staff.sign_ins if each.unit == COMMITTEE]
        return House(places, seen["code"], {each.role: each for each in theirs})


@pytest.fixture(scope="module")
def browser(house: House) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def signed_in(
    browser: Browser, house: House, language: str, who: tuple[str, str]
) -> Page:
    context = browser.new_context(
        base_url=house.places.public_url, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    enter(page, language, who)
    return page


def look_again(page: Page, text: str) -> None:
    """Load the page until it says so, as people do who have no scripts."""
    deadline = monotonic() + PATIENCE / 1000
    while text not in page.locator("main").inner_text() and monotonic() < deadline:
        page.reload()
    expect(page.locator("main")).to_contain_text(text)


def enter(page: Page, language: str, who: tuple[str, str]) -> None:
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#username").fill(who[0])
    page.locator("#password").fill(who[1])
    page.locator("main form button").first.click()


def test_a_manager_goes_from_a_figure_to_the_dossier_behind_it(
    browser: Browser, house: House
) -> None:
    page = signed_in(browser, house, "vi", house.officer("manager"))
    page.goto("/vi/staff/dashboard")

    page.locator("a.app-tile__link[href*='name=open']").first.click()
    look_again(page, house.code)
    page.locator("main").get_by_role("link", name=house.code).click()

    expect(page.locator("h1")).to_contain_text(house.code)
    page.context.close()


def test_a_manager_takes_the_figures_home_as_a_sheet(
    browser: Browser, house: House
) -> None:
    page = signed_in(browser, house, "fr", house.officer("manager"))
    page.goto("/fr/staff/dashboard")
    look_again(page, "CSV")

    with page.expect_download() as begun:
        page.locator("a[download][href*='dashboard.csv']").click()

    sheet = begun.value.path().read_text(encoding="utf-8-sig")
    assert begun.value.suggested_filename.endswith(".csv")
    assert "Démarche" in sheet.splitlines()[0]
    assert len(sheet.splitlines()) > 1
    page.context.close()


def test_an_administrator_hires_an_officer_who_changes_the_password_first(
    browser: Browser, house: House
) -> None:
    """Opened in Vietnamese, begun in French, changed in English."""
    username = f"moi-{secrets.token_hex(3)}"
    hired(browser, house, username)
    begun(browser, house, username)
    promoted(browser, house, username)


def hired(browser: Browser, house: House, username: str) -> None:
    page = signed_in(browser, house, "vi", house.administrator)
    page.goto("/vi/staff/admin/accounts/new")

    page.locator("#username").fill(username)
    page.locator("#name").fill("Đặng Thị Mới")
    page.locator("#agency").select_option(CHOSEN)
    page.locator("#role-reviewer").check()
    page.locator("#password").fill(ONE_TIME)
    page.locator("main form button").last.click()

    expect(page.locator(".govuk-notification-banner")).to_contain_text("Đã mở")
    expect(page.locator("main")).to_contain_text(username)
    page.context.close()


def begun(browser: Browser, house: House, username: str) -> None:
    """The one-time password opens one page; what was chosen there opens the rest."""
    page = signed_in(browser, house, "fr", (username, ONE_TIME))
    expect(page).to_have_url(f"{house.places.public_url}/fr/staff/password")
    page.goto("/fr/staff/queue")
    expect(page.locator(".review-row")).to_have_count(0)
    page.goto("/fr/staff/password")
    page.locator("#present").fill(ONE_TIME)
    page.locator("#password").fill(OWN)
    page.locator("main form button").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("est changé")

    enter(page, "fr", (username, ONE_TIME))
    expect(page.locator("[role=alert]")).to_be_visible()
    enter(page, "fr", (username, OWN))

    expect(page).to_have_url(f"{house.places.public_url}/fr/staff/queue")
    page.context.close()


def promoted(browser: Browser, house: House, username: str) -> None:
    page = signed_in(browser, house, "en", house.administrator)
    page.goto("/en/staff/admin/accounts?query=dang+moi")
    page.locator("main").locator(f"a[href$='/{username}']").click()

    page.locator("#role-reviewer").uncheck()
    page.locator("#role-unit_leader").check()
    page.locator(f"form[action$='/{username}'] button").click()

    expect(page.locator("#role-unit_leader")).to_be_checked()
    expect(page.locator("#role-reviewer")).not_to_be_checked()
    page.context.close()
    leader = signed_in(browser, house, "en", (username, OWN))
    leader.goto("/en/staff/approvals")
    expect(leader.locator("h1")).to_be_visible()
    leader.context.close()


def test_an_administrator_sees_what_a_version_changes_before_it_is_in_force(
    browser: Browser, house: House
) -> None:
    page = signed_in(browser, house, "en", house.administrator)
    first = defined(1)
    offer(page, first)
    confirm(page)
    second = defined(2)
    second["names"]["en"] = "Pass for nights with a full moon"

    offer(page, second)

    main = page.locator("main")
    expect(main.locator("del", has_text=first["names"]["en"])).to_be_visible()
    expect(main.locator("ins", has_text="full moon")).to_be_visible()
    confirm(page)
    page.goto(f"/en/staff/admin/procedures/{SLUG}")
    expect(page.locator("h1")).to_contain_text("full moon")
    page.locator("main").get_by_role("link", name="2").first.click()
    expect(page.locator("h1")).to_contain_text("full moon")
    page.context.close()


def test_what_is_wrong_with_a_version_is_said_all_at_once(
    browser: Browser, house: House
) -> None:
    page = signed_in(browser, house, "vi", house.administrator)
    broken = defined(9)
    del broken["names"]["fr"], broken["steps"]

    offer(page, broken, "vi")

    expect(page.locator("main ol > li").nth(1)).to_be_visible()
    expect(page.locator("#content")).to_have_value(
        json.dumps(broken, ensure_ascii=False)
    )
    page.context.close()


def defined(number: int) -> dict[str, Any]:
    """A procedure that no other test knows."""
    definition = deepcopy(read(NIGHT_PASS))
    version = {"number": number, "valid_from": "2025-01-01", "valid_to": None}
    return {**definition, "slug": SLUG, "code": "1.900119", "version": version}


def offer(page: Page, definition: dict[str, Any], language: str = "en") -> None:
    page.goto(f"/{language}/staff/admin/procedures/publish")
    page.locator("#content").fill(json.dumps(definition, ensure_ascii=False))
    page.locator("main form button").click()


def confirm(page: Page) -> None:
    page.locator("input[name=is_emergency]").check()
    page.locator("main form button").click()
    page.wait_for_url("**done=published*")
