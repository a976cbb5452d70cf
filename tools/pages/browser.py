"""Debian's Chromium without a window, as somebody with a session would open it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from tools.pages.stage import SESSION

SHELL = "chromium-headless-shell"  # half the work of the one with windows
WHOLE = "chromium"  # shows PDFs, and so can print them
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}


@contextmanager
def chromium(executable: str = SHELL) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which(executable), args=FLAGS
        )
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, url: str, session: str | None, size: ViewportSize
) -> Iterator[BrowserContext]:
    """A browser of somebody's own, signed in when there is a session."""
    context = browser.new_context(
        base_url=url, viewport=size, reduced_motion="reduce", locale="vi"
    )
    if session:
        context.add_cookies([{"name": SESSION, "value": session, "url": url}])
    yield context
    context.close()
