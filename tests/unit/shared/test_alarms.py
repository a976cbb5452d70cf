"""What is due is rung once; what fails rests, and holds nobody else up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from shared.alarms import AT_ONCE, REST, Ringing
from shared.clock import LOCAL

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
MINUTE = timedelta(minutes=1)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


class Bells:
    """Rows in memory; some bells are broken."""

    def __init__(self, rows: dict[UUID, datetime], broken: set[UUID]) -> None:
        self.rows = rows
        self.broken = broken
        self.rung: list[UUID] = []

    def due(self, now: datetime, limit: int) -> Sequence[UUID]:
        ripe = [id for id, at in self.rows.items() if at <= now]
        return sorted(ripe, key=self.rows.__getitem__)[:limit]

    def ring(self, id: UUID) -> None:
        self.rung.append(id)
        if id in self.broken:
            raise ValueError(id)
        del self.rows[id]


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def some_bells(*ids: UUID, broken: set[UUID] | None = None) -> Bells:
    rows = {id: NOW - MINUTE * (999 - number) for number, id in enumerate(ids)}
    return Bells(rows, broken or set())


def test_whatever_is_due_is_rung_in_its_order_and_once() -> None:
    bells = some_bells(TWO, ONE)
    bells.rows[THREE] = NOW + MINUTE
    ringing = Ringing(bells, clock=lambda: NOW)

    assert ringing.look() == 2
    assert ringing.look() == 0
    assert bells.rung == [TWO, ONE]
    assert bells.rows.keys() == {THREE}


def test_one_failure_holds_nobody_else_up() -> None:
    bells = some_bells(ONE, TWO, broken={ONE})

    assert Ringing(bells, clock=lambda: NOW).look() == 1
    assert bells.rung == [ONE, TWO]


def test_what_failed_rests_before_it_rings_again() -> None:
    bells, watch = some_bells(ONE, broken={ONE}), Watch()
    ringing = Ringing(bells, clock=watch)
    ringing.look()

    watch.now = NOW + REST - timedelta(seconds=1)
    assert ringing.look() == 0
    assert bells.rung == [ONE]
    watch.now, bells.broken = NOW + REST, set()
    assert ringing.look() == 1
    assert bells.rung == [ONE, ONE]
    assert bells.rows == {}


def test_many_that_rest_do_not_hide_those_behind_them() -> None:
    ids = [UUID(int=number) for number in range(1, AT_ONCE + 6)]
    bells = some_bells(*ids, broken=set(ids[:AT_ONCE]))
    ringing = Ringing(bells, clock=lambda: NOW)

    assert ringing.look() == 0
    assert ringing.look() == 5
    assert bells.rows.keys() == bells.broken
