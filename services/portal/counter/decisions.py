"""What the front desk decides on the spot: form 01, form 02 or form 03."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.portal.counter.filing import Run
from services.portal.counter.screen import listed, said
from services.portal.desk import Place

ITEM = "item-"  # `item-document:TP01` says why that paper is asked for


@dataclass(frozen=True)
class Decision:
    go: str
    reasons: list[str] = field(default_factory=list)
    note: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, entered: Mapping[str, Any]) -> Decision:
        go = said(entered, "go")
        return cls(
            go=go,
            reasons=listed(entered, "reason"),
            note=said(entered, f"note_{go}")[:4_000],
            items=items(entered),
        )


def items(entered: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every paper or answer that was ticked as missing, with its reason."""
    found = []
    for each in listed(entered, "item"):
        kind, _, key = each.partition(":")
        reason = said(entered, f"{ITEM}{each}")
        own = {"reason_code": reason} if reason else {}
        found.append({"kind": kind, "key": key, **own})
    return found


async def decide(run: Run, decision: Decision) -> Place | None:
    match decision.go:
        case "request_supplement":
            return await run.request_supplement(decision.items, decision.note)
        case "refuse":
            return await run.refuse(decision.reasons, decision.note)
        case "receive":
            return await run.receive()
    await run.keep()
    return None
