"""Looking before deciding: drafts as papers, what others did, what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.portal import history, languages
from services.portal.desk import UNANSWERED, Desk
from services.portal.review_errors import ChangedMeanwhileError
from shared.errors import Refused

Found = dict[str, Any]
Called = Callable[[str | None], str]

LEADERS = ("unit_leader", "agency_leader")
NEEDS_PROOF = "step-up-needed"


async def preview(
    desk: Desk, case_id: UUID, step: str, outcome: str | None, text: str
) -> bytes:
    """The decision as a PDF, unsigned and marked; nothing is kept of it."""
    decision = await desk.ask(
        "workflow.draft_decision",
        case_id=case_id,
        step=step,
        outcome=outcome,
        text=text,
    )
    drawn = await desk.ask(
        "signing.preview", dossier_id=decision["dossier_id"], decision=decision
    )
    return await desk.parts.press.print(drawn["html"])


async def require_unchanged(
    desk: Desk, case_id: UUID, seen: int | None, called: Called
) -> None:
    """Whoever decides knows what others did since they opened the page."""
    if seen is None:
        return
    found = await desk.try_to_ask("workflow.meanwhile", case_id=case_id, since=seen)
    if found and found["deeds"]:
        lines = [told(each, desk, called) for each in found["deeds"]]
        raise ChangedMeanwhileError(lines)


def told(deed: Found, desk: Desk, called: Called) -> str:
    """What, at which step, who and when, as one sentence."""
    what = history.sentence(deed["topic"], desk.language)
    at = languages.said(deed.get("name"), desk.language)
    return languages.word(
        "meanwhile_line",
        desk.language,
        what=f"{what} ({at})" if at else what,
        who=actor(deed, desk, called),
        time=languages.shown_time(deed["at"]),
    )


def actor(deed: Found, desk: Desk, called: Called) -> str:
    if deed.get("kind") == "staff":
        return called(deed["by"])
    return languages.word(
        "actor_citizen" if deed.get("kind") == "citizen" else "actor_system",
        desk.language,
    )


async def news(desk: Desk, case: Found) -> Found | None:
    """What is new to who may sign here; from now on it is seen."""
    if not any(is_to_sign(each) for each in case["steps"]):
        return None
    found: Found | None = await desk.try_to_ask(
        "workflow.difference", case_id=case["id"]
    )
    if found and found["seen_version"] != case.get("version"):
        await see(desk, case["id"], case["version"])
    return found


def is_to_sign(step: Found) -> bool:
    signs = step.get("signature") == "authority" and step["state"] == "open"
    return signs and "finish_step" in step.get("allowed", ())


async def see(desk: Desk, case_id: str, version: int) -> None:
    """That it could not be noted hides nothing from who reads."""
    try:
        await replace(desk, key=uuid4(), version=None).order_each(
            "workflow.look_at", case_id=case_id, version=version
        )
    except UNANSWERED:
        return


async def approve(
    desk: Desk, items: Sequence[dict[str, Any]], note: str
) -> list[Found]:
    """Each by itself; who has not proven lately who they are does it for all first."""
    told = await desk.order_each("workflow.approve_each", items=list(items), note=note)
    found: list[Found] = told if isinstance(told, list) else []
    if found and all(each.get("code") == NEEDS_PROOF for each in found):
        raise Refused(NEEDS_PROOF, found[0]["message"], found[0].get("details"))
    return found
