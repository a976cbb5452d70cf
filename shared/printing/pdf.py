"""HTML to a PDF that lasts and reads aloud: PDF/A-3a and PDF/UA-1 in one file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

UNIVERSAL = Path(__file__).with_name("templates").joinpath("pdfua.xml").read_bytes()

LAYOUT = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}


class OutsideReferenceError(ValueError):
    """A page may not refer to anything outside itself."""


class OnlyInline(URLFetcher):
    """Whatever a value on a page holds, it fetches nothing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if not url.startswith("data:"):
            raise OutsideReferenceError
        return super().fetch(url, headers)


@cache
def fonts() -> FontConfiguration:
    """Found once for the process."""
    return FontConfiguration()


def pdf(html: str) -> bytes:
    """The page as a file. The same page is the same file."""
    source = HTML(string=html, url_fetcher=OnlyInline())
    document = source.render(font_config=fonts(), **LAYOUT)
    metadata: Any = document.metadata
    metadata.generate_rdf_metadata = universal(metadata.generate_rdf_metadata)
    out, name = BytesIO(), sha256(html.encode()).digest()[:16]
    document.write_pdf(out, pdf_identifier=name, **LAYOUT)
    return out.getvalue()


def universal(build: Callable[..., bytes]) -> Callable[..., bytes]:
    """Say in the same metadata that the file is PDF/UA as well as PDF/A."""

    def with_universal(*arguments: Any) -> bytes:
        head, tail = build(*arguments).rsplit(b"</", 1)
        return head + UNIVERSAL + b"</" + tail

    return with_universal
