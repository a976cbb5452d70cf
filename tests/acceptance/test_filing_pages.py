"""A citizen files a dossier in a browser: with a script and without, and cut off."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from io import BytesIO
from time import monotonic

import pikepdf
import pytest
from playwright.sync_api import (
    Browser,
    FilePayload,
    Page,
    Route,
    ViewportSize,
    expect,
)

from infra.embedded.system import System
from tools.demo.world import world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PROCEDURE = "permanent-residence"
PHONE: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 60.0
PRIMARY = "main form button.govuk-button:not(.govuk-button--secondary)"


@pytest.fixture(scope="module")
def url(system: System) -> str:
    async def publish() -> str:
        places = system.connect()
        async with world(places) as here:
            await here.learn_procedures()
        return places.public_url

    return asyncio.run(publish())


@pytest.fixture(scope="module")
def browser(url: str) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def signed_in(browser: Browser, url: str, language: str, *, script: bool) -> Page:
    """Somebody with a phone, signed in, on the page of the procedure."""
    context = browser.new_context(
        base_url=url, java_script_enabled=script, viewport=PHONE
    )
    page = context.new_page()
    page.goto(f"/{language}/procedures/{PROCEDURE}")
    page.locator("a.govuk-button--start").click()
    page.locator("a[href^='/sign-in?provider=']").first.click()
    page.get_by_role("button", name="Lê Thị Ngọc Lan").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


def begun(page: Page) -> str:
    """A draft; answers the address of its pages."""
    page.locator("button.govuk-button--start").click()
    page.wait_for_url("**/tasks")
    return page.url.removesuffix("/tasks")


def section(page: Page, folder: str, number: int) -> None:
    page.goto(f"{folder}/tasks")
    page.locator(".govuk-task-list__link").nth(number).click()


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator(PRIMARY).last.click()


def address(page: Page, name: str) -> None:
    page.locator(f"#f-{name}-province_code").select_option("01")
    page.locator(f"#f-{name}-commune_code").fill("hoan kiem")
    page.locator(f"#f-{name}-street").fill("12 Hàng Bài")


def fill_in(page: Page, folder: str) -> None:
    """All that is asked, section after section, as it comes."""
    section(page, folder, 0)
    expect(page.locator("#f-full_name input")).to_have_count(0)
    go_on(page)
    address(page, "residence")
    go_on(page)
    section(page, folder, 1)
    while "/form/" in page.url:
        go_on(page)
    section(page, folder, 2)
    page.locator("input[name='f-case'][value='own_home']").check(force=True)
    address(page, "new_address")
    go_on(page)
    while "/form/" in page.url:
        own_request(page)
        go_on(page)


def own_request(page: Page) -> None:
    """Whatever of the request stands on this page."""
    typed = {"head_name": "Lê Văn Bình", "head_id": "001 078 034-527"}
    for name, value in {**typed, "request_text": "Đăng ký thường trú"}.items():
        if page.locator(f"#f-{name}").count():
            page.locator(f"#f-{name}").fill(value)
    relation = page.locator("#f-head_relation")
    if relation.count():
        if relation.evaluate("it => it.tagName") == "SELECT":
            relation.select_option(index=1)
        else:
            relation.check(force=True)


def a_scan() -> FilePayload:
    made = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    return {"name": "a.pdf", "mimeType": "application/pdf", "buffer": made.getvalue()}


def bring_papers(page: Page, folder: str, *, script: bool) -> None:
    """One after the other; then one waits until they were looked into."""
    for code in ("CT01", "CT02"):
        page.goto(f"{folder}/documents")
        card = page.locator(f"#document-{code}")
        card.locator("input[type=file]").first.set_input_files([a_scan()])
        if script:
            fine = card.locator("[data-state=fine]")
            expect(fine).to_have_count(1, timeout=PATIENCE * 1000)
        else:
            with page.expect_navigation():
                card.locator("[data-adding] button").first.click()
    deadline = monotonic() + PATIENCE
    page.goto(f"{folder}/documents")
    while page.locator("[data-state=fine]").count() < 2 and monotonic() < deadline:
        page.reload()


def sent(page: Page, folder: str) -> None:
    page.goto(f"{folder}/check")
    page.locator("#f-declared_true").check(force=True)
    go_on(page)
    assert page.url.endswith("/confirmation"), page.locator("main").inner_text()
    expect(page.locator(".govuk-panel__body strong")).to_have_text(
        re.compile(r"[0-9A-Z]{12}")
    )


@pytest.mark.parametrize(("language", "script"), [("fr", False), ("vi", True)])
def test_a_whole_dossier_is_filed_on_a_phone(
    browser: Browser, url: str, language: str, script: bool
) -> None:
    page = signed_in(browser, url, language, script=script)
    folder = begun(page)

    fill_in(page, folder)
    bring_papers(page, folder, script=script)
    sent(page, folder)

    proof = page.request.get(f"{folder}/receipt.pdf")
    assert proof.body().startswith(b"%PDF")
    expect(page.locator("main a[href$='/receipt.pdf']")).to_be_visible()
    page.context.close()


def test_a_wrong_number_is_shown_again_as_it_was_typed(
    browser: Browser, url: str
) -> None:
    page = signed_in(browser, url, "en", script=False)
    folder = begun(page)
    section(page, folder, 0)

    page.locator("#f-phone").fill("12 34")
    go_on(page)

    assert page.title().startswith("Error: ")
    expect(page.locator("#f-phone")).to_have_value("12 34")
    page.locator(".govuk-error-summary a").first.click()
    assert page.url.endswith("#f-phone")
    page.context.close()


def test_a_cut_network_is_said_loudly_and_nothing_is_lost(
    browser: Browser, url: str
) -> None:
    page = signed_in(browser, url, "en", script=True)
    folder = begun(page)
    page.goto(f"{folder}/form/residence")
    street = page.locator("#f-residence-street")

    street.fill("12 Hàng")
    expect(page.locator("[data-autosaved]")).to_contain_text("Saved at")
    page.context.set_offline(True)
    street.press_sequentially(" Bài")

    alert = page.locator("[data-autosave-alert]")
    expect(alert).to_be_visible()
    expect(alert).to_be_focused()
    expect(alert).to_have_attribute("role", "alert")
    expect(alert).to_contain_text("no network")
    expect(street).to_have_value("12 Hàng Bài")

    page.context.set_offline(False)
    expect(alert).to_have_count(0, timeout=30_000)
    page.goto(f"{folder}/form/residence")
    expect(page.locator("#f-residence-street")).to_have_value("12 Hàng Bài")
    page.context.close()


def test_what_is_saved_while_the_page_is_read_anew_is_back_with_it(
    browser: Browser, url: str
) -> None:
    page = signed_in(browser, url, "en", script=True)
    folder = begun(page)
    page.goto(f"{folder}/form/residence")
    saving: list[Route] = []
    page.route("**/residence/draft", lambda route: saving.append(route))
    page.locator("#f-residence-street").fill("7 Lý Thường Kiệt")
    expect(page.locator("[data-autosaved]")).to_contain_text("Saving")

    def read_before_it_was_saved(route: Route) -> None:
        answer = route.fetch()
        with page.expect_response("**/residence/draft"):
            saving.pop().continue_()
        route.fulfill(response=answer)

    page.route("**/form/residence", read_before_it_was_saved)
    page.reload()

    expect(page.locator("#f-residence-street")).to_have_value("7 Lý Thường Kiệt")
    page.context.close()


def test_what_could_not_be_saved_is_back_when_the_page_is(
    browser: Browser, url: str
) -> None:
    page = signed_in(browser, url, "en", script=True)
    folder = begun(page)
    page.goto(f"{folder}/form/residence")
    page.context.set_offline(True)
    page.locator("#f-residence-street").fill("7 Lý Thường Kiệt")
    expect(page.locator("[data-autosave-alert]")).to_be_visible()
    page.context.set_offline(False)

    page.reload()

    expect(page.locator("#f-residence-street")).to_have_value("7 Lý Thường Kiệt")
    expect(page.locator("[data-autosaved]")).to_contain_text("Saved at")
    page.context.close()
