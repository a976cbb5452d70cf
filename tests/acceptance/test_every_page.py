"""Every page, in every language: readable by all, light, and alone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from infra.embedded.system import System
from services.portal.languages import LANGUAGES
from tests.builders.portal import the_application
from tools.pages.browser import DESK, SMALLEST, chromium, opened
from tools.pages.inventory import ELSE, PAGES, Shown
from tools.pages.stage import Stage, staged

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

KB = 1000
CITIZENS, OFFICERS = 40 * KB, 90 * KB
MORE = {"documents": 22 * KB, "tracking": 2.6 * KB}  # what they alone load
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MISSING = {"tracking-unknown", "not-found"}


@dataclass
class Visit:
    """What the browser fetched, and what it complained about."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("requestfinished", self.note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.listen)

    def listen(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def note(self, request: Request) -> None:
        self.requests.append(request)

    @property
    def loaded(self) -> dict[str, int]:
        """The bytes of each answer, as they came; not what the browser brings along."""
        return {
            each.url: each.sizes()["responseBodySize"]
            for each in self.requests
            if each.url.startswith("http")
        }


@pytest.fixture(scope="module")
def stage(system: System) -> Stage:
    return asyncio.run(staged(system.connect()))


@pytest.fixture(scope="module")
def browser(stage: Stage) -> Iterator[Browser]:
    """Started after the stage is set: its event loop bears no other beside it."""
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_for_everybody(
    browser: Browser, stage: Stage, shown: Shown, language: str
) -> None:
    visit, size = Visit(), DESK if shown.is_staff else SMALLEST
    with opened(browser, stage.url, stage.session(shown), size) as context:
        page = context.new_page()
        visit.watch(page)

        answer = page.goto(stage.path(shown, language), wait_until="load")

        assert answer is not None
        assert answer.status == (404 if shown.name in MISSING else 200)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert violations(page) == []
        page.set_viewport_size(SMALLEST)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        loaded = visit.loaded
    ours = [each for each in visit.complaints if "404" not in each]
    assert ours == []
    assert [each for each in loaded if not each.startswith(stage.url)] == []
    budget = OFFICERS if shown.is_staff else CITIZENS + MORE.get(shown.name, 0)
    assert sum(loaded.values()) <= budget, loaded


def violations(page: Page) -> list[str]:
    """What keeps somebody out, and where: each rule of WCAG 2.2 AA that is broken."""
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked)
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def test_every_page_there_is_was_looked_at() -> None:
    """Whoever adds a page shows it here, or says what else it is."""
    routes = {
        (route.path or "").removeprefix("/vi")
        for route in iter_route_contexts(the_application().routes)
        if (route.path or "").startswith("/vi/") and "GET" in (route.methods or ())
    }
    looked_at = [re.sub(r"[?].*", "", shown.path) for shown in PAGES]

    unseen = {
        route
        for route in routes - ELSE.keys()
        if not any(re.fullmatch(pattern(route), path) for path in looked_at)
    }

    assert unseen == set()


def pattern(route: str) -> str:
    return re.sub(r"{[^}]+}", "[^/]+", route)
