"""What stands on a sheet as a page, before anybody makes a file of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from services.signing import wording
from services.signing.ports import Sheet
from services.signing.texts import PHRASES
from shared.printing.pages import Pages

TEMPLATES = Path(__file__).parents[1] / "templates"


class PaperPages:
    """Keeps its templates warm."""

    def __init__(self, public_url: str = "") -> None:
        self.public_url = public_url
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

    def html(self, sheet: Sheet, *, is_draft: bool = False) -> str:
        words: dict[str, Any] = asdict(sheet) | {
            "unit": sheet.unit,
            "subject": sheet.subject,
            "is_draft": is_draft,
        }
        return self._pages.html(f"{sheet.form}.html", words.pop("language"), **words)
