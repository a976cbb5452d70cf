from __future__ import annotations

import os

from tools.demo.report import (
    DossierEntry,
    HistoryEntry,
    MessageEntry,
    PaperEntry,
    reported,
)


def an_entry() -> DossierEntry:
    return DossierEntry(
        procedure="certified-copy",
        code="H15.66.01-260302-0001",
        channel="counter",
        outcome="granted",
        statuses=[2, 4, 9, 10],
        agencies=["ubnd_xa"],
        events=30,
        papers=[
            PaperEntry(
                kind="decision",
                number="1",
                path="decision.pdf",
                sha256="00",
                signature_valid=True,
            )
        ],
        messages=[
            MessageEntry(
                channel="sms", template="ready", language="vi", state="delivered"
            )
        ],
        history=HistoryEntry(leaves=30, verified=True),
    )


def test_a_report_has_exactly_the_keys_its_readers_know() -> None:
    report = reported([an_entry()], [], seconds=2, pids={"ourselves": os.getpid()})

    told = report.model_dump()
    assert told.keys() == {"dossiers", "scenes", "totals", "processes"}
    [dossier] = told["dossiers"]
    assert dossier.keys() == {
        *("procedure", "code", "channel", "outcome", "statuses", "agencies"),
        *("events", "papers", "messages", "history"),
    }
    assert dossier["papers"][0].keys() == {
        *("kind", "number", "path", "sha256", "signature_valid"),
    }
    assert dossier["messages"][0].keys() == {"channel", "template", "language", "state"}
    assert told["totals"] == {"events": 30, "seconds": 2.0, "events_per_second": 15.0}
    [process] = told["processes"]
    assert process["name"] == "ourselves"
    assert process["rss_mib"] > 0


def test_a_process_that_has_ended_is_left_out() -> None:
    assert reported([], [], seconds=1, pids={"gone": 2**22 + 1}).processes == []
