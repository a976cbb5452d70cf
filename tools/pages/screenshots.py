"""Every page in three languages at two sizes, as pictures to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from infra.embedded.system import System
from services.portal.languages import LANGUAGES
from tools.pages.browser import DESK, PHONE, chromium, opened
from tools.pages.inventory import PAGES, Shown
from tools.pages.stage import Stage, staged

SIZES = {"phone": PHONE, "desk": DESK}
Say = Callable[[str], None]


def main(system: System, folder: Path, *, say: Say) -> None:
    """Raises when a page answers with an error of ours."""
    say("Filing the dossiers that the pages show.")
    stage = asyncio.run(staged(system.connect()))
    taken: list[Path] = []
    with chromium() as browser:
        for size, viewport in SIZES.items():
            for language in LANGUAGES:
                say(f"{size}, {language}: {len(PAGES)} pages.")
                place = folder / size / language
                place.mkdir(parents=True, exist_ok=True)
                taken += pictures(browser, stage, language, viewport, place)
    (folder / "index.html").write_text(index(folder, taken))
    say(f"{len(taken)} pictures: {folder / 'index.html'}")


def pictures(
    browser: Browser, stage: Stage, language: str, size: ViewportSize, folder: Path
) -> Iterator[Path]:
    for shown in PAGES:
        yield picture(browser, stage, shown, language, size, folder)


def picture(
    browser: Browser,
    stage: Stage,
    shown: Shown,
    language: str,
    size: ViewportSize,
    folder: Path,
) -> Path:
    file = folder / f"{shown.name}.png"
    with opened(browser, stage.url, stage.session(shown), size) as context:
        page = context.new_page()
        answer = page.goto(stage.path(shown, language))
        if answer is None or answer.status >= 500:
            raise BrokenPageError(shown.name, language, answer and answer.status)
        page.screenshot(path=file, full_page=True)
    return file


class BrokenPageError(Exception):
    """A page cannot be shown: which, in which language, and what came instead."""


def index(folder: Path, taken: list[Path]) -> str:
    """All pictures on one page, to be looked through."""
    figures = "\n".join(
        f'<figure><a href="{each}"><img loading="lazy" width="320" src="{each}" '
        f'alt="{each}"></a><figcaption>{each}</figcaption></figure>'
        for each in (escape(str(file.relative_to(folder))) for file in taken)
    )
    return f'<!doctype html><html lang="en"><title>Guichet</title>{figures}</html>\n'
