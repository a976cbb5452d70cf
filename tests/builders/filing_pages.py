"""A permit that is being filled in on the screen."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.builders.intake import a_definition
from tests.builders.portal import (
    DOSSIER,
    NOON,
    APortal,
    Browser,
    a_citizen,
    a_portal,
)

LANGUAGES = ("vi", "en", "fr")
PERMIT = "house-building-permit"
HERE = f"/en/dossiers/{DOSSIER}"
NAMES = {"vi": "Giấy phép", "en": "Permit", "fr": "Permis"}
PAPER: dict[str, Any] = {
    "code": "XD01",
    "name": {"vi": "Đơn", "en": "Request form", "fr": "Demande"},
    "manner": "upload",
    "mandatory": True,
    "state": "missing",
    "files": [],
    "record": None,
    "verdict": None,
    "reason": None,
}
CONTENT: dict[str, Any] = {
    "id": str(DOSSIER),
    "procedure": PERMIT,
    "procedure_version": 1,
    "names": NAMES,
    "applicant": "citizen:1",
    "status": 0,
    "code": None,
    "unit": "ttpvhcc_xa",
    "tracking_code": "BHWSGQMZSVVN",
    "answers": {"language": "vi", "acting_as": "self"},
    "documents": [PAPER],
    "fees": [],
    "balance": 0,
    "submitted_at": NOON.isoformat(),
    "acknowledge_by": NOON.isoformat(),
}


def wrong(field: str, code: str = "required") -> dict[str, Any]:
    message = {"vi": f"Thiếu {field}", "en": f"Give {field}", "fr": f"Donnez {field}"}
    return {"field": field, "code": code, "severity": "error", "message": message}


def told(*problems: dict[str, Any], hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    definition = a_definition(PERMIT)
    groups = ("applicant_person", "delivery", "declaration")
    common = a_portal().parts.directory.common["field_groups"]
    shared = [each["name"] for group in groups for each in common[group]["fields"]]
    own = [each["name"] for each in definition["fields"]]
    names = [each for each in [*shared, *own] if each not in hidden]
    return {
        "values": {},
        "visible": names,
        "required": [],
        "editable": names,
        "problems": list(problems),
        "checks": [],
    }


def a_filing(*problems: dict[str, Any], **content: Any) -> tuple[APortal, Browser]:
    portal = a_portal(
        {
            "intake.dossier": CONTENT | content,
            "intake.form": told(*problems),
            "intake.problems": list(problems),
        }
    )
    portal.views.definitions[PERMIT] = {
        "slug": PERMIT,
        "version": 1,
        "definition": a_definition(PERMIT),
    }
    return portal, portal.person(a_citizen())


def form_of(html: str) -> dict[str, str]:
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    found = {name: unescape(value) for name, value in pairs}
    return {key: found[key] for key in ("form_token", "key")}
