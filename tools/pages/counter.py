"""A filing at the counter by the keyboard alone, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tools.demo.staff import SignIn
from tools.pages.browser import DESK

NO_PRINTER = "window.print = () => { top.document.body.dataset.printer = 'on' }"
CARD = "066190{n}||Nguyễn Thị Mai|05031990|Nữ|12 Lê Lợi, Ea Kly, Đắk Lắk|20052021"
LONGEST = 30_000  # milliseconds until nobody would wait for a paper any more


@contextmanager
def at_the_desk(
    browser: Browser,
    url: str,
    officer: SignIn,
    *,
    language: str = "vi",
    scripts: bool = True,
) -> Iterator[Page]:
    """A page of the officer's, signed in; what is printed is noted, and not printed."""
    context = browser.new_context(
        base_url=url, java_script_enabled=scripts, viewport=DESK
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


def received(page: Page, keyboard: Keyboard) -> None:
    """Handed to the service, and numbered."""
    keyboard.press("Control+Enter")
    page.wait_for_url("**/staff/desk/dossiers/**")
    expect(page.locator("h1")).to_contain_text("H15.217")


def printed(page: Page, keyboard: Keyboard) -> None:
    """Form 01 goes to the printer as soon as it is sealed."""
    keyboard.press("F9")
    paper = page.locator("body[data-desk-printed][data-printer=on]")
    expect(paper).to_be_attached(timeout=LONGEST)
