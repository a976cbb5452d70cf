"""What must hold after any accident: each invariant asked of every book there is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from infra.embedded.running import Places
from tools.demo.client import Person
from tools.demo.collect import history_of
from tools.demo.run import Result
from tools.demo.world import World
from tools.faults.books import SERVICES, Books
from tools.faults.journal import Journal
from tools.faults.post import letters, texts
from tools.faults.quiet import dead_letter_queues, depths, inboxes, reasons

OPENED = "intake.dossier.opened"


@dataclass
class Finding:
    """One invariant: how many things were looked at, and which of them break it."""

    invariant: str
    examined: int = 0
    violations: list[str] = field(default_factory=list)


async def examined(
    world: World, journal: Journal, results: list[Result], *, auditor: Person
) -> list[Finding]:
    """All findings, the clients' own first."""
    books, places = Books(world.places), world.places
    asked: list[Callable[[], Finding]] = [
        lambda: opened_once(books, journal),
        lambda: orders_kept(books, journal),
        lambda: versions_without_gap(books),
        lambda: notices_ended(books),
        lambda: notices_once(places),
        lambda: events_in_the_audit_log(books),
        lambda: four_eyes(books),
        lambda: queues_empty(places),
        lambda: dead_letters_empty(places),
    ]
    found = [await asyncio.to_thread(each) for each in asked]
    return [
        journeys_ended(results),
        decisions_valid(results),
        await histories_verify(books, auditor),
        *found,
    ]


def journeys_ended(results: list[Result]) -> Finding:
    failed = [each for each in results if each.failure]
    told = [f"{each.plan.procedure}: {each.failure!r}" for each in failed]
    return Finding("every journey ended as planned", len(results), told)


def decisions_valid(results: list[Result]) -> Finding:
    """The download equals the event's digest, and its seals verify from the root."""
    sealed = [paper for each in results if each.entry for paper in each.entry.papers]
    return Finding(
        "every paper is valid and is what its event says",
        len(sealed),
        [each.path for each in sealed if not each.signature_valid],
    )


def opened_once(books: Books, journal: Journal) -> Finding:
    rows = books.rows(
        "intake",
        "SELECT originator_id::text FROM {events} WHERE topic = %s",
        OPENED,
    )
    counts = Counter(row[0] for row in rows)
    return Finding(
        "every acknowledged dossier exists exactly once",
        len(journal.opened),
        [each for each in journal.opened if counts[each] != 1],
    )


def orders_kept(books: Books, journal: Journal) -> Finding:
    """What an answer says about its place in the log is still true."""
    sources = {source for source, _ in journal.positions}
    known = {source: books.positions(source) for source in sources}
    lost = [
        f"{source}/{position}"
        for source, position in journal.positions
        if position not in known[source]
    ]
    return Finding(
        "every acknowledged order is in its log", len(journal.positions), lost
    )


def versions_without_gap(books: Books) -> Finding:
    found = Finding("versions of every aggregate have no gap")
    for service in SERVICES:
        rows = books.rows(
            service,
            "SELECT originator_id::text, count(*), "
            "max(originator_version) - min(originator_version) + 1 "
            "FROM {events} GROUP BY originator_id",
        )
        found.examined += len(rows)
        found.violations += [f"{service} {row[0]}" for row in rows if row[1] != row[2]]
    return found


def notices_ended(books: Books) -> Finding:
    """Sent, delivered, failed or unknown: nothing is silently under way."""
    rows = books.rows(
        "notifications",
        "SELECT DISTINCT ON (originator_id) originator_id::text, topic FROM {events} "
        "WHERE topic LIKE 'notifications.notice.%%' "
        "ORDER BY originator_id, originator_version DESC",
    )
    ends = ("sent", "delivered", "failed", "unknown")
    return Finding(
        "every notice was sent, or failed for all to see",
        len(rows),
        [f"{row[0]} {row[1]}" for row in rows if not row[1].endswith(ends)],
    )


def notices_once(places: Places) -> Finding:
    received = [*letters(places.mail_folder), *texts(places.sms_folder)]
    return Finding("no notice was sent twice", len(received), twice(received))


def events_in_the_audit_log(books: Books) -> Finding:
    rows = books.rows("audit", "SELECT source, position FROM audit_leaves")
    counts = Counter((str(source), int(position)) for source, position in rows)
    told = {(each, place) for each in SERVICES for place in books.positions(each)}
    told = {each for each in told if each[0] in {source for source, _ in counts}}
    missing = [f"{source}/{place}" for source, place in told - counts.keys()]
    foreign = [f"{source}/{place}?" for source, place in counts.keys() - told]
    found = [*missing, *foreign, *twice([f"{s}/{p}" for s, p in counts.elements()])]
    return Finding("every event is in the audit log exactly once", len(told), found)


def four_eyes(books: Books) -> Finding:
    rows = books.rows(
        "workflow",
        "SELECT approved.originator_id::text, "
        "convert_from(approved.state, 'UTF8')::jsonb ->> 'approved_by', "
        "(SELECT convert_from(proposed.state, 'UTF8')::jsonb ->> 'proposed_by' "
        "FROM {events} AS proposed WHERE topic = 'workflow.case.result-proposed' "
        "AND proposed.originator_id = approved.originator_id "
        "AND proposed.originator_version < approved.originator_version "
        "ORDER BY proposed.originator_version DESC LIMIT 1) "
        "FROM {events} AS approved WHERE topic = 'workflow.case.result-approved'",
    )
    return Finding(
        "nobody approved what they proposed",
        len(rows),
        [row[0] for row in rows if row[2] is None or row[1] == row[2]],
    )


def queues_empty(places: Places) -> Finding:
    found = depths(places, inboxes())
    waiting = [f"{name}: {count}" for name, count in found.items() if count]
    return Finding("no message waits", len(found), waiting)


def dead_letters_empty(places: Places) -> Finding:
    found = depths(places, dead_letter_queues())
    used = [name for name, count in found.items() if count]
    told = [reason for name in used for reason in reasons(places, name)]
    return Finding("no message was given up", len(found), told)


async def histories_verify(books: Books, auditor: Person) -> Finding:
    """Every dossier's history, asked of the portal by an auditor."""
    rows = books.rows(
        "intake", "SELECT originator_id::text FROM {events} WHERE topic = %s", OPENED
    )
    found = Finding("every history verifies", len(rows))
    for [dossier_id] in rows:
        try:
            entry, _ = await history_of(auditor, f"/dossiers/{dossier_id}")
        except Exception as failure:  # one that cannot be read does not verify
            found.violations.append(f"{dossier_id}: {failure}"[:200])
        else:
            found.violations += [] if entry.verified else [dossier_id]
    return found


def twice(things: Iterable[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]
