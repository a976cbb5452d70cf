"""Tables for spreadsheets: opened by a click, nothing in them is ever calculated."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from fastapi.responses import Response

MARK = "\ufeff"  # without it spreadsheets take our letters for others
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SEPARATOR = {"vi": ";", "fr": ";", "en": ","}  # where a comma parts decimals: ;


def spreadsheet(name: str, language: str, rows: Iterable[Sequence[Any]]) -> Response:
    told = StringIO()
    writer = csv.writer(told, delimiter=SEPARATOR[language], lineterminator="\r\n")
    writer.writerows([cell(each, language) for each in row] for row in rows)
    return Response(
        (MARK + told.getvalue()).encode(),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "no-store",
        },
    )


def cell(value: Any, language: str) -> str:
    """Numbers as people write them; a text that begins like a formula is only text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value) if language == "en" else str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
