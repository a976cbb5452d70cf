"""What is typed into a supplement is kept: cut off, signed out, and elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.embedded.system import System
from tests.acceptance.callers import Caller, caller
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.supplementing import REASON
from tools.demo.world import world
from tools.pages.browser import chromium
from tools.pages.stage import SESSION, session_of

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

FIELD = "request_text"
TYPED = "#f-request_text"
SOON = 30_000  # milliseconds, on a machine that does other things too


@dataclass
class Asked:
    """A dossier of which one answer is asked for anew, and its applicant."""

    id: str
    session: str
    applicant: Caller

    def page(self, browser: Browser, language: str, *, script: bool) -> Page:
        """Open on a device of the applicant."""
        url = self.applicant.url
        context = browser.new_context(base_url=url, java_script_enabled=script)
        context.add_cookies([{"name": SESSION, "value": self.session, "url": url}])
        page = context.new_page()
        page.goto(f"/{language}/dossiers/{self.id}/supplement")
        return page


@pytest.fixture(scope="module")
def asked(system: System) -> Asked:
    return asyncio.run(ask_for_an_answer(system))


async def ask_for_an_answer(system: System) -> Asked:
    async with world(system.connect()) as here:
        await here.learn_procedures()
        plan = Plan(1, "permanent-residence", "online", Ending.GRANTED, "typed")
        filing = Filing(here, plan)
        await filing.prepare()
        await filing.draft()
        await filing.submit()
        item = {"kind": "field", "key": FIELD, "reason": REASON, "note": ""}
        wanted = {"items": [item], "note": ""}
        await filing.desk.order("POST", f"{filing.path}/supplement", wanted)
        return Asked(filing.id, session_of(filing.filer), caller(filing.filer))


@pytest.fixture(scope="module")
def browser(asked: Asked) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_what_is_typed_into_a_supplement_is_never_lost(
    browser: Browser, asked: Asked
) -> None:
    page = asked.page(browser, "en", script=True)
    text, alert = page.locator(TYPED), page.locator("[data-autosave-alert]")

    text.fill("Đăng ký")
    expect(page.locator("[data-autosaved]")).to_contain_text("Saved at", timeout=SOON)
    page.context.set_offline(True)
    text.press_sequentially(" thường trú")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("no network")
    page.context.set_offline(False)
    expect(alert).to_have_count(0, timeout=SOON)

    page.context.clear_cookies()
    text.press_sequentially(" cho con")
    expect(alert).to_contain_text("no longer signed in")
    page.context.close()

    other = asked.page(browser, "fr", script=False)
    expect(other.locator(TYPED)).to_have_value("Đăng ký thường trú")
    expect(other.locator("[data-autosaved]")).to_contain_text("Enregistré à")
    other.locator("main button[value=send]").click()
    other.wait_for_url("**/dossiers/*?done=answered*")

    other.goto(f"/fr/dossiers/{asked.id}/supplement")
    assert "/supplement" not in other.url
    other.context.close()
    answers = asked.applicant.ask(f"/dossiers/{asked.id}").json()["answers"]
    assert answers[FIELD] == "Đăng ký thường trú"
