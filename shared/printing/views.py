"""Sheets that are views over events: printed on demand, and never sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from shared.directory import Directory, Unit
from shared.printing.pages import Pages
from shared.printing.phrases import Text3, say
from shared.printing.wording import local

FRAME, FRAGMENT = "frame.html", "fragment.html"
FORMS = {"control": "06", "register": "07"}  # Circular 03/2025; others have no number


@dataclass(frozen=True)
class View:
    """What stands on a sheet. `content` is as its template wants it."""

    kind: str
    unit: Unit
    language: str
    dated: datetime
    content: dict[str, Any] = field(repr=False)
    subject: Text3
    code: str | None = None
    tracking_url: str = ""


def whole(view: View, directory: Directory) -> str:
    """The sheet as a page of its own, ready to become a file."""
    return _html(view, directory, FRAME, data(view))


def fragment(view: View, directory: Directory) -> str:
    """The sheet as a part of somebody's screen; pictures stay away."""
    return _html(view, directory, FRAGMENT, "")


def _html(view: View, directory: Directory, frame: str, data: str) -> str:
    above = directory.above(view.unit)
    return pages().html(
        f"{view.kind}.html",
        view.language,
        frame=frame,
        title=say(f"title.{view.kind}"),
        unit=view.unit,
        parent=above.name["vi"] if above else "",
        number=None,
        code=view.code,
        dated=local(view.dated),
        subject=view.subject,
        data=data,
        tracking_url=view.tracking_url,
        footer=footer(view),
        content=view.content,
    )


@cache
def pages() -> Pages:
    """The templates, read once."""
    return Pages()


def data(view: View) -> str:
    """What a machine reads from the sheet of a dossier; nothing about a person."""
    if not view.code:
        return ""
    stamp = f"{local(view.dated):%Y%m%d%H%M%S}"
    form = FORMS.get(view.kind, view.kind)
    return "|".join([form, view.unit.code, view.code, stamp])


def footer(view: View) -> str:
    """By what a loose page is found again."""
    known = [say("code", code=view.code)["vi"]] if view.code else []
    if view.kind in FORMS:
        known.append(say("form", form=FORMS[view.kind])["vi"])
    return " · ".join(known) or say(f"title.{view.kind}")["vi"]
