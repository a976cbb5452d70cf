"""As many cases as one likes, waiting in the queues of a province."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from infra.embedded.settings import ROOT
from services.workflow.views.names import Names
from shared.clock import LOCAL
from shared.search_words import search_words
from tools.demo.people import a_person

SCHEMA = ROOT / "services/workflow/sql/schema.sql"
MOST_UNITS, FEWEST_UNITS = 150, 10
LARGEST = 0.1  # of all cases wait in one unit
OFFICERS = 40  # of each unit
NAMES = 2_000
CHUNK = 50_000
KINDS = 5  # of each procedure of the catalogue
ROLES = ("reviewer", "unit_leader", "agency_leader", "clerk")
WEIGHTS = (75, 9, 9, 7)
DAYS = 70  # from the first that is overdue to the last that is due

CASES = (
    *("case_id", "dossier_id", "code", "procedure", "procedure_name", "applicant"),
    *("words", "is_emergency", "is_released", "holds", "stood_since"),
    *("due_at", "due_soon_at"),
)
STEPS = (
    *("case_id", "step", "step_name", "step_words", "unit", "role", "assignee"),
    *("opened_at", "status"),
)
RAW = """
    CREATE TEMP TABLE raw (
        case_id uuid, step text, step_name jsonb, step_words text[], unit text,
        role text, assignee text, opened_at timestamptz, status int
    )
"""
WAIT = """
    INSERT INTO workflow_queue
        (case_id, dossier_id, code, procedure, procedure_name, applicant, step,
         step_name, unit, role, assignee, opened_at, own_status, words, status, lane,
         due_at, soon_from, late_from, is_stopped, alerts)
    SELECT case_id, dossier_id, code, procedure, procedure_name, applicant, step,
           step_name, unit, role, assignee, opened_at, raw.status, words || step_words,
           coalesce(known.status, raw.status), lane, due_at, soon_from, late_from,
           holds <> '{}', alerts
    FROM raw JOIN workflow_queue_cases AS known USING (case_id)
"""
COUNT = """
    INSERT INTO workflow_queue_counts
    SELECT unit, whose, near, late, state, kind, role, way, count(*)
    FROM workflow_queue,
         LATERAL (VALUES (assignee), ('*')) AS either (whose),
         LATERAL (VALUES (soon_from, late_from),
                         ('-infinity', '-infinity')) AS moment (near, late),
         LATERAL (VALUES (status, procedure, lane),
                         (0, '*', -1)) AS what (state, kind, way)
    GROUP BY unit, whose, near, late, state, kind, role, way
"""
INDEXES = """
    SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname),
           format('ALTER TABLE %I ADD %s', relname, pg_get_constraintdef(c.oid))
    FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = conrelid
    WHERE contype = 'p' AND relname LIKE 'workflow\\_queue%'
    UNION ALL
    SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
    WHERE tablename = 'workflow_queue' AND indexname LIKE '%idx'
"""

Row = tuple[Any, ...]


class Procedure(NamedTuple):
    slug: str
    name: str
    words: list[str]
    steps: list[tuple[str, str, list[str]]]  # id, name, its words


@dataclass
class Caseload:
    """Cases of the procedures of the catalogue, in every state; the same each time."""

    names: Names
    now: datetime
    cases: int
    seed: str = "queues"
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - the same each time
        self.procedures = list(procedures())
        people = [a_person(str(number)).full_name for number in range(NAMES)]
        self.people = people
        self.digests = {
            each: [self.names.digest(word) for word in search_words(each)]
            for each in people
        }

    @property
    def units(self) -> int:
        return max(FEWEST_UNITS, min(MOST_UNITS, self.cases // 1_000))

    def rows(self) -> Iterator[tuple[Row, Row]]:
        return map(self.row, range(self.cases))

    def row(self, number: int) -> tuple[Row, Row]:
        """A case, and the step of it that is open."""
        chance = self.chance
        case_id = UUID(int=chance.getrandbits(128), version=4)
        procedure = chance.choice(self.procedures)
        received = self.now - timedelta(days=chance.randrange(1, 30))
        code = f"H15.{chance.randrange(10, 99)}-{received:%y%m%d}-{number:06}"
        case = (
            *(case_id, case_id, code, procedure.slug, procedure.name),
            f"citizen:{chance.randrange(400_000):032x}",
            [*search_words(code), *procedure.words, *self.digests[self.person()]],
            *(chance.random() < 0.01, *self.state(received), *self.due()),
        )
        step, name, words = chance.choice(procedure.steps)
        role = chance.choices(ROLES, WEIGHTS)[0]
        unit = self.unit()
        opened = (case_id, step, name, words, unit, role, self.assignee(unit))
        return case, (*opened, received, 4)

    def person(self) -> str:
        return self.chance.choice(self.people)

    def unit(self) -> str:
        if self.chance.random() < LARGEST:
            return unit_name(0)
        return unit_name(self.chance.randrange(1, self.units))

    def assignee(self, unit: str) -> str:
        if self.chance.random() < 0.4:
            return ""
        return officer(unit, self.chance.randrange(OFFICERS))

    def state(self, since: datetime) -> tuple[bool, list[str], datetime | None]:
        """Released, held and since when: one in eight waits for something."""
        draw = self.chance.random()
        if draw < 0.07:
            return False, ["supplement"], since
        if draw < 0.1:
            return False, ["suspension"], since
        return draw < 0.13, [], None

    def due(self) -> tuple[datetime, datetime]:
        day = self.now.astimezone(LOCAL).date()
        day += timedelta(days=int(DAYS * self.chance.betavariate(2, 5)) - 5)
        due = datetime(day.year, day.month, day.day, 17, tzinfo=LOCAL).astimezone(UTC)
        return due, due - timedelta(days=3)


def unit_name(number: int) -> str:
    return f"unit-{number:03}"


def officer(unit: str, number: int) -> str:
    return f"staff:{unit}.{number:02}"


def procedures() -> Iterator[Procedure]:
    """Those of the catalogue, several kinds of each: a province has thousands."""
    for file in sorted(Path(ROOT / "catalogue").glob("*.json")):
        found = json.loads(file.read_text())
        if found.get("kind") == "procedure":
            for kind in range(KINDS):
                yield procedure(found, f"{found['slug']}-{kind}")


def procedure(found: dict[str, Any], slug: str) -> Procedure:
    steps = [
        (each["id"], json.dumps(each["name"]), search_words(joined(each["name"])))
        for each in found["steps"]
    ]
    names = found["names"]
    return Procedure(slug, json.dumps(names), search_words(joined(names)), steps)


def joined(texts: dict[str, str]) -> str:
    return " ".join(texts.values())


def fill(dsn: str, caseload: Caseload) -> None:
    """By COPY into the projection's tables; indexes and counts are made of the rows."""
    with psycopg.connect(dsn) as owner:
        owner.execute(SCHEMA.read_bytes())
        owner.execute(RAW)
        with without_indexes(owner):
            rows = caseload.rows()
            while chunk := list(islice(rows, CHUNK)):
                copy(owner, "workflow_queue_cases", CASES, [case for case, _ in chunk])
                copy(owner, "raw", STEPS, [step for _, step in chunk])
            owner.execute(WAIT)
            owner.execute(COUNT)
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
        owner.execute("CHECKPOINT")


@contextmanager
def without_indexes(owner: psycopg.Connection) -> Iterator[None]:
    """Sorting all entries at the end is much faster than finding each its place."""
    indexes = owner.execute(INDEXES).fetchall()
    owner.execute("ALTER TABLE workflow_queue DISABLE TRIGGER USER")
    owner.execute("SET maintenance_work_mem = '256MB'; SET work_mem = '256MB'")
    for drop, _ in indexes:
        owner.execute(drop)
    yield
    for _, create in indexes:
        owner.execute(create)
    owner.execute("ALTER TABLE workflow_queue ENABLE TRIGGER USER")


def copy(
    owner: psycopg.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Row],
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with owner.cursor() as cursor, cursor.copy(statement.encode()) as lines:
        for row in rows:
            lines.write_row(row)
