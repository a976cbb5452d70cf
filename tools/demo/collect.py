"""Gathers the proofs of one dossier: papers, notices, history."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

from tools.demo import papers
from tools.demo.client import Json, Person, UnansweredError, until
from tools.demo.report import HistoryEntry, MessageEntry, PaperEntry
from tools.demo.world import World

SETTLED = {"delivered", "failed", "unknown", "erased"}
LAST = {"email": "sent"}  # nobody reports the delivery of a letter
NOTICE_SECONDS = 20.0


async def papers_of(
    world: World, person: Person, path: str, code: str
) -> list[PaperEntry]:
    """All papers of a dossier, issued, fetched and verified."""

    def are_issued(answer: Json) -> bool:
        return all(each["state"] != "requested" for each in items(answer))

    answer = await until(
        lambda: person.ask(f"{path}/papers"),
        are_issued,
        what=f"{code}: papers are issued",
    )
    issued = items(answer)
    return [
        await paper_entry(world, person, named(code, paper, issued[:number]), paper)
        for number, paper in enumerate(issued)
    ]


def named(code: str, paper: Json, before: list[Json]) -> str:
    """A file for each; of several of a kind the later ones are counted."""
    same = sum(each["kind"] == paper["kind"] for each in before)
    return f"{file_name(code)}-{paper['kind']}" + (f"-{same + 1}" if same else "")


async def paper_entry(
    world: World, person: Person, name: str, paper: Json
) -> PaperEntry:
    content = await person.download(f"/papers/{paper['id']}/content")
    told = await person.ask(f"/papers/{paper['id']}/verification")
    verdict = await asyncio.to_thread(papers.verified, content, world.places.trust_root)
    file = world.papers / f"{name}.pdf"
    file.write_bytes(content)
    return PaperEntry(
        kind=paper["kind"],
        number=paper["number"] or "",
        path=str(file),
        sha256=verdict.sha256,
        signature_valid=verdict.is_valid
        and verdict.sha256 == paper["sha256"]
        and bool(told["signature_valid"]),
    )


async def messages_of(person: Person, path: str) -> list[MessageEntry]:
    """The notices, once all have come to an end or long enough was waited."""
    latest: Json = {"items": []}

    async def look() -> Json:
        nonlocal latest
        latest = await person.ask(f"{path}/messages")
        return latest

    def are_settled(answer: Json) -> bool:
        return bool(items(answer)) and all(map(is_settled, items(answer)))

    with suppress(UnansweredError):  # the report shows the states they are in
        await until(look, are_settled, what=path, seconds=NOTICE_SECONDS)
    names = ("channel", "template", "language", "state")
    return [
        MessageEntry(**{name: each[name] for name in names}) for each in items(latest)
    ]


async def history_of(person: Person, path: str) -> tuple[HistoryEntry, list[Json]]:
    """The leaves of a dossier in the public log, once no new ones come."""
    seen = -1

    def is_quiet(answer: Json) -> bool:
        nonlocal seen
        before, seen = seen, len(answer["entries"])
        return seen == before > 0 and answer["verification"]["leaves"] == seen

    answer = await until(
        lambda: person.ask(f"{path}/history"),
        is_quiet,
        what=f"{path}: history is quiet",
    )
    told = answer["verification"]
    entry = HistoryEntry(leaves=told["leaves"], verified=bool(told["verified"]))
    return entry, answer["entries"]


def is_settled(message: Json) -> bool:
    state = message["state"]
    return state in SETTLED or state == LAST.get(message["channel"])


def items(answer: Json | list[Json]) -> list[Json]:
    return answer if isinstance(answer, list) else list(answer["items"])


def file_name(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", code)
