"""What can be said of a dossier that has ended, and how it is known."""

from __future__ import annotations

from tools.demo import collect
from tools.demo.filing import Filing
from tools.demo.report import DossierEntry
from tools.demo.watch import Watch


async def proven(
    filing: Filing, watch: Watch, *, units: list[str], outcome: str, last: int
) -> DossierEntry:
    """Its papers verified, its notices sent, its history complete; `units` in order."""
    statuses = await watch.statuses(last)
    code = watch.code or filing.id
    sealed = await collect.papers_of(filing.world, filing.filer, filing.path, code)
    told = await collect.messages_of(filing.filer, filing.path)
    history, entries = await collect.history_of(filing.filer, filing.path)
    return DossierEntry(
        procedure=filing.plan.procedure,
        code=code,
        channel=filing.plan.channel,
        outcome=outcome,
        statuses=statuses,
        agencies=list(dict.fromkeys([filing.reception, *units])),
        events=len(entries),
        papers=sealed,
        messages=told,
        history=history,
    )
