"""Renders papers: from what stands on a sheet to a PDF."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from services.signing import wording
from services.signing.ports import Sheet
from services.signing.texts import PHRASES
from shared.printing.pages import Pages
from shared.printing.pdf import pdf

TEMPLATES = Path(__file__).parents[1] / "templates"


class WeasyRenderer:
    """Keeps its templates and fonts warm."""

    def __init__(self) -> None:
        self._pages = Pages(TEMPLATES, PHRASES)
        self._pages.teach(
            validity=wording.validity,
            law=wording.law,
            given_back=wording.given_back,
            fees_left=wording.fees_left,
            columns=wording.columns,
            figures=wording.figures,
            symbol=wording.symbol,
            method=wording.method,
        )

    def render(self, sheet: Sheet) -> bytes:
        return pdf(self.html(sheet))

    def html(self, sheet: Sheet) -> str:
        words: dict[str, Any] = asdict(sheet) | {
            "unit": sheet.unit,
            "subject": sheet.subject,
        }
        return self._pages.html(f"{sheet.form}.html", words.pop("language"), **words)
