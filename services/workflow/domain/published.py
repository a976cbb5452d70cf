"""How notices and decrees are told to those who read the gazette."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice


def told_notice(notice: CalendarNotice) -> dict[str, Any]:
    return {
        "notice_id": str(notice.id),
        "date": notice.day.isoformat(),
        "kind": notice.kind,
        "scope": notice.scope,
        "scope_id": notice.scope_id,
        "legal_notice": notice.legal_notice,
        "valid_from": notice.valid_from.isoformat(),
        "entered_by": notice.entered_by,
        "is_revoked": notice.is_revoked,
    }


def told_decree(decree: Decree, now: datetime) -> dict[str, Any]:
    ends = decree.ends_at
    return {
        "decree_id": str(decree.id),
        "selection": decree.selection,
        "effect": decree.effect,
        "legal_basis": decree.legal_basis,
        "since": decree.since.isoformat(),
        "until": ends.isoformat() if ends else None,
        "value": decree.value,
        "unit": decree.unit,
        "issued_by": decree.issued_by,
        "is_in_force": decree.since <= now and not decree.has_ended(now),
    }
