"""On which days and hours an office works, by the legal notices in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shared.directory import Unit
from shared.legal_time import OFFICE_HOURS, Calendar, Override


def calendar_of(office: Unit | None, notices: Iterable[Mapping[str, Any]]) -> Calendar:
    overrides = tuple(
        Override(
            each["date"],
            each["kind"],
            each["scope"],
            each["scope_id"] or "",
            each["legal_notice"],
        )
        for each in notices
    )
    if office is None:
        return Calendar(OFFICE_HOURS, overrides)
    hours = tuple(office.office_hours)
    return Calendar(hours, overrides, province=office.province, agency=office.id)
