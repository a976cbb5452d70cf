"""What a demonstration has shown, for machines: every dossier, paper and message."""

from __future__ import annotations

from collections.abc import Mapping

import psutil
from pydantic import BaseModel

MIB = 1024 * 1024


class PaperEntry(BaseModel):
    kind: str
    number: str
    path: str
    sha256: str
    signature_valid: bool


class MessageEntry(BaseModel):
    channel: str
    template: str
    language: str
    state: str


class HistoryEntry(BaseModel):
    leaves: int
    verified: bool


class DossierEntry(BaseModel):
    procedure: str
    code: str
    channel: str
    outcome: str
    statuses: list[int]
    agencies: list[str]
    events: int
    papers: list[PaperEntry]
    messages: list[MessageEntry]
    history: HistoryEntry


class SceneEntry(BaseModel):
    """One scene of the law: what it was to show, what of it was so, and its dossier."""

    name: str
    shown: dict[str, bool]
    dossier: DossierEntry


class Totals(BaseModel):
    events: int
    seconds: float
    events_per_second: float


class ProcessEntry(BaseModel):
    name: str
    rss_mib: float


class Report(BaseModel):
    dossiers: list[DossierEntry]
    scenes: list[SceneEntry] = []
    totals: Totals
    processes: list[ProcessEntry]


def reported(
    dossiers: list[DossierEntry],
    scenes: list[SceneEntry],
    *,
    seconds: float,
    pids: Mapping[str, int],
) -> Report:
    events = sum(each.events for each in [*dossiers, *(x.dossier for x in scenes)])
    return Report(
        dossiers=dossiers,
        scenes=scenes,
        totals=Totals(
            events=events,
            seconds=round(seconds, 2),
            events_per_second=round(events / seconds, 2) if seconds else 0.0,
        ),
        processes=[*processes(pids)],
    )


def processes(pids: Mapping[str, int]) -> list[ProcessEntry]:
    """Memory of each process with its children; the ended ones are left out."""
    found = []
    for name, pid in sorted(pids.items()):
        try:
            resident = memory(psutil.Process(pid))
        except psutil.NoSuchProcess:
            continue
        found.append(ProcessEntry(name=name, rss_mib=round(resident / MIB, 1)))
    return found


def memory(process: psutil.Process) -> int:
    """In bytes; what a family of processes shares counts once."""
    if not (children := process.children(recursive=True)):
        return int(process.memory_info().rss)
    return sum(int(each.memory_full_info().pss) for each in (process, *children))
