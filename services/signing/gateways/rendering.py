"""Renders papers: Jinja2 to HTML, WeasyPrint to a PDF that lasts and reads aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from services.signing import wording
from services.signing.ports import Sheet

TEMPLATES = Path(__file__).parents[1] / "templates"
UNIVERSAL = TEMPLATES.joinpath("pdfua.xml").read_bytes()

LAYOUT = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}


class OutsideReferenceError(ValueError):
    """A paper may not refer to anything outside itself."""


class OnlyInline(URLFetcher):
    """Whatever a value on a paper holds, it fetches nothing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if not url.startswith("data:"):
            raise OutsideReferenceError
        return super().fetch(url, headers)


class WeasyRenderer:
    """PDF/A-3a and PDF/UA-1 in one file. Keeps its templates and fonts warm."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
        )
        self._templates.globals |= {
            "say": wording.say,
            "day": wording.day,
            "local": wording.local,
            "moment": wording.moment,
            "to_the_second": wording.second,
            "place_and_date": wording.place_and_date,
            "amount": wording.amount,
            "legal_time": wording.legal_time,
            "validity": wording.validity,
            "law": wording.law,
            "code_image": code_image,
        }

    def render(self, sheet: Sheet) -> bytes:
        return self.pdf(self.html(sheet))

    def html(self, sheet: Sheet) -> str:
        words = asdict(sheet) | {"unit": sheet.unit}
        template = self._templates.get_template(f"{sheet.form}.html")
        second = None if sheet.language == "vi" else sheet.language
        return template.render(words, second_language=second)

    def pdf(self, html: str) -> bytes:
        fetcher = OnlyInline()
        source = HTML(string=html, url_fetcher=fetcher)
        document = source.render(font_config=self._fonts, **LAYOUT)
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


def code_image(url: str) -> str:
    """A QR code as an image inside the page."""
    code = segno.make(url, error="m", micro=False)
    return code.png_data_uri(scale=8, border=0)
