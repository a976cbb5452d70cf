"""What a page weighs on its first view: itself and all it loads, packed with gzip."""

from __future__ import annotations

import gzip
import re

from tests.builders.portal import Browser

CITIZENS = 40 * 1024
OFFICERS = 90 * 1024
LOADED = re.compile(
    r'(?:<script[^>]*? src|<link rel="(?:stylesheet|icon)" href|<img[^>]*? src)'
    r'="([^"]+)"'
)


def weight(browser: Browser, address: str) -> int:
    html = browser.get(address).text
    loaded = {each for each in LOADED.findall(html) if each.startswith("/static/")}
    parts = [html.encode(), *(browser.get(each).content for each in loaded)]
    return sum(len(gzip.compress(each, 9)) for each in parts)
