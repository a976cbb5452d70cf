"""Sheets an officer prints: the course of a dossier, the register of a unit."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from uuid import UUID

from services.portal import registers
from services.portal.desk import Desk, together
from services.portal.errors import RegisterTooLongError, UnitUnknownError
from shared.directory import UnknownUnitError
from shared.errors import NotAllowedError
from shared.printing.phrases import Text3, say
from shared.printing.views import View

Kind = Literal["control-sheet", "processing-sheet", "handover-sheet", "result-receipt"]
Found = dict[str, Any]
Names = dict[str, str]

LONGEST = 1000  # lines of a register on one print
NOTHING: Text3 = {"vi": ""}


async def of_case(desk: Desk, case_id: UUID, kind: str) -> View:
    """A sheet about one dossier: from its receipt and from what its case tells."""
    if not desk.is_staff:
        raise NotAllowedError
    case = await desk.ask("workflow.case", case_id=case_id)
    receipt, names = await together(
        desk.ask("signing.receipt", dossier_id=case["dossier_id"]),
        names_of(desk, officers(case)),
    )
    name, build = BUILDERS[kind]
    page = f"{desk.language}/t/{receipt['tracking_code']}"
    return View(
        kind=name,
        unit=desk.parts.directory.unit(receipt["unit"]),
        language=desk.language,
        dated=desk.parts.now(),
        content=build(desk, case, receipt, names),
        subject=receipt["subject"] or case["procedure_name"],
        code=receipt["code"],
        tracking_url=f"{desk.parts.settings.public_url}/{page}",
    )


async def register(desk: Desk, since: date, until: date, unit: str | None) -> View:
    """Form 07 for the days from one to the other, both included."""
    if not desk.is_staff or not (unit := unit or desk.actor.agency):
        raise NotAllowedError
    if unit not in {each.id for each in desk.parts.directory.units}:
        raise UnitUnknownError(unit)
    receipts = await received(desk, unit, since, until)
    milestones = await desk.parts.views.milestones(
        [UUID(each["dossier_id"]) for each in receipts]
    )
    lines = registers.lines(receipts, milestones, desk.parts.directory)
    return View(
        kind="register",
        unit=desk.parts.directory.unit(unit),
        language=desk.language,
        dated=desk.parts.now(),
        content={"since": since, "until": until, "lines": lines},
        subject=say("title.register"),
    )


async def received(desk: Desk, unit: str, since: date, until: date) -> list[Found]:
    """What receipts say, page after page, until there are too many to be read."""
    found: list[Found] = []
    place: str | None = ""
    while place is not None:
        page = await desk.ask(
            "signing.receipts",
            unit=unit,
            since=since.isoformat(),
            until=until.isoformat(),
            after=place,
        )
        found += page["items"]
        place = page["next"]
        if len(found) > LONGEST:
            raise RegisterTooLongError(LONGEST)
    return found


def control(desk: Desk, case: Found, receipt: Found, names: Names) -> Found:
    """Form 06: who handed the dossier to whom, when, and what came of it."""
    hops = case.get("handovers")
    known = hops if hops is not None else [hop(each) for each in begun(case)]
    lines = [
        {
            "unit": unit_text(desk, each["unit"]),
            "at": each["at"],
            "deliverer": named(each["deliverer"], names),
            "receiver": named(each["receiver"], names),
            "result": words_of(desk, each["result"]),
            "remark": words_of(desk, each.get("remark")),
        }
        for each in known
    ]
    return receipt | {"hops": lines}


def hop(step: Found) -> Found:
    """A step as a hop, where the case tells of no hand-overs yet."""
    return {
        "unit": step["unit"],
        "at": step["opened_at"],
        "deliverer": None,
        "receiver": step.get("finished_by") or step.get("assignee"),
        "result": step["outcome"],
        "remark": step["name"],
    }


def processing(desk: Desk, case: Found, receipt: Found, names: Names) -> Found:
    """Who did what, until when they had time, and who came next."""
    steps = begun(case)
    acts = [
        {
            "at": each["finished_at"] or each["opened_at"],
            "handler": named(each.get("finished_by") or each.get("assignee"), names),
            "action": each["name"],
            "outcome": words_of(desk, each["outcome"]),
            "next": unit_text(desk, next_unit(each, steps)),
            "deadline": each.get("deadline_at"),
        }
        for each in steps
    ]
    return receipt | {"acts": acts}


def handover(desk: Desk, case: Found, receipt: Found, names: Names) -> Found:
    """What goes from the agency to the desk that gives it to its owner."""
    result = case["result"] or {}
    line = {
        "code": receipt["code"],
        "subject": receipt["subject"],
        "result": result.get("title") or NOTHING,
        "number": result.get("number"),
        "owner": receipt["owner"],
        "address": receipt["applicant"]["address"],
        "has_fee": bool(receipt["fees"]),
        "by_post": receipt["result_channel"] == "post",
    }
    return {"lines": [line]}


def result(desk: Desk, case: Found, receipt: Found, names: Names) -> Found:
    """What its owner signs when the result is in their hands."""
    known = case["result"] or {}
    return {
        "owner": receipt["owner"],
        "returner": desk.actor.name or desk.actor.subject,
        "receiver": receipt["applicant"]["name"],
        "phone": receipt["applicant"]["phone"],
        "result": known.get("title"),
        "number": known.get("number"),
        "returned_at": desk.parts.now().isoformat(),
    }


BUILDERS = {
    "control-sheet": ("control", control),
    "processing-sheet": ("processing", processing),
    "handover-sheet": ("handover", handover),
    "result-receipt": ("result", result),
}


def begun(case: Found) -> list[Found]:
    """The steps that were opened, in the order in which they were."""
    known = [each for each in case["steps"] if each["opened_at"] and each["unit"]]
    return sorted(known, key=lambda each: each["opened_at"])


def next_unit(step: Found, steps: list[Found]) -> str | None:
    """Where the dossier went when the step was done."""
    ended = step["finished_at"]
    later = [each for each in steps if ended and each["opened_at"] >= ended]
    return later[0]["unit"] if later and later[0] is not step else None


def unit_text(desk: Desk, unit: str | None) -> Text3:
    try:
        return desk.parts.directory.unit(unit).name if unit else NOTHING
    except UnknownUnitError:
        return {"vi": unit or ""}


def words_of(desk: Desk, value: Any) -> Text3:
    """A text as it is; a code of an outcome as the catalogue calls it."""
    if isinstance(value, dict):
        return value
    for each in desk.parts.directory.common["enums"]["step_outcome"]:
        if each["code"] == value:
            label: Text3 = each["label"]
            return label
    key = str(value).replace("_", "-")
    return say(key) if key in ("on-time", "late", "skipped") else {"vi": value or ""}


def officers(case: Found) -> set[str]:
    """Whose names a sheet about the case may need."""
    steps, hops = case["steps"], case.get("handovers") or []
    acted = [each.get(who) for each in steps for who in ("assignee", "finished_by")]
    moved = [each.get(who) for each in hops for who in ("deliverer", "receiver")]
    return {each for each in (*acted, *moved) if each}


async def names_of(desk: Desk, subjects: Iterable[str]) -> Names:
    return await to_thread(desk.parts.accounts.names, subjects)


def named(subject: str | None, names: Names) -> str:
    return names.get(subject, subject) if subject else ""
