"""Figures and how they came about: without the second, the first mean nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles

import psutil
from pydantic import BaseModel, Field

from shared import clock
from tools.demo.report import MIB, ProcessEntry


@dataclass(frozen=True)
class Terms:
    """For how long, how many side by side, over how many cases or streams."""

    seconds: int
    concurrency: int
    cases: int = 1_000_000
    streams: int = 20_000


class Figure(BaseModel):
    """One rate, with the times single things took; ratio is to the yardstick."""

    what: str
    per_second: float
    p50_ms: float | None = None
    p95_ms: float | None = None
    count: int | None = None
    ratio: float | None = None


class Machine(BaseModel):
    cpu: str
    cores: int
    memory_mib: int
    system: str
    python: str


class Figures(BaseModel):
    """All figures of one run. `failures` says what did not count."""

    name: str
    seconds: int
    concurrency: int
    figures: list[Figure]
    facts: list[str] = Field(default_factory=list)
    failures: list[str] = Field(default_factory=list)
    processes: list[ProcessEntry] = Field(default_factory=list)
    measured_at: datetime = Field(default_factory=clock.now)
    machine: Machine = Field(default_factory=lambda: this_machine())


def rate(what: str, times: Sequence[float], seconds: float) -> Figure:
    """So many in so many seconds; 95 of 100 took no longer than p95."""
    if len(times) < 2:
        return Figure(what=what, per_second=0.0, count=len(times))
    cuts = quantiles(times, n=20)
    return Figure(
        what=what,
        per_second=round(len(times) / seconds, 2),
        p50_ms=round(1000 * cuts[9], 2),
        p95_ms=round(1000 * cuts[18], 2),
        count=len(times),
    )


def beside(figure: Figure, yardstick: Figure) -> Figure:
    """The same figure, and what part of the yardstick it reaches."""
    ratio = figure.per_second / yardstick.per_second if yardstick.per_second else None
    return figure.model_copy(update={"ratio": ratio and round(ratio, 3)})


def this_machine() -> Machine:
    return Machine(
        cpu=processor(),
        cores=os.cpu_count() or 0,
        memory_mib=psutil.virtual_memory().total // MIB,
        system=platform.platform(),
        python=platform.python_version(),
    )


def processor() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()
