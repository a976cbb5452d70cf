"""A queue of people, paper in hand, a keyboard, one screen: the front desk at work."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from infra.embedded.system import System
from tests.acceptance.test_browser import FLAGS
from tools.demo.casework import Casework
from tools.demo.client import until
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.staff import SignIn
from tools.demo.watch import Watch
from tools.demo.world import World, world

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(400)]

DESK = "ttpvhcc_xa"
READY = 9
A_STANDARD_FILING = 90  # seconds
MOST_KEYS = 100  # of which 68 are letters and digits that have to be typed
NO_PRINTER = "window.print = () => { top.document.body.dataset.printer = 'on' }"
CARD = "066190{n}||Nguyễn Thị Mai|05031990|Nữ|12 Lê Lợi, Ea Kly, Đắk Lắk|20052021"


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        yield browser
        browser.close()


@contextmanager
def at_the_desk(
    browser: Browser,
    story: Story,
    officer: SignIn,
    *,
    language: str = "vi",
    scripts: bool = True,
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=story.url,
        java_script_enabled=scripts,
        viewport={"width": 1280, "height": 800},
    )
    context.add_init_script(NO_PRINTER)
    page = context.new_page()
    page.goto(f"/{language}/staff/sign-in")
    page.locator("#username").fill(officer.username)
    page.locator("#password").fill(officer.password)
    page.locator("#password").press("Enter")
    page.wait_for_url(f"**/{language}/staff/**")
    page.wait_for_load_state()
    yield page
    context.close()


class Keyboard:
    """Counts every key; what a scanner types is one pull of its trigger."""

    def __init__(self, page: Page) -> None:
        self._keyboard, self.keys = page.keyboard, 0

    def press(self, *names: str) -> None:
        for name in names:
            self._keyboard.press(name)
            self.keys += 1

    def type(self, words: str) -> None:
        self._keyboard.type(words)
        self.keys += len(words)

    def scan(self, content: str) -> None:
        self._keyboard.insert_text(content)
        self.press("Enter")


def opened(page: Page, keyboard: Keyboard, words: str = "chung thuc ban sao") -> None:
    """By words without their marks, from the place where the page begins."""
    expect(page.locator("#procedure")).to_be_focused()
    expect(page.locator("body[data-desk-ready]")).to_be_attached()
    keyboard.type(words)
    keyboard.press("Enter")
    expect(page.locator("[data-desk-form]")).to_be_visible()
    expect(page.locator("body[data-desk-ready]")).to_be_attached()
    expect(page.locator("#card")).to_be_focused()


def filled(page: Page, keyboard: Keyboard, number: str) -> None:
    """In the order of the paper: Enter goes on from field to field."""
    keyboard.scan(CARD.format(n=number))
    expect(page.locator("#f-phone")).to_be_focused()
    expect(page.locator("#f-personal_id")).to_have_value(f"066190{number}")
    keyboard.type("0912345678")
    keyboard.press(*["Enter"] * 6)
    expect(page.locator("#f-document_title")).to_be_focused()
    keyboard.type("Bằng tốt nghiệp")
    keyboard.press("Enter")
    keyboard.type("Đại học Tây Nguyên")
    keyboard.press(*["Enter"] * 6)
    expect(page.locator("#f-pages")).to_be_focused()
    keyboard.type("3")
    keyboard.press("Enter")
    keyboard.type("2")
    keyboard.press("Alt+1")
    expect(page.locator("#document-TP01")).to_be_checked()
    keyboard.press(*["Enter"] * 3)
    expect(page.locator("#f-declared_true")).to_be_focused()
    keyboard.press("Space")
    expect(page.locator("[data-swap=fees]")).to_contain_text("10")
    expect(page.locator("[data-swap=missing] li")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_standard_filing_is_done_by_the_keyboard_alone(
    browser: Browser, story: Story, language: str
) -> None:
    with at_the_desk(browser, story, story.front_desk, language=language) as page:
        page.goto(f"/{language}/staff/desk")
        keyboard, began = Keyboard(page), monotonic()

        opened(page, keyboard, "2.000815")
        filled(page, keyboard, "123456")
        keyboard.press("Control+Enter")
        page.wait_for_url("**/staff/desk/dossiers/**")

        expect(page.locator("h1")).to_contain_text("H15.217")
        expect(page.locator("time").first).to_be_visible()
        keyboard.press("F9")
        expect(page.locator("body[data-desk-printed]")).to_be_attached(timeout=30_000)
        expect(page.locator("body[data-printer=on]")).to_be_attached()
        keyboard.press("F2")
        page.wait_for_url(f"**/{language}/staff/desk")
        assert monotonic() - began < A_STANDARD_FILING
        assert keyboard.keys < MOST_KEYS


def test_a_mistake_is_shown_beside_its_field_and_the_focus_goes_there(
    browser: Browser, story: Story
) -> None:
    with at_the_desk(browser, story, story.front_desk) as page:
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
    with at_the_desk(browser, story, story.front_desk) as page:
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
    with at_the_desk(browser, story, story.front_desk) as page:
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
    with at_the_desk(browser, story, story.front_desk) as page:
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
    with at_the_desk(browser, story, story.front_desk, scripts=False) as page:
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
    with at_the_desk(browser, story, story.return_officer) as page:
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
