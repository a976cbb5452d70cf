"""What an officer types into the forms of a case, kept until it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.desk import Desk
from services.portal.review_errors import TooMuchTypedError
from services.portal.typed import LONGEST

PREFIX = "typed."


@dataclass(frozen=True)
class Writings:
    """The unsent texts of one case by the names of their entries, and since when."""

    texts: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None

    def get(self, name: str) -> str:
        return self.texts.get(name, "")


def place_of(case_id: UUID | str) -> str:
    return f"case/{case_id}"


async def find(desk: Desk, case_id: UUID) -> Writings:
    unsent = await desk.parts.typed.find(desk.actor.subject, place_of(case_id))
    return Writings(opened(unsent.text), unsent.saved_at)


async def keep(desk: Desk, case_id: UUID, texts: Mapping[str, str]) -> Writings:
    """All that stands in the forms now. What is too much is refused, not cut."""
    written = {name: each for name, each in texts.items() if each.strip()}
    whole = json.dumps(written, ensure_ascii=False) if written else ""
    if len(whole) > LONGEST:
        raise TooMuchTypedError
    subject, place = desk.actor.subject, place_of(case_id)
    unsent = await desk.parts.typed.keep(subject, place, whole)
    return Writings(written, unsent.saved_at)


async def sent(desk: Desk, case_id: UUID, form: str) -> None:
    """The texts of one form are kept no more."""
    known = await find(desk, case_id)
    left = {name: x for name, x in known.texts.items() if not name.startswith(form)}
    if form and len(left) < len(known.texts):
        await keep(desk, case_id, left)


def entered(form: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): value
        for name, value in form.items()
        if name.startswith(PREFIX) and isinstance(value, str)
    }


def opened(text: str) -> dict[str, str]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}
