"""Rows of the read models in the words of the people who look at them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.portal import languages
from shared.directory import Directory, Unit, UnknownUnitError

Names = dict[str, dict[str, str]]

SOON = timedelta(days=2)
RUNNING = (1, 2, 4)  # statuses in which somebody's time runs
ACCEPTED, IN_PROGRESS, PAUSED = 2, 4, (5, 6, 8)


def unit_of(unit_id: str | None, directory: Directory) -> Unit | None:
    """The office itself; nothing when there is none, or no longer."""
    try:
        return directory.unit(unit_id) if unit_id else None
    except UnknownUnitError:
        return None


def unit_name(unit_id: str | None, language: str, directory: Directory) -> str:
    try:
        unit = directory.unit(unit_id) if unit_id else None
    except UnknownUnitError:
        return unit_id or ""
    return languages.said(unit.name, language) if unit else ""


def label_of(enum: str, code: str | None, language: str, directory: Directory) -> str:
    """What the catalogue calls a code of one of its lists."""
    for each in directory.common["enums"].get(enum, []):
        if each["code"] == code:
            return languages.said(each["label"], language)
    return ""


def role_name(role: str | None, language: str, directory: Directory) -> str:
    own = languages.texts("roles").get(role or "")
    return own[language] if own else label_of("role", role, language, directory)


def status_name(status: int, language: str, directory: Directory) -> str:
    if status == 0:
        return languages.word("status_draft", language)
    for each in directory.common["statuses"]:
        if each["code"] == status:
            return languages.said(each["label"], language)
    return str(status)


def between(
    dossier: dict[str, Any], shown: dict[str, Any] | None, directory: Directory
) -> dict[str, Any]:
    """The status while agencies work on it, which intake, at both ends, cannot know."""
    if not shown or dossier["status"] != ACCEPTED or shown["status"] < IN_PROGRESS:
        return {}
    status = shown["status"] if shown["status"] in PAUSED else IN_PROGRESS
    labels = {each["code"]: each["label"] for each in directory.common["statuses"]}
    return {"status": status, "status_label": labels[status]}


def row(dossier: dict[str, Any], language: str, directory: Directory) -> dict[str, Any]:
    """A dossier in a list."""
    names = (
        "id",
        "code",
        "tracking_code",
        "procedure",
        "procedure_name",
        "channel",
        "status",
        "opened_at",
        "received_at",
        "due_at",
        "changed_at",
        "unit",
    )
    return {name: dossier[name] for name in names} | {
        "status_label": status_name(dossier["status"], language, directory),
        "unit_name": unit_name(dossier["unit"], language, directory),
    }


def line(
    entry: dict[str, Any], language: str, directory: Directory, steps: Names
) -> dict[str, Any]:
    """A line of the timeline: when, what, and who without naming anybody."""
    sentence = languages.texts("timeline").get(entry["type"], {}).get(language, "")
    name = entry["name"] or steps.get((entry["step"] or "").partition(":")[0])
    return {
        "type": entry["type"],
        "step": entry["step"],
        "occurred_at": entry["occurred_at"],
        "sentence": sentence,
        "name": languages.said(name, language),
        "unit": unit_name(entry["unit"], language, directory),
        "role": role_name(entry["role"], language, directory),
        "due_at": entry.get("due_at"),
        "reason": why_moved(entry.get("reason"), language),
    }


def why_moved(reason: str | None, language: str) -> str:
    """Why a date is another one now, without saying more than everybody may know."""
    known = languages.texts("due_reasons").get(reason or "")
    return known[language] if known else ""


def step_names(definition: dict[str, Any]) -> Names:
    return {each["id"]: each["name"] for each in definition.get("steps", [])}


def urgency(due_at: datetime | None, status: int, now: datetime) -> str:
    """late, soon or in time; nothing while no time runs."""
    if due_at is None or status not in RUNNING:
        return ""
    if due_at < now:
        return "late"
    return "soon" if due_at - now <= SOON else "in_time"
