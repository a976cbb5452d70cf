"""Every way in, in a real browser without JavaScript; and a session that ends."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
)

from infra.embedded.system import System
from services.portal.sessions import identifier
from tests.acceptance.callers import until
from tools.demo.staff import SignIn
from tools.demo.world import world
from tools.pages.browser import chromium
from tools.pages.stage import SESSION

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PHONE: ViewportSize = {"width": 360, "height": 740}
NUMBER, CALLED = "0912 000 123", "84912000123"


@dataclass(frozen=True)
class Place:
    url: str
    sms: Path
    database: str
    officer: SignIn


@pytest.fixture(scope="module")
def place(system: System) -> Place:
    places = system.connect()

    async def hire() -> SignIn:
        async with world(places) as here:
            await here.staff.officer("ubnd_xa", "reviewer")
            return here.staff.sign_ins[-1]

    dsn = places.postgres_dsn.rsplit("/", 1)[0] + "/portal"
    return Place(places.public_url, places.sms_folder, dsn, asyncio.run(hire()))


@pytest.fixture(scope="module")
def browser(place: Place) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=place.url, viewport=PHONE, java_script_enabled=False
    )
    yield context
    context.close()


def codes_sent(sms: Path, to: str) -> list[str]:
    letters = sorted(sms.glob("*.json"), key=lambda file: file.stat().st_mtime)
    told = [json.loads(file.read_text(encoding="utf-8")) for file in letters]
    texts = [each["text"] for each in told if each["to"] == to]
    return [code for text in texts for code in re.findall(r"\b\d{6}\b", text)]


def is_here(page: Page, name: str) -> None:
    expect(page.locator("header")).to_contain_text(name)


@pytest.mark.parametrize(
    ("language", "provider", "sub", "name"),
    [
        ("vi", "vneid", "mai", "Nguyễn Thị Mai"),
        ("fr", "franceconnect", "9a1f4c27v1", "Camille Anne LEFÈVRE"),
    ],
)
def test_one_signs_in_at_each_provider_and_leaves_both(
    visitor: BrowserContext, language: str, provider: str, sub: str, name: str
) -> None:
    page = visitor.new_page()

    page.goto(f"/{language}/dossiers")
    page.locator(f"a[href^='/sign-in?provider={provider}&next']").click()
    page.locator(f"button[value='{sub}']").click()
    is_here(page, name)
    assert page.url.endswith(f"/{language}/dossiers")
    page.locator("form[action$='/sign-out'] button").click()

    assert page.url.endswith(f"/{language}/?done=signed_out")
    page.goto(f"/{language}/dossiers")
    assert "/sign-in?next" in page.url


def test_a_business_signs_in_by_its_representative(visitor: BrowserContext) -> None:
    page = visitor.new_page()

    page.goto("/en/sign-in")
    page.locator("a[href*='whose=business']").first.click()
    page.locator("button[value='lan@0100109106']").click()

    is_here(page, "Lê Thị Ngọc Lan")
    is_here(page, "Ban Mai")


def test_who_represents_no_business_is_told_so(visitor: BrowserContext) -> None:
    page = visitor.new_page()

    page.goto("/en/sign-in")
    page.locator("a[href*='whose=business']").first.click()
    page.locator("button[value='tuan']").click()

    expect(page.locator("main")).to_contain_text("stands for no business")


def test_a_phone_is_enough(visitor: BrowserContext, place: Place) -> None:
    page = visitor.new_page()

    page.goto("/fr/sign-in?next=/fr/dossiers")
    page.locator("a[href*='/sign-in/phone']").click()
    page.locator("#phone").fill(NUMBER)
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("***123")
    [code] = until(lambda: codes_sent(place.sms, CALLED), bool)
    page.locator("#code").fill(f"{(int(code) + 1) % 10**6:06}")
    page.locator("main form button").first.click()
    assert page.title().startswith("Erreur")
    page.locator("#code").fill(f"{code[:3]} {code[3:]}")
    page.locator("main form button").first.click()

    assert page.url.endswith("/fr/dossiers")
    is_here(page, "+84912000123")


def test_what_was_typed_when_the_session_ended_is_there_again(
    visitor: BrowserContext, place: Place
) -> None:
    page = visitor.new_page()
    page.goto("/vi/staff/sign-in?next=/vi/staff/absences")
    signs_in(page, place.officer)
    page.locator("#since").fill("2027-12-24")

    leave_alone(page, place)
    page.locator("form:has(#since) button").click()
    assert "/vi/staff/sign-in?done=form_kept" in page.url
    signs_in(page, place.officer)

    expect(page.locator("#since")).to_have_value("2027-12-24")


def leave_alone(page: Page, place: Place) -> None:
    """So long that this session, and no other, has ended."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    with psycopg.connect(place.database) as connection:
        connection.execute(
            "UPDATE portal_sessions SET seen_at = '2026-01-01' WHERE id = %s",
            [identifier(cookies[SESSION])],
        )


def signs_in(page: Page, officer: SignIn) -> None:
    page.locator("#username").fill(officer.username)
    page.locator("#password").fill(officer.password)
    page.locator("main form button").click()
