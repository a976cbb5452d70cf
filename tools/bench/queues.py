"""Lists over very many cases, beside the same lists over few, in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit
from uuid import UUID

import psycopg
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.utils import Environment
from rich.console import Console

from infra.embedded.running import Places
from infra.embedded.system import System
from services.workflow.ports import Filters, Listing, Place
from services.workflow.views.names import Names
from services.workflow.views.queue import PostgresQueue
from shared import clock
from shared.postgres import Factory
from tools.bench.caseload import Caseload, fill, officer, unit_name
from tools.bench.figures import Figure, Figures, Terms, rate

FEW = 10_000
NOW = clock.now()
TIMES = 400  # each list, in a unit chosen by chance
PROCEDURE = "permanent-residence-0"
PAGE = 51  # what a page of 50 reads
BUDGET_MS, BUDGET_RATIO = 100.0, 1.3
SECRET = b"a scratch database has no secrets"
SEQUENTIAL = """
    SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables
    WHERE relname IN ('workflow_queue', 'workflow_queue_counts')
"""

console = Console()

Read = Callable[["Office"], object]


@dataclass
class Office:
    """A unit of one of the two databases, and the reader in it."""

    queue: PostgresQueue
    unit: str
    now: datetime

    def first_page(self, **wanted: Any) -> object:
        """As the service answers it: the rows, and the counts."""
        listing = self.listing(**wanted)
        return self.queue.page(listing, None, PAGE), self.queue.counts(listing)

    def next_page(self, place: Place) -> object:
        return self.queue.page(self.listing(), place, PAGE)

    def neighbours(self, place: Place) -> object:
        listing = self.listing(unassigned=True)
        before = self.queue.page(listing, place, 1, back=True)
        return before, self.queue.page(listing, place, 1)

    def counts(self, **wanted: Any) -> object:
        return self.queue.counts(self.listing(**wanted))

    def listing(self, **wanted: Any) -> Listing:
        reader = officer(self.unit, 1)
        return Listing(self.unit, reader, self.now, Filters(**wanted))

    @property
    def middle(self) -> Place:
        """Somewhere among what is due in two weeks."""
        return 1, self.now + timedelta(days=14), UUID(int=0), ""


@dataclass
class Filled:
    """A database with so many cases in so many units."""

    cases: int
    queue: PostgresQueue
    units: int


LISTS: dict[str, Read] = {
    "first page": lambda at: at.first_page(),
    "first page: mine": lambda at: at.first_page(mine=True),
    "first page: unassigned": lambda at: at.first_page(unassigned=True),
    "first page: one officer": lambda at: at.first_page(assignee=officer(at.unit, 7)),
    "first page: role": lambda at: at.first_page(role="clerk"),
    "first page: status": lambda at: at.first_page(status=8),
    "first page: procedure": lambda at: at.first_page(
        procedure="permanent-residence-0"
    ),
    "first page: overdue": lambda at: at.first_page(due="overdue"),
    "first page: due soon": lambda at: at.first_page(due="soon"),
    "first page: emergencies": lambda at: at.first_page(priority=True),
    "first page: role, overdue, mine": lambda at: at.first_page(
        role="reviewer", due="overdue", mine=True
    ),
    "middle page": lambda at: at.next_page(at.middle),
    "neighbours": lambda at: at.neighbours(at.middle),
    "counts alone": lambda at: at.counts(),
    "search: a name": lambda at: at.first_page(q="Nguyễn Thị Mai"),
    "search: a common word": lambda at: at.first_page(q="cấp"),
    "search: no such word": lambda at: at.first_page(q="khongcogi"),
    "search: a code": lambda at: at.first_page(code="H15.42"),
}


async def measured_queues(system: System, terms: Terms) -> Figures:
    begun, places = monotonic(), system.connect()
    figures, failures = compared(places, terms.cases)
    console.print(
        f"Ratio: to the same list over {FEW:,} cases. Budget of a first page over "
        f"1,000,000: p95 at most {BUDGET_MS:.0f} ms, and {BUDGET_RATIO} times that."
    )
    return Figures(
        name=f"queues over {terms.cases:,} cases",
        seconds=round(monotonic() - begun),
        concurrency=1,
        figures=figures,
        failures=failures,
    )


def compared(places: Places, cases: int) -> tuple[list[Figure], list[str]]:
    """Few and many in turns: whatever else the machine does slows both."""
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(filled(places, count)) for count in (FEW, cases)
        )
        before = sequential_scans(places, cases)
        figures = [each for what in LISTS for each in in_turns(what, few, many)]
        figures += [in_the_largest(what, many) for what in LISTS]
        scans = sequential_scans(places, cases) - before
    return figures, [
        *over_budget(figures),
        *([f"{scans} sequential scans"] * (scans > 0)),
    ]


def in_turns(what: str, few: Filled, many: Filled) -> Iterator[Figure]:
    """In units made out by chance, read once before: lists are read all day long."""
    readings(what, few, many)
    times = readings(what, few, many)
    yardstick, figure = (
        rate(f"{what}, over {cases:,}", taken, sum(taken))
        for cases, taken in times.items()
    )
    ratio = (figure.p95_ms or 0) / (yardstick.p95_ms or 1)
    yield figure.model_copy(update={"ratio": round(ratio, 2)})
    yield yardstick


def readings(what: str, few: Filled, many: Filled) -> dict[int, list[float]]:
    """The same ones in every run; the largest unit is read apart."""
    times: dict[int, list[float]] = {few.cases: [], many.cases: []}
    chance = Random(what)  # noqa: S311 - the same in every run
    for _ in range(TIMES):
        for each in (few, many):
            unit = unit_name(chance.randrange(1, each.units))
            times[each.cases].append(timed(what, each.queue, unit))
    return times


def in_the_largest(what: str, many: Filled) -> Figure:
    times = [timed(what, many.queue, unit_name(0)) for _ in range(TIMES // 8)]
    return rate(f"{what}, in the largest unit", times, sum(times))


def timed(what: str, queue: PostgresQueue, unit: str) -> float:
    office = Office(queue, unit, NOW)
    begun = monotonic()
    LISTS[what](office)
    return monotonic() - begun


def over_budget(figures: Sequence[Figure]) -> Iterator[str]:
    for each in figures:
        if (each.p95_ms or 0) > BUDGET_MS:
            yield f"over {BUDGET_MS:.0f} ms: {each.what}"
        if each.what.startswith("first page") and (each.ratio or 0) > BUDGET_RATIO:
            yield f"over {BUDGET_RATIO} times that of few: {each.what}"


@contextmanager
def filled(places: Places, cases: int) -> Iterator[Filled]:
    """A database of its own, gone afterwards."""
    name = database(cases)
    with psycopg.connect(places.postgres_dsn, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name}")
        owner.execute(f"CREATE DATABASE {name}")
        try:
            begun, names = monotonic(), Names(SECRET)
            caseload = Caseload(names, NOW, cases)
            fill(dsn(places, name), caseload)
            console.print(f"{cases:,} cases wait after {monotonic() - begun:.0f} s")
            with store(places, name) as datastore:
                queue = PostgresQueue(datastore, tracking_table_name=name, names=names)
                yield Filled(cases, queue, caseload.units)
        finally:
            owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


def store(places: Places, name: str) -> PostgresDatastore:
    """As the service opens it."""
    address = urlsplit(places.postgres_dsn)
    environment = {
        "POSTGRES_DBNAME": name,
        "POSTGRES_HOST": address.hostname or "",
        "POSTGRES_PORT": str(address.port),
        "POSTGRES_USER": unquote(address.username or ""),
        "POSTGRES_PASSWORD": unquote(address.password or ""),
    }
    return Factory(Environment("bench", environment)).datastore


def sequential_scans(places: Places, cases: int) -> int:
    with psycopg.connect(dsn(places, database(cases))) as owner:
        [scans] = owner.execute(SEQUENTIAL).fetchone() or [0]
    return int(scans)


def database(cases: int) -> str:
    return f"bench_queues_{cases}"


def dsn(places: Places, name: str) -> str:
    return urlunsplit(urlsplit(places.postgres_dsn)._replace(path=f"/{name}"))
