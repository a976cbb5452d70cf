"""What receipts say, line by line: the dossier register is a view over them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from services.signing.contents import words_of
from services.signing.domain import Paper, PaperKind, Register
from services.signing.sheets import owner
from shared.actor import Actor
from shared.clock import LOCAL
from shared.directory import Directory
from shared.errors import NotAllowedError

FIRST, LAST = 2000, 2099  # years in which there may be receipts

READERS = ("front_desk", "clerk", "manager")  # of the register of their unit


def require_reader(unit: str, by: Actor) -> None:
    """Those who receive dossiers in a unit or answer for it, and auditors."""
    if by.has("auditor") or (by.agency == unit and by.has(*READERS)):
        return
    raise NotAllowedError(unit)


def line(paper: Paper, directory: Directory) -> dict[str, Any]:
    """What a receipt says of its dossier; no name once its applicant is forgotten."""
    said = words_of(paper)
    person = said.get("applicant", {})
    owners = owner(said, directory) if said else []
    return {
        "paper_id": str(paper.id),
        "dossier_id": str(paper.dossier_id),
        "number": paper.number,
        "code": paper.code,
        "unit": paper.unit,
        "language": paper.language,
        "tracking_code": paper.tracking_code,
        "received_at": said.get("received_at", paper.dated.isoformat()),
        "applicant": {key: person.get(key) for key in CONTACT},
        "owner": owners[0]["value"] if owners else person.get("name"),
        "documents": said.get("documents", []),
        **{key: said.get(key) for key in FACTS},
    }


CONTACT = ("name", "address", "phone", "email")
FACTS = (
    "subject",
    "procedure_code",
    "channel",
    "result_channel",
    "legal_time",
    "due_at",
    "fees",
)


def is_receipt(paper: Paper) -> bool:
    return paper.kind == PaperKind.RECEIPT


def day_of(paper: Paper) -> date:
    """The day of receipt, as the calendar of the office shows it."""
    return paper.dated.astimezone(LOCAL).date()


def registers(unit: str, since: date, until: date) -> Iterator[tuple[int, UUID]]:
    """The years a period touches, and the register of receipts of each."""
    for year in range(max(since.year, FIRST), min(until.year, LAST) + 1):
        yield year, Register.create_id(unit, PaperKind.RECEIPT.value, year)


def cursor(after: str) -> tuple[int, int]:
    """Behind which year and number the list goes on; at its start if unreadable."""
    year, _, number = after.partition("/")
    return (int(year), int(number)) if f"{year}{number}".isdecimal() else (0, 0)
