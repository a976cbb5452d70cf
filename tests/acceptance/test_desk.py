"""A queue of people, paper in hand, a keyboard, one screen: the front desk at work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.embedded.system import System
from tools.demo.casework import Casework
from tools.demo.client import until
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.staff import SignIn
from tools.demo.watch import Watch
from tools.demo.world import World, world
from tools.pages.browser import WHOLE, chromium
from tools.pages.counter import (
    CARD,
    Keyboard,
    at_the_desk,
    filled,
    opened,
    printed,
    received,
)

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(400)]

DESK = "ttpvhcc_xa"
READY = 9
MOST_KEYS = 100  # half a minute of typing; a filing may take a minute and a half


@dataclass(frozen=True)
class Story:
    url: str
    front_desk: SignIn
    return_officer: SignIn
    ready: str  # the code of a dossier whose result waits


@pytest.fixture(scope="module")
def story(system: System) -> Story:
    return asyncio.run(tell(system))


async def tell(system: System) -> Story:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        for role in ("front_desk", "return_officer"):
            await here.staff.officer(DESK, role)
        code = await a_ready_result(here)
        hired = {(each.unit, each.role): each for each in here.staff.sign_ins}
        return Story(
            places.public_url,
            hired[DESK, "front_desk"],
            hired[DESK, "return_officer"],
            code,
        )


async def a_ready_result(here: World) -> str:
    """Decided and sealed, and still in the drawer."""
    plan = Plan(0, "certified-copy", "counter", Ending.GRANTED, "a desk's drawer")
    filing = Filing(here, plan)
    await filing.prepare()
    await filing.draft()
    await filing.pay()
    await filing.accept()
    casework = Casework(filing, Watch(filing.filer, filing.id, "drawer"))
    casework.silent = {filing.definition["steps"][-1]["id"]}
    working = asyncio.ensure_future(casework.work())
    seen = await until(
        lambda: filing.desk.ask(filing.path),
        lambda dossier: dossier["status"] == READY,
        what="the result lies ready",
    )
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    return str(seen["code"])


@pytest.fixture(scope="module")
def browser(story: Story) -> Iterator[Browser]:
    with chromium(WHOLE) as browser:
        yield browser


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_standard_filing_is_done_by_the_keyboard_alone(
    browser: Browser, story: Story, language: str
) -> None:
    with at_the_desk(browser, story.url, story.front_desk, language=language) as page:
        page.goto(f"/{language}/staff/desk")
        keyboard = Keyboard(page)

        opened(page, keyboard, "2.000815")
        filled(page, keyboard, "123456")
        received(page, keyboard)
        expect(page.locator("time").first).to_be_visible()
        printed(page, keyboard)
        keyboard.press("F2")

        page.wait_for_url(f"**/{language}/staff/desk")
        assert keyboard.keys < MOST_KEYS


def test_a_mistake_is_shown_beside_its_field_and_the_focus_goes_there(
    browser: Browser, story: Story
) -> None:
    with at_the_desk(browser, story.url, story.front_desk) as page:
        page.goto("/vi/staff/desk?procedure=certified-copy")
        keyboard = Keyboard(page)
        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        filled(page, keyboard, "123457")
        page.locator("#f-personal_id").fill("123")

        keyboard.press("Control+Enter")

        expect(page.locator("#f-personal_id-error")).to_be_visible()
        expect(page.locator("#f-personal_id")).to_be_focused()
        expect(page.locator("#f-document_title")).to_have_value("Bằng tốt nghiệp")


def test_enter_never_sends(browser: Browser, story: Story) -> None:
    with at_the_desk(browser, story.url, story.front_desk) as page:
        page.goto("/vi/staff/desk?procedure=certified-copy")
        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        sent: list[str] = []
        page.on("request", lambda each: sent.append(each.post_data or ""))
        page.locator("#f-full_name").focus()

        for _ in range(40):
            page.keyboard.press("Enter")

        assert not [each for each in sent if "receive" in each]
        expect(page).to_have_url(f"{story.url}/vi/staff/desk?procedure=certified-copy")


def test_without_a_network_nothing_is_lost_and_it_is_sent_once(
    browser: Browser, story: Story
) -> None:
    with at_the_desk(browser, story.url, story.front_desk) as page:
        before = received_today(page)
        page.goto("/vi/staff/desk?procedure=certified-copy")
        keyboard = Keyboard(page)
        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        filled(page, keyboard, "123458")
        page.context.set_offline(True)

        keyboard.press("Control+Enter")

        alert = page.locator("[data-desk-alert][role=alert]")
        expect(alert).to_contain_text("CHƯA GỬI")
        expect(page.locator("#f-document_title")).to_have_value("Bằng tốt nghiệp")
        page.context.set_offline(False)
        page.wait_for_url("**/staff/desk/dossiers/**", timeout=60_000)
        assert received_today(page) == before + 1


def test_a_reload_in_the_middle_loses_nothing(browser: Browser, story: Story) -> None:
    with at_the_desk(browser, story.url, story.front_desk) as page:
        page.goto("/vi/staff/desk?procedure=certified-copy")
        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        filled(page, Keyboard(page), "123459")

        page.reload()

        expect(page.locator("#f-document_title")).to_have_value("Bằng tốt nghiệp")
        expect(page.locator("#document-TP01")).to_be_checked()


def received_today(page: Page) -> int:
    page.goto("/vi/staff/desk/today")
    return page.locator("section[aria-labelledby=desk_received] tbody tr").count()


def test_without_a_script_the_same_screen_works_by_a_few_posts(
    browser: Browser, story: Story
) -> None:
    with at_the_desk(browser, story.url, story.front_desk, scripts=False) as page:
        page.goto("/fr/staff/desk")
        page.locator("#procedure").fill("2.000815")
        page.locator("#procedure").press("Enter")
        page.locator("#card").fill(CARD.format(n="123460"))
        page.locator("#card").press("Enter")  # checks, and fills in the card

        expect(page.locator("#f-full_name")).to_have_value("Nguyễn Thị Mai")
        page.locator("#f-phone").fill("0912 345 678")
        page.locator("#f-document_title").fill("Diplôme")
        page.locator("#f-issuing_body").fill("Université")
        page.locator("#f-pages").fill("3")
        page.locator("#f-copies").fill("2")
        page.locator("#document-TP01").check(force=True)
        page.locator("#f-declared_true").check(force=True)
        page.locator("#f-copies").press("Enter")
        expect(page.locator("[data-swap=fees]")).to_contain_text("VND")
        page.locator("button[value=receive]").click()

        page.wait_for_url("**/staff/desk/dossiers/**")
        expect(page.locator("h1")).to_contain_text("H15.217")


def test_a_result_is_handed_over_with_a_signature_on_the_screen(
    browser: Browser, story: Story
) -> None:
    with at_the_desk(browser, story.url, story.return_officer) as page:
        page.goto(f"/vi/staff/desk/lookup?code={story.ready}")
        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        page.locator("#receiver").fill("Nguyễn Văn Người Nhận")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".govuk-error-summary")).to_contain_text("phải ký")

        expect(page.locator("body[data-desk-ready]")).to_be_attached()
        draw(page)
        page.keyboard.press("Control+Enter")

        page.wait_for_url("**done=desk_hand_over**")
        expect(page.locator("main")).to_contain_text("Nguyễn Văn Người Nhận")
        expect(page.locator("svg.desk-signature path")).to_have_count(1)


def draw(page: Page) -> None:
    pad = page.locator("[data-desk-canvas]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + 10 * (step % 3))
    page.mouse.up()
