from __future__ import annotations

from tools.bench.figures import Figure, beside, rate, this_machine
from tools.bench.pgbench import LATENCY, RATE


def test_a_rate_says_how_long_most_took() -> None:
    figure = rate("commands", [0.001 * number for number in range(1, 101)], seconds=2)

    assert (figure.per_second, figure.count) == (50.0, 100)
    assert figure.p50_ms is not None
    assert figure.p95_ms is not None
    assert 50 <= figure.p50_ms <= 51 < 95 <= figure.p95_ms <= 96


def test_nothing_measured_is_no_rate() -> None:
    assert rate("commands", [], seconds=2).per_second == 0


def test_a_figure_beside_its_yardstick_has_a_ratio() -> None:
    ours, known = (Figure(what="x", per_second=rate) for rate in (250.0, 1000.0))

    assert beside(ours, known).ratio == 0.25


def test_pgbench_is_understood() -> None:
    said = "latency average = 2.612 ms\ntps = 6101.223 (without initial connection)\n"

    rates, times = RATE.search(said), LATENCY.search(said)

    assert rates is not None
    assert times is not None
    assert (rates[1], times[1]) == ("6101.223", "2.612")


def test_figures_name_the_machine() -> None:
    machine = this_machine()

    assert machine.cores > 0
    assert machine.memory_mib > 0
