"""Puts together what stands on a paper: the case's words, the unit, the seal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from services.signing.domain import Paper
from services.signing.ports import Sheet
from services.signing.texts import TEXTS
from shared.directory import Directory, Unit
from shared.personal import Erased

ELSEWHERE = ("applicant_person", "delivery", "declaration")
"""Groups of the form a decision does not repeat: who asks stands above, the rest in
the receipt."""


def sheet(
    paper: Paper,
    directory: Directory,
    *,
    public_url: str,
    sealed_by: str,
    sealed_at: datetime,
) -> Sheet:
    """A paper keeps the day on which it became due, whenever its seal came to it."""
    unit = directory.unit(paper.unit)
    content: dict[str, Any] = json.loads(paper.require_content())
    content["applicant"] = named(content["applicant"])
    content["groups"] = groups(content, directory)
    content["owner"] = owner(content, directory)
    return Sheet(
        form=paper.form,
        title=paper.title,
        unit=unit,
        parent=parent(unit, directory),
        number=paper.number,
        code=paper.code,
        language=paper.language,
        dated=paper.dated,
        officer="" if isinstance(paper.officer, Erased) else paper.officer.value,
        sealed_by=sealed_by,
        sealed_at=sealed_at,
        tracking_url=f"{public_url}/{paper.language}/t/{paper.tracking_code}",
        content=content,
    )


def parent(unit: Unit, directory: Directory) -> str:
    """The authority above a unit, as the first line of its papers names it."""
    kind = directory.agencies.get(unit.agency)
    if kind is None or kind.parent is None:
        return ""
    above = directory.unit_of(kind.parent, province=unit.province, commune=unit.commune)
    return above.name["vi"]


def named(applicant: dict[str, Any]) -> dict[str, Any]:
    """A form may be refused before anybody wrote a name into it."""
    return applicant | {"name": applicant["name"] or TEXTS["unnamed"]["vi"]}


def owner(content: dict[str, Any], directory: Directory) -> list[dict[str, Any]]:
    """For whom the applicant acts, where it is not for themselves."""
    label = directory.common["field_groups"]["dossier_owner"]["label"]["vi"]
    return [row for row in content.get("rows", ()) if row["group"]["vi"] == label]


def groups(content: dict[str, Any], directory: Directory) -> list[dict[str, Any]]:
    """The rows of the form under their headings, without what stands elsewhere."""
    shared = directory.common["field_groups"]
    elsewhere = [shared[each]["label"]["vi"] for each in ELSEWHERE]
    found: dict[str, dict[str, Any]] = {}
    for row in content.get("rows", ()):
        heading = row["group"]
        if heading["vi"] in elsewhere or row["value"] in (None, ""):
            continue
        group = found.setdefault(heading["vi"], {"label": heading, "rows": []})
        group["rows"].append(row)
    return list(found.values())
