"""What a paper says, put together from what was told of its dossier."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from services.signing.commands import RequestPaper
from services.signing.domain import Correspondence, Paper, PaperKind
from shared.contracts.intake import DossierFacts
from shared.contracts.workflow import CaseFacts
from shared.personal import Erased, Personal

NOBODY = Erased("nobody")  # acted: no officer stood behind it

RECALLING = (PaperKind.STOP, PaperKind.REFUSAL)
"""Papers that also say what only our own log knows of the dossier."""


def about(message: DossierFacts) -> dict[str, Any]:
    return {
        "subject": message.procedure_name,
        "procedure_code": message.procedure_code,
        "channel": message.channel,
    }


def about_case(message: CaseFacts) -> dict[str, Any]:
    return {
        "subject": message.procedure_name,
        "procedure_code": message.procedure_code,
        "received_at": message.received_at.isoformat(),
    }


def paper(document: dict[str, Any]) -> dict[str, Any]:
    """A line of the table of papers; of what came as a file nobody has the paper."""
    files = len(document.get("files") or ())
    is_electronic = files > 0 and document.get("manner") == "upload"
    counted = {
        kind: 0 if is_electronic else document.get(kind) or 0
        for kind in ("originals", "certified", "copies")
    }
    return {"name": document["name"], **counted, "files": files}


def missing(item: dict[str, Any]) -> dict[str, Any]:
    """A line of form 02: what is to be added, how many, and why."""
    asked = sum(item.get(kind) or 0 for kind in ("originals", "certified", "copies"))
    quantity = asked or 1
    return {
        "name": item.get("name") or item["key"],
        "quantity": quantity if item.get("kind") == "document" else None,
        "reason": item.get("reason") or None,
        "note": item.get("note") or "",
    }


def sealed(
    content: dict[str, Any],
    presentation: Personal | Erased,
    *,
    text: Personal | Erased | None = None,
) -> Personal | Erased:
    """All a paper says as one value of its applicant's; gone when part of it is."""
    if isinstance(presentation, Erased) or isinstance(text, Erased):
        return Erased(presentation.subject)
    content = {**json.loads(presentation.value), **content}
    if text:
        content["text"] = text.value
    return Personal(presentation.subject, json.dumps(content, ensure_ascii=False))


def completed(
    command: RequestPaper, correspondence: Correspondence, earlier: Sequence[Paper]
) -> RequestPaper:
    """With what our own log knows: the code, the hour of filing, what was paid."""
    if isinstance(command.content, Erased):
        return command
    filed_at = correspondence.filed_at
    known = recalled(earlier) | {"filed_at": filed_at and filed_at.isoformat()}
    said = known | json.loads(command.content.value)
    content = json.dumps(said, ensure_ascii=False)
    return replace(
        command,
        code=command.code or next((each.code for each in earlier if each.code), None),
        content=Personal(command.content.subject, content),
    )


def recalled(earlier: Iterable[Paper]) -> dict[str, Any]:
    """What earlier papers say was handed in, and paid."""
    documents: list[dict[str, Any]] = []
    fees: list[dict[str, Any]] = []
    paid = 0
    for each in earlier:
        said = words_of(each)
        if each.kind == PaperKind.RECEIPT:
            documents, fees = said.get("documents", []), said.get("fees", [])
        if each.kind == PaperKind.PAYMENT:
            paid += said.get("amount", 0)
    return {"documents": documents, "fees": fees, "paid": paid}


def words_of(paper: Paper) -> dict[str, Any]:
    """What a paper says; nothing once its applicant is forgotten."""
    if isinstance(paper.content, Erased):
        return {}
    said: dict[str, Any] = json.loads(paper.content.value)
    return said
