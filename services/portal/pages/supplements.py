"""Asking for all that is missing at once: which entries, and why each."""

from __future__ import annotations

from typing import Any

from services.portal import languages
from services.portal.answers import Form
from services.portal.errors import NothingChosenError
from services.portal.pages.forms import Entered, text
from services.portal.pages.rendering import ticked

KINDS = ("document", "field")


def reasons() -> dict[str, dict[str, str]]:
    """The reasons an officer chooses from."""
    return languages.texts("supplement_reasons")


def askable(form: Form) -> dict[str, list[dict[str, Any]]]:
    """The documents of the procedure, and the fields of its form."""
    documents = [
        {"id": f"document:{code}", "name": name}
        for code, name in form.document_names().items()
    ]
    fields = [
        {"id": f"field:{each['name']}", "name": each["label"]} for each in form.fields()
    ]
    return {"documents": documents, "fields": fields}


def items(entered: Entered) -> list[dict[str, Any]]:
    """Each entry that was ticked, with the reason for it and what was written."""
    chosen = [each for each in ticked(entered, "item") if kind_of(each) in KINDS]
    if chosen:
        return [item(entered, each) for each in chosen]
    raise NothingChosenError


def item(entered: Entered, id: str) -> dict[str, Any]:
    note = text(entered, f"note.{id}")
    reason = reasons().get(text(entered, f"reason.{id}"))
    if not (reason or note):
        raise NothingChosenError(id)
    return {
        "kind": kind_of(id),
        "key": id.partition(":")[2],
        "reason": reason or dict.fromkeys(languages.LANGUAGES, note),
        "note": note,
    }


def kind_of(id: str) -> str:
    return id.partition(":")[0]
