"""Lists, pages and counts: the questions that the rows of the queue answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from psycopg.sql import SQL, Composed

from services.workflow.ports import EXPRESS, ORDINARY, Listing, Place, Watch

Condition = tuple[str, Sequence[Any]]  # and its values
Query = tuple[Composed, list[Any]]

ALL = "*"  # officers, in the counts
FEW = 200  # found steps that are put in order at once
NEAR = 1_000  # steps in the order of a list: what is common is found among them
CAP = 1_000

COLUMNS = SQL("""
    case_id, step, dossier_id, code, procedure, procedure_name, applicant, step_name,
    unit, role, assignee, opened_at, deadline_at, due_at, lane, status, is_stopped
""")
ORDER = {
    False: SQL("lane, due_at, case_id, step"),
    True: SQL("lane DESC, due_at DESC, case_id DESC, step DESC"),
}
PAGE = SQL("""
    SELECT {columns} FROM workflow_queue WHERE {conditions}
    ORDER BY {order} LIMIT {limit}
""")
FEW_AT_ALL = SQL("""
    WITH found AS MATERIALIZED (
        SELECT {columns} FROM workflow_queue WHERE {conditions} AND {sought} LIMIT {few}
    )
    SELECT {columns}, count(*) OVER () AS matches FROM found
    ORDER BY {order} LIMIT {limit}
""")
AMONG_THE_NEXT = SQL("""
    SELECT {columns} FROM (
        SELECT * FROM workflow_queue WHERE {conditions} ORDER BY {order} LIMIT {near}
    ) AS next WHERE {sought} ORDER BY {order} LIMIT {limit}
""")
AMONG_ALL = SQL("""
    WITH found AS MATERIALIZED (
        SELECT {columns} FROM workflow_queue WHERE {conditions} AND {sought}
    )
    SELECT {columns} FROM found ORDER BY {order} LIMIT {limit}
""")
SUMS = SQL("""
    SELECT assignee, sum(steps)::bigint AS steps FROM workflow_queue_counts
    WHERE {conditions} GROUP BY assignee
""")
COUNT = SQL("""
    SELECT assignee, count(*) AS steps FROM (
        SELECT assignee FROM workflow_queue WHERE {conditions} LIMIT {limit}
    ) AS found GROUP BY assignee
""")
ALERTS = SQL("""
    SELECT {columns}, alerts FROM workflow_queue WHERE {conditions}
    ORDER BY due_at, case_id, step LIMIT {limit}
""")
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"

DUE = {
    "overdue": "late_from > '-infinity' AND late_from < %s",
    "soon": "soon_from <= %s AND late_from >= %s",
    "later": "soon_from > %s",
}
BOUNDS = {"overdue": "due_at < %s", "soon": "due_at >= %s"}  # less has to be read
LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def page(conditions: list[Condition], limit: int, *, back: bool) -> Query:
    return (
        PAGE.format(
            columns=COLUMNS,
            conditions=joined(conditions),
            order=ORDER[back],
            limit=limit,
        ),
        values(conditions),
    )


def search(
    form: SQL,
    conditions: list[Condition],
    sought: list[Condition],
    limit: int,
    *,
    back: bool,
) -> Query:
    query = form.format(
        columns=COLUMNS,
        conditions=joined(conditions),
        sought=joined(sought),
        order=ORDER[back],
        few=FEW,
        near=NEAR,
        limit=limit,
    )
    return query, values([*conditions, *sought])


def sums(listing: Listing) -> Query:
    """For each officer asked about, and for all of them."""
    officers = [ALL, listing.reader, *listing.assignees, ""]
    conditions = [*counted(listing), ("assignee = ANY(%s)", [officers])]
    wanted = listing.filters
    if not wanted.due:
        conditions.append(("soon_from = '-infinity' AND late_from = '-infinity'", []))
    kinds = (wanted.status, wanted.procedure, wanted.priority)
    conditions.append(("status <> 0" if any_of(kinds) else "status = 0", []))
    return SUMS.format(conditions=joined(conditions)), values(conditions)


def count(listing: Listing, sought: list[Condition]) -> Query:
    conditions = [*counted(listing), *sought]
    query = COUNT.format(conditions=joined(conditions), limit=CAP + 1)
    return query, values(conditions)


def alerts(watch: Watch, limit: int) -> Query:
    """Each condition is one that an index holds only the few alerting steps for."""
    conditions: list[Condition] = [("alerts ?| %s", [list(watch.kinds)])]
    if watch.unit is None:
        conditions.append(("alerts ? 'overdue'", []))
    else:
        conditions += [("unit = %s", [watch.unit]), ("alerts <> '{}'", [])]
    if watch.assignee is not None:
        conditions.append(("assignee = %s", [watch.assignee]))
    query = ALERTS.format(columns=COLUMNS, conditions=joined(conditions), limit=limit)
    return query, values(conditions)


def counted(listing: Listing) -> Iterator[Condition]:
    """What rows and counters both know."""
    wanted = listing.filters
    yield "unit = %s", [listing.unit]
    if wanted.role is not None:
        yield "role = %s", [wanted.role]
    if wanted.status is not None:
        yield "status = %s", [wanted.status]
    if wanted.procedure is not None:
        yield "procedure = %s", [wanted.procedure]
    if wanted.priority is not None:
        yield "lane = %s", [EXPRESS if wanted.priority else ORDINARY]
    if wanted.due:
        condition = DUE[wanted.due]
        yield condition, [listing.at] * condition.count("%s")


def any_of(wanted: Iterable[object]) -> bool:
    return any(each is not None for each in wanted)


def whose(listing: Listing) -> Iterator[Condition]:
    """Of one officer by equality: only so an index gives them in their order."""
    match listing.assignees:
        case []:
            return
        case [assignee]:
            yield "assignee = %s", [assignee]
        case several:
            yield "assignee = ANY(%s)", [several]


def placed(listing: Listing, after: Place | None, *, back: bool) -> Iterator[Condition]:
    if bound := BOUNDS.get(listing.filters.due or ""):
        yield bound, [listing.at]
    if after:
        way = "<" if back else ">"
        yield f"(lane, due_at, case_id, step) {way} (%s, %s, %s, %s)", after


def sought(listing: Listing, terms: Iterable[list[str]]) -> Iterator[Condition]:
    """What only the rows know."""
    wanted = listing.filters
    if wanted.code is not None:
        start = wanted.code.strip().upper().translate(LIKE)
        yield "code LIKE %s", [f"{start}%"]
    if wanted.applicant is not None:
        yield "applicant = %s", [wanted.applicant]
    for term in terms:
        yield "words && %s", [term]


def joined(conditions: Iterable[Condition]) -> Composed:
    return SQL(" AND ").join(SQL(text) for text, _ in conditions)


def values(conditions: Iterable[Condition]) -> list[Any]:
    return [value for _, each in conditions for value in each]
