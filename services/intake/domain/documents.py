"""The papers of a dossier: which are needed, what has come, and what is still wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.intake.domain.answers import ACCEPTED, MOST_MB, Unfit, fits
from services.intake.domain.texts import NOTHING, Text3, message
from shared.contracts.words import opened
from shared.expressions import evaluate

Document = Mapping[str, Any]
Paper = dict[str, Any]
Papers = Mapping[str, Paper]

VERDICTS = ("accepted", "missing", "wrong", "unreadable")
MANNERS = ("upload", "shown", "handed_over", "confirmation")

NO_PAPER: Paper = {"files": {}, "record": None, "verdict": None}


def needed(document: Document, names: Mapping[str, Any]) -> bool:
    """Asked for in any case, or by what the form says."""
    condition = document.get("required_if")
    return document["mandatory"] or (
        condition is not None and evaluate(condition, names) is True
    )


def state(paper: Paper) -> str:
    """missing, being-checked, clean, recorded or rejected; what helps counts first."""
    states = {file["state"] for file in paper["files"].values()}
    for found in ("being-checked", "clean"):
        if found in states:
            return found
    if paper["record"]:
        return "recorded"
    return "rejected" if states else "missing"


def received(document: Document) -> Paper:
    """The paper itself, as the counter takes it: in the numbers that are asked for."""
    counts = {each: document[each] for each in ("originals", "copies")}
    if not any(counts.values()):
        counts["originals"] = 1  # something has to be seen
    manner = "handed_over" if document["manner"] == "upload" else document["manner"]
    return {**NO_PAPER, "files": {}, "record": {"manner": manner, **counts}}


def checked(
    document: Document, *, verdict: str, reason: str | None, media_type: str, size: int
) -> dict[str, str | None]:
    """What becomes of a file: also a harmless one must be of a kind that is taken."""
    if verdict != "accepted":
        return {"state": "rejected", "reason": reason}
    try:
        fits(document, media_type, size)
    except Unfit as unfit:
        return {"state": "rejected", "reason": unfit.code}
    return {"state": "clean", "reason": None}


def comes_later(document: Document, channel: str) -> bool:
    """Originals are shown or handed over when there is a counter to do it at."""
    if document["manner"] == "handed_over":
        return True
    return document["manner"] == "shown" and channel != "counter"


def problems(
    documents: Iterable[Document],
    papers: Papers,
    *,
    names: Mapping[str, Any],
    channel: str,
) -> Iterator[dict[str, Any]]:
    """What keeps it from being complete; nobody hands in what has not arrived yet."""
    for document in documents:
        paper = papers.get(document["code"], NO_PAPER)
        is_due = needed(document, names) and not comes_later(document, channel)
        found = state(paper)
        if found == "being-checked" or (is_due and found not in ("clean", "recorded")):
            yield problem(found, document["code"], document["name"])
            continue
        verdict = paper["verdict"]
        if verdict and verdict["verdict"] != "accepted":
            yield problem("not-accepted", document["code"], document["name"])


def problem(code: str, document: str, name: Text3 = NOTHING) -> dict[str, Any]:
    return {
        "document": document,
        "code": code,
        "severity": "error",
        "message": message(code, name),
    }


def handed_in(documents: Iterable[Document], papers: Papers) -> list[dict[str, Any]]:
    """The papers that came, as a receipt lists them."""
    return [
        {
            "code": document["code"],
            "name": document["name"],
            **(paper["record"] or of_uploads(document)),
            "files": clean_files(paper),
        }
        for document in documents
        if (paper := papers.get(document["code"]))
        and state(paper) in ("clean", "recorded")
    ]


def of_uploads(document: Document) -> dict[str, Any]:
    return {
        "manner": "upload",
        **{key: document[key] for key in ("originals", "copies")},
    }


def clean_files(paper: Paper) -> list[dict[str, Any]]:
    return [
        {
            "file_id": file_id,
            **{key: file[key] for key in ("sha256", "size", "media_type")},
        }
        for file_id, file in paper["files"].items()
        if file["state"] == "clean"
    ]


def shown(document: Document, paper: Paper, names: Mapping[str, Any]) -> dict[str, Any]:
    """One line of the checklist, for applicant and officer."""
    verdict = paper["verdict"]
    return {
        "code": document["code"],
        "name": document["name"],
        "manner": document["manner"],
        "mandatory": needed(document, names),
        "accept": list(document.get("accept", ACCEPTED)),
        "max_mb": document.get("max_mb", MOST_MB),
        "state": state(paper),
        "files": [{"file_id": key, **file} for key, file in paper["files"].items()],
        "record": paper["record"],
        "verdict": verdict and verdict["verdict"],
        "reason": verdict and opened(verdict["reason"]),
    }
