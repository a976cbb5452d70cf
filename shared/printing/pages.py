"""Pages as HTML, before anybody prints them: templates, and the words they use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shared.printing import wording
from shared.printing.phrases import Phrases

TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The common templates, and those of whoever prints. Keeps them warm."""

    def __init__(self, folder: Path = TEMPLATES, own: Phrases | None = None) -> None:
        self._templates = Environment(
            loader=FileSystemLoader([folder, TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
        )
        self._templates.globals |= {
            "say": (own or Phrases()).say,
            "day": wording.day,
            "local": wording.local,
            "moment": wording.moment,
            "to_the_second": wording.second,
            "place_and_date": wording.place_and_date,
            "amount": wording.amount,
            "written": wording.written,
            "legal_time": wording.legal_time,
            "code_image": code_image,
        }

    def teach(self, **words: Any) -> None:
        """Functions that only these templates need."""
        self._templates.globals |= words

    def html(
        self, template: str, language: str, *, frame: str = "frame.html", **values: Any
    ) -> str:
        """In Vietnamese, and beneath it in the other language where there is one."""
        second = None if language == "vi" else language
        return self._templates.get_template(template).render(
            values, frame=frame, second_language=second
        )


def code_image(content: str) -> str:
    """A QR code as an image inside the page."""
    code = segno.make(content, error="m", micro=False)
    return code.png_data_uri(scale=8, border=0)
