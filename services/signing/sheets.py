"""Puts together what stands on a paper: the case's words, the unit, the seal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from services.signing.domain import Paper, PaperKind
from services.signing.ports import Sheet
from services.signing.texts import PHRASES, TEXTS
from shared.contracts.base import Text3
from shared.directory import Directory, Unit
from shared.personal import Erased
from shared.printing.wording import local

FORMS: dict[str, str] = {
    PaperKind.RECEIPT: "01",
    PaperKind.SUPPLEMENT: "02",
    PaperKind.REFUSAL: "03",
    PaperKind.APOLOGY: "04",
    PaperKind.STOP: "05",
    PaperKind.PAYMENT: "BL",
}
"""The forms of the desk (Circular 03/2025); the fee receipt has no number there."""

DATES = ("due_at", "answer_by", "new_due_at", "stopped_at", "paid_at", "refused_at")
"""The date a form is about: the first of these that it names."""

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
    content["handed_in_at"] = elsewhere(content.get("receiving_point"), unit, directory)
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
        tracking_code=paper.tracking_code,
        tracking_url=f"{public_url}/{paper.language}/t/{paper.tracking_code}",
        data=data(paper, unit, content),
        footer=footer(paper),
        content=content,
    )


def data(paper: Paper, unit: Unit, content: dict[str, Any]) -> str:
    """What a machine reads from a form of the desk; nothing about a person."""
    if paper.kind not in FORMS:
        return ""
    due = next((content[each] for each in DATES if content.get(each)), "")
    parts = [
        FORMS[paper.kind],
        unit.code,
        paper.number,
        paper.code or paper.tracking_code,
        content["procedure_code"],
        stamp(paper.dated),
        due and stamp(local(due)),
    ]
    return "|".join(parts)


def stamp(moment: datetime) -> str:
    """As the national portal writes moments."""
    return f"{local(moment):%Y%m%d%H%M%S}"


def footer(paper: Paper) -> str:
    """By what a loose page is found again: its dossier, and which form it is."""
    say = PHRASES.say
    found = (
        say("code", code=paper.code)
        if paper.code
        else say("number", number=paper.number)
    )
    said = found["vi"]
    form = FORMS.get(paper.kind, "")
    return f"{said} · {say('form', form=form)['vi']}" if form.isdigit() else said


def parent(unit: Unit, directory: Directory) -> str:
    """The authority above a unit, as the first line of its papers names it."""
    above = directory.above(unit)
    return above.name["vi"] if above else ""


def elsewhere(
    receiving_point: str | None, unit: Unit, directory: Directory
) -> Text3 | None:
    """The office whose desk took the dossier in for the one that answers for it."""
    if receiving_point in (None, unit.id):
        return None
    return directory.unit(receiving_point).name


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
