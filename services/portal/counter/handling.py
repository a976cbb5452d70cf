"""What the desk does with a dossier that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.portal import forms_schema
from services.portal.counter.decisions import Decision
from services.portal.counter.errors import UnsignedError
from services.portal.counter.screen import definition_of, listed, said
from services.portal.desk import Desk, Place
from services.portal.errors import NothingChosenError

Entered = Mapping[str, Any]

MOST = 10**12


async def handle(
    desk: Desk, dossier_id: UUID, decision: Decision, entered: Entered
) -> Place | None:
    match decision.go:
        case "receive":
            return await receive(desk, dossier_id, entered)
        case "request_supplement":
            return await desk.order(
                "intake.request_supplement",
                dossier_id=dossier_id,
                items=decision.items,
                note=decision.note,
            )
        case "refuse":
            return await desk.order(
                "intake.refuse_dossier",
                dossier_id=dossier_id,
                reasons=decision.reasons,
                note=decision.note,
            )
        case "pay":
            return await pay(desk, dossier_id, entered)
        case "hand_over":
            return await hand_over(desk, dossier_id, entered)
        case "discard":
            return await desk.order(
                "intake.withdraw_dossier", dossier_id=dossier_id, reason=decision.note
            )
    raise NothingChosenError


async def receive(desk: Desk, dossier_id: UUID, entered: Entered) -> Place:
    """With the papers that were brought, and what only the desk writes."""
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    await answer(desk, dossier_id, content, entered)
    for code in listed(entered, "document"):
        await record(desk, dossier_id, content, code)
    return await desk.order(
        "intake.accept_dossier", part="accept", dossier_id=dossier_id
    )


async def answer(
    desk: Desk, dossier_id: UUID, content: dict[str, Any], entered: Entered
) -> None:
    definition = await definition_of(desk, content["procedure"], content)
    common = desk.parts.directory.common
    sections = forms_schema.sections(
        definition, common, asked=frozenset({"front_desk"})
    )
    fields = [each for part in sections for each in part.fields]
    coded = forms_schema.with_codes(fields, entered, common)
    given = forms_schema.entered_to_answers(fields, coded, desk.language)
    if given:
        await desk.order(
            "intake.give_answers",
            part=f"answers {content['version']}",
            dossier_id=dossier_id,
            answers=given,
        )


async def record(
    desk: Desk, dossier_id: UUID, content: dict[str, Any], code: str
) -> None:
    """In the numbers that the procedure asks for; one of them, where it says none."""
    definition = await definition_of(desk, content["procedure"], content)
    wanted = next((d for d in definition["documents"] if d["code"] == code), None)
    known = next((d for d in content["documents"] if d["code"] == code), None)
    if wanted is None or known is None or known["record"]:
        return
    counts = {name: wanted[name] for name in ("originals", "copies")}
    if not any(counts.values()):
        counts["originals"] = 1
    await desk.order(
        "intake.record_paper",
        part=f"paper {code} {content['version']}",
        dossier_id=dossier_id,
        document=code,
        manner="handed_over" if wanted["manner"] == "upload" else wanted["manner"],
        **counts,
    )


async def pay(desk: Desk, dossier_id: UUID, entered: Entered) -> Place:
    shown = said(entered, "shown")
    amount = int(shown) if shown.isdecimal() and len(shown) < 13 else 0
    return await desk.order(
        "intake.record_payment",
        dossier_id=dossier_id,
        amount=max(1, min(amount, MOST)),
        method=said(entered, "method") or "cash",
        reference=said(entered, "reference")[:200],
    )


async def hand_over(desk: Desk, dossier_id: UUID, entered: Entered) -> Place:
    """Nobody takes a result away without signing for it."""
    signature = said(entered, "signature")
    is_on_paper = said(entered, "is_on_paper") == "true"
    if not signature and not is_on_paper:
        raise UnsignedError
    return await desk.order(
        "intake.hand_over_result",
        dossier_id=dossier_id,
        receiver=said(entered, "receiver")[:200],
        signature=signature[:20_000],
        is_on_paper=is_on_paper and not signature,
    )
