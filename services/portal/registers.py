"""Form 07, line by line: what a receipt says, and what became of its dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shared.directory import Directory, UnknownUnitError
from shared.printing.phrases import Text3, say

Row = dict[str, Any]

REMARKABLE = (3, 5, 6, 7, 8)  # statuses that explain why a column stays empty


def lines(
    receipts: Iterable[Row], milestones: dict[UUID, Row], directory: Directory
) -> list[Row]:
    return [
        line(each, milestones.get(UUID(each["dossier_id"]), {}), directory)
        for each in receipts
    ]


def line(receipt: Row, reached: Row, directory: Directory) -> Row:
    contact = receipt["applicant"]
    known = [contact["address"], contact["phone"]]
    return {
        "dossier_id": receipt["dossier_id"],
        "code": receipt["code"],
        "procedure": receipt["subject"] or {"vi": ""},
        "papers": papers(receipt["documents"]),
        "owner": receipt["owner"],
        "address": "; ".join(filter(None, known)),
        "agency": agency(reached.get("agency") or receipt["unit"], directory),
        "received_at": receipt["received_at"],
        "due_at": said(reached.get("due_at")) or receipt["due_at"],
        "transferred_at": said(reached.get("transferred_at")),
        "result_at": said(reached.get("result_at")),
        "returned_at": said(reached.get("returned_at")),
        "way": receipt["result_channel"],
        "remark": remark(receipt, reached, directory),
    }


def papers(documents: Iterable[Row]) -> int:
    """Sheets of paper that were handed in, and files where there were none."""
    return sum(
        each["originals"] + each["certified"] + each["copies"] or each["files"]
        for each in documents
    )


def agency(unit: str, directory: Directory) -> Text3:
    try:
        return directory.unit(unit).name
    except UnknownUnitError:
        return {"vi": unit}


def remark(receipt: Row, reached: Row, directory: Directory) -> Text3:
    """Why a dossier has no result, or that its result came late."""
    status = reached.get("status")
    if status in REMARKABLE:
        labels = {each["code"]: each["label"] for each in directory.common["statuses"]}
        label: Text3 = labels[status]
        return label
    result_at, due_at = reached.get("result_at"), reached.get("due_at")
    return say("late") if result_at and due_at and result_at > due_at else {"vi": ""}


def said(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
