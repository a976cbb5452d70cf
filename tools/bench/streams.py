"""Open pages by the ten thousand: their memory, how soon they are told, their end."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from time import monotonic, sleep
from typing import cast
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

import psycopg
from eventsourcing.postgres import PostgresDatastore
from rich.console import Console

from infra.embedded.running import Places
from infra.embedded.system import System
from services.portal.application import PortalApplication
from services.portal.streams.serving import RESERVED
from services.portal.views import Views
from services.portal.worker import PortalWorker
from shared import clock
from shared.contracts.workflow import CaseTouched
from shared.messaging.broadcast import SHOWN, Broadcast
from tools.bench.figures import Figure, Figures, Terms, rate
from tools.bench.installed import environment_of
from tools.bench.streamers import Clients, Server, servers

CROWD = 1000  # viewers of one dossier; every other has two
A_CLIENT = 10_000  # streams that one process holds open
CHANGES, CROWDED_CHANGES = 200, 20
IDLE = 20.0  # seconds: a round of the ticker that keeps streams alive
KIB_EACH, SECONDS_TO_ALL, SECONDS_TO_END = 16.0, 1.0, 10.0  # the budget
NAMESPACE = UUID("7d0f5f1e-5b0c-4a53-9f63-0f3c5fdc1f55")

console = Console()


@dataclass
class Run:
    """So many streams over so many processes, and what was seen."""

    streams: int
    processes: int
    facts: list[str]
    figures: list[Figure]
    failures: list[str]

    def fact(self, text: str, *, is_kept: bool = True) -> None:
        self.facts.append(text)
        console.print(f"  {text}", markup=False, highlight=False)
        if not is_kept:
            self.failures.append(f"over budget: {text}")


async def measured_streams(system: System, terms: Terms) -> Figures:
    begun, places = monotonic(), system.connect()
    one = wanted(terms.streams)
    runs = [Run(one, 1, [], [], []), Run(2 * terms.streams, 3, [], [], [])]
    for each in runs:
        await asyncio.to_thread(measure, places, each)
    return Figures(
        name=f"streams: {one:,} on one process, {2 * terms.streams:,} over three",
        seconds=round(monotonic() - begun),
        concurrency=one,
        figures=[figure for each in runs for figure in each.figures],
        facts=[fact for each in runs for fact in each.facts],
        failures=[failure for each in runs for failure in each.failures],
    )


def wanted(streams: int) -> int:
    """Each stream is a file of the process that serves it: the system limits them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = most - RESERVED
    if room < streams:
        console.print(
            f"This system lets a process open {most:,} files: {room:,} streams."
        )
    return min(streams, room)


def measure(places: Places, run: Run) -> None:
    console.print(f"{run.streams:,} streams, {run.processes} processes")
    codes = [f"BENCH{number:07}" for number in range((run.streams - CROWD) // 2 + 1)]
    with shown(places, codes), servers(places.home, run.processes) as serving:
        before = [each.memory for each in serving]
        clients = opened(serving, run, codes)
        try:
            tell(run, serving, before, clients)
            with following(places) as worker:
                reach_all(run, worker, clients, codes)
            end(run, serving, clients)
        finally:
            for each in clients:
                each.abandon()


def opened(serving: list[Server], run: Run, codes: list[str]) -> list[Clients]:
    """The viewers of a dossier are spread over the processes, as a proxy does it."""
    viewers = [codes[0]] * CROWD + [code for code in codes[1:] for _ in (1, 2)]
    clients: list[Clients] = []
    for number, server in enumerate(serving):
        ours = viewers[number :: run.processes]
        for start in range(0, len(ours), A_CLIENT):
            counts = dict[str, int]()
            for code in ours[start : start + A_CLIENT]:
                counts[code] = counts.get(code, 0) + 1
            clients.append(Clients(server.port, len(clients), counts))
    return clients


def tell(
    run: Run, serving: list[Server], before: list[float], clients: list[Clients]
) -> None:
    """What open streams take while nothing happens."""
    begun = monotonic()
    open = sum(each.next()["open"] for each in clients)
    seconds = monotonic() - begun
    wished = sum(sum(each.viewers.values()) for each in clients)
    text = f"{open:,} of {wished:,} streams open after {seconds:.0f} s"
    run.fact(text, is_kept=open == wished)
    spent = [each.processor_seconds for each in serving]
    sleep(IDLE)
    used = sum(each.processor_seconds for each in serving) - sum(spent)
    each_kib = (sum(each.memory for each in serving) - sum(before)) / open
    run.fact(f"{each_kib:.1f} KiB each (PSS)", is_kept=each_kib <= KIB_EACH)
    whole = sum(each.memory for each in serving) / 1024
    run.fact(f"{whole:.0f} MiB in {run.processes} processes")
    run.fact(f"{100 * used / IDLE:.1f} % of a core while nothing happens")


@contextmanager
def following(places: Places) -> Iterator[PortalWorker]:
    """Who writes the read models and tells of it, as in the process `follow`."""
    own = environment_of(places.home, "portal", "bench")
    database = PostgresDatastore(
        dbname="portal",
        host=own["GUICHET_PORTAL_POSTGRES_HOST"],
        port=int(own["GUICHET_PORTAL_POSTGRES_PORT"]),
        user="portal",
        password=own["GUICHET_PORTAL_POSTGRES_PASSWORD"],
        pool_size=1,
    )
    broadcast = Broadcast(own["GUICHET_PORTAL_AMQP_URI"], SHOWN)
    no_app = cast(PortalApplication, None)
    yield PortalWorker(no_app, Views(database), broadcast.tell)
    broadcast.close()
    database.close()


def reach_all(
    run: Run, worker: PortalWorker, clients: list[Clients], codes: list[str]
) -> None:
    """From the message that is heard to the last page of its dossier that is told."""
    chance = Random(7)  # noqa: S311 - the same in every run
    some = chance.sample(codes[1:], CHANGES)
    for what, changed in (
        ("a change reaches both its viewers", some),
        (f"a change reaches its {CROWD:,} viewers", [codes[0]] * CROWDED_CHANGES),
    ):
        times = [
            changed_until_told(worker, clients, code, 1 + number)
            for number, code in enumerate(changed)
        ]
        where = f"{run.streams:,} streams, {run.processes} processes"
        run.figures.append(rate(f"{what} ({where})", times, sum(times)))
        worst = max(times)
        text = f"{what}: {1000 * worst:.0f} ms at most"
        run.fact(text, is_kept=worst <= SECONDS_TO_ALL)


POSITIONS = iter(range(1, 10**9))


def changed_until_told(
    worker: PortalWorker, clients: list[Clients], code: str, number: int
) -> float:
    watching = [each for each in clients if code in each.viewers]
    begun = monotonic()
    worker.handle(
        CaseTouched(
            source=f"bench-{os.getpid()}",
            position=next(POSITIONS),
            dossier_id=uuid5(NAMESPACE, code),
            occurred_at=clock.now(),
            correlation_id="bench",
            topic="workflow.case.seen",
        )
    )
    return max(until_told(each, code) for each in watching) - begun


def until_told(clients: Clients, code: str) -> float:
    said = clients.next(30)
    if said.get("code") != code:
        raise RuntimeError(f"told of {said} instead of {code}")
    return float(said["at"])


def end(run: Run, serving: list[Server], clients: list[Clients]) -> None:
    """With all streams open, asked to end as systems ask."""
    seconds = max(each.stop() for each in serving)
    run.fact(f"ended in {seconds:.1f} s", is_kept=seconds <= SECONDS_TO_END)
    last = [each.next() for each in clients]
    ended, again = (sum(each[key] for each in last) for key in ("ended", "asked_again"))
    run.fact(f"{again:,} of {ended:,} were told when to come again")


@contextmanager
def shown(places: Places, codes: list[str]) -> Iterator[None]:
    """Dossiers that nobody filed, in the read model; gone afterwards."""
    rows = [(uuid5(NAMESPACE, code), code) for code in codes]
    address = urlsplit(places.postgres_dsn)._replace(path="/portal")
    with psycopg.connect(urlunsplit(address), autocommit=True) as owner:
        forget(owner)
        with (
            owner.cursor() as cursor,
            cursor.copy(
                "COPY dossiers (id, tracking_code, opened_at, changed_at) FROM STDIN"
            ) as copy,
        ):
            for dossier_id, code in rows:
                copy.write_row((dossier_id, code, clock.now(), clock.now()))
        try:
            yield
        finally:
            forget(owner)


def forget(owner: psycopg.Connection) -> None:
    owner.execute("DELETE FROM dossiers WHERE tracking_code LIKE 'BENCH_______'")
    owner.execute("DELETE FROM portal_tracking WHERE application_name LIKE 'bench-%'")
