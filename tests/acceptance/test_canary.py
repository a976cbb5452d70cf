"""Nobody who reads our databases, logs or queues learns of whom they speak."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.string import TextLoader

from infra.embedded.system import System
from tools.demo.client import RefusedError, until
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.world import World, world

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PROCEDURE = "house-building-permit"
WRITTEN = "Canary-4711 said so"  # by officers, about their applicant
DATABASES = "SELECT datname FROM pg_database WHERE NOT datistemplate"
TABLES = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""


GROUNDS = {"reason": WRITTEN, "legal_basis": "Điều 7"}
LINE = {"booked_at": "2026-11-20T08:00:00+07:00", "text": WRITTEN}
PLANNING = "so_xay_dung"


async def filed(system: System) -> set[str]:
    """Filed at a counter; received, refused, or to be completed: all that was said."""
    async with world(system.connect()) as here:
        await here.learn_procedures()
        received, refused, asked = [await drafted(here, each) for each in (1, 2, 3)]
        await received.pay()
        await received.accept()
        await refuse(refused)
        await ask_more(asked)
        await talk_about_money(received)
        await talk_about_the_case(received)
        people = [each.applicant for each in (received, refused, asked)]
        mails = {each.email for each in people}
        folder = Path(system.connect().mail_folder)
        await until(
            lambda: asyncio.to_thread(addressees, folder),
            lambda found: mails <= found,
            what="all were written to",
        )
    own = {(each.full_name, each.personal_id, each.phone[-9:]) for each in people}
    return {WRITTEN.partition(" ")[0], *mails, *(value for one in own for value in one)}


async def drafted(here: World, number: int) -> Filing:
    seed = f"canary {number}"
    filing = Filing(here, Plan(number, PROCEDURE, "counter", Ending.GRANTED, seed))
    await filing.prepare()
    await filing.draft()
    return filing


async def refuse(filing: Filing) -> None:
    """In the officer's own words."""
    desk, path = filing.desk, filing.path
    code = filing.definition["documents"][0]["code"]
    verdict = {"verdict": "wrong", "reason": WRITTEN}
    await desk.order("PUT", f"{path}/documents/{code}/assessment", verdict)
    await desk.order("POST", f"{path}/refusal", {"note": WRITTEN})


async def ask_more(filing: Filing) -> None:
    code = filing.definition["documents"][0]["code"]
    item = {"kind": "document", "key": code, "reason": WRITTEN, "note": WRITTEN}
    wanted = {"items": [item], "note": WRITTEN}
    await filing.desk.order("POST", f"{filing.path}/supplement", wanted)


async def talk_about_money(filing: Filing) -> None:
    """What came in by transfer, and what goes back."""
    unit = (await filing.desk.ask(filing.path))["unit"]
    cashier = await filing.world.staff.officer(unit, "cashier")
    leader = await filing.world.staff.officer(unit, "agency_leader")
    lines = [{**LINE, "bank_ref": each, "amount": 1000} for each in ("C-1", "C-2")]
    await cashier.order("POST", "/transfers", {"lines": lines})
    waiting = await until(
        lambda: cashier.ask("/reconciliation"),
        lambda found: len(told_by_us(found)) == len(lines),
        what="both transfers wait for a person",
    )
    ours, other = (f"/reconciliation/{each}" for each in told_by_us(waiting))
    await cashier.order("POST", f"{ours}/match", {"dossier": filing.id})
    await cashier.order("POST", f"{other}/dismissal", {"reason": WRITTEN})
    refund = {"payment_id": ours.rpartition("/")[2], "amount": 1000, "reason": WRITTEN}
    await cashier.order("POST", f"{filing.path}/refunds", refund)
    decision = f"{filing.path}/refunds/{refund['payment_id']}/decision"
    await leader.order("POST", decision, {"granted": True, "reason": WRITTEN})


def told_by_us(found: dict[str, Any]) -> list[str]:
    return [each["transfer_id"] for each in found["items"] if each["text"] == WRITTEN]


async def talk_about_the_case(filing: Filing) -> None:
    """Whatever officers write while they handle it, until it is stopped."""
    case, step = await opened(filing)
    staff = filing.world.staff
    reviewer = await staff.officer(step["unit"], "reviewer")
    leader = await staff.officer(step["unit"], "agency_leader")
    here = f"/cases/{case['id']}"
    asked = {"units": [PLANNING], "question": WRITTEN, "value": 2}
    extension = {"value": 2, "unit": "working_day", "reason": WRITTEN}
    at = f"{here}/steps/{step['step']}"
    await reviewer.order("POST", f"{at}/consultations", asked)
    planner = await staff.officer(PLANNING, "reviewer")
    opinion = {"outcome": "ok", "note": WRITTEN}
    await planner.order("POST", f"{here}/steps/consultation:1/completion", opinion)
    colleague = (await reviewer.ask("/me"))["subject"]
    await leader.order("POST", f"{at}/co-handlers", {"officer": colleague})
    await reviewer.order("POST", f"{at}/opinions", {"text": WRITTEN})
    await reviewer.order("PUT", "/views/canary", {"filters": {"q": WRITTEN}})
    await reviewer.order("POST", f"{here}/extension", extension)
    await leader.order("POST", f"{here}/extension-rejection", {"reason": WRITTEN})
    await reviewer.order("POST", f"{here}/extension", extension)
    await leader.order("POST", f"{here}/extension-approval", {"reason": WRITTEN})
    await leader.order("POST", f"{here}/suspension", GROUNDS)
    await leader.order("POST", f"{here}/resumption", {"note": WRITTEN})
    await leader.order("POST", f"{here}/stop", GROUNDS)


async def opened(filing: Filing) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case, and the step at which a reviewer is to begin."""

    async def look() -> dict[str, Any]:
        try:
            return await filing.desk.ask(f"{filing.path}/case")
        except RefusedError:
            return {"steps": []}

    def reviewing(case: dict[str, Any]) -> list[dict[str, Any]]:
        is_open = [each for each in case["steps"] if each["state"] == "open"]
        return [each for each in is_open if each["role"] == "reviewer"]

    case = await until(look, lambda case: bool(reviewing(case)), what="a case is open")
    return case, reviewing(case)[0]


def addressees(folder: Path) -> set[str]:
    letters = (file.read_text("utf-8", "replace") for file in folder.glob("*.eml"))
    return {
        line.removeprefix("To: ").strip()
        for letter in letters
        for line in letter.splitlines()
        if line.startswith("To: ")
    }


def rows(dsn: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table of every database, as its owner could dump it."""
    with psycopg.connect(dsn) as server:
        names = [name for (name,) in server.execute(DATABASES)]
    for name in names:
        with psycopg.connect(dsn, dbname=name) as database:
            database.adapters.register_loader("timestamptz", TextLoader)  # infinity
            for table in database.execute(TABLES).fetchall():
                query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(*table))
                for row in database.execute(query):
                    yield f"{name}.{table[1]}", b"\n".join(map(written, row))


def written(value: Any) -> bytes:
    match value:
        case bytes():
            return value
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str).encode()
    return str(value).encode()


def files(home: Path) -> Iterator[tuple[str, bytes]]:
    """What the processes wrote down, and what the broker keeps of their messages."""
    for folder in ("logs", "rabbitmq"):
        for file in (home / folder).rglob("*"):
            if file.is_file():
                yield str(file.relative_to(home)), file.read_bytes()


def spellings(value: str) -> set[bytes]:
    """As it is, and as JSON writes it."""
    return {value.encode(), json.dumps(value)[1:-1].encode()}


def test_people_are_named_in_letters_and_papers_and_nowhere_else(
    system: System,
) -> None:
    secrets = {
        each for value in asyncio.run(filed(system)) for each in spellings(value)
    }
    kept = [*rows(system.connect().postgres_dsn), *files(system.home)]

    told = {where for where, content in kept for each in secrets if each in content}

    assert len(secrets) > 8
    assert len(kept) > 100
    assert told == set()
