"""A form tried with answers that are not kept: what is asked, computed and wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from services.intake.domain import documents, fees
from services.intake.domain.dossier import Dossier
from services.intake.domain.fields import is_required
from services.intake.domain.form import Filled
from services.intake.domain.record import APPLICANT, AT_THE_DESK, day
from services.intake.domain.rules import Rules
from shared.actor import Actor


def who_is_asked(by: Actor) -> frozenset[str]:
    return AT_THE_DESK if by.kind == "staff" else APPLICANT


def tried(
    dossier: Dossier,
    answers: Mapping[str, Any],
    *,
    rules: Rules,
    now: datetime,
    by: Actor,
) -> dict[str, Any]:
    """What the form of a dossier would say if these answers were given."""
    filled = dossier.fill_with(answers, rules, now, who_is_asked(by))
    return {
        **told(filled, rules, dossier.open_fields(rules, by)),
        "documents": papers(rules, dossier.papers, filled),
        "fees": costs(rules, filled, now, dossier.exemption_groups),
    }


def told(filled: Filled, rules: Rules, own: Collection[str]) -> dict[str, Any]:
    fields = rules.form.fields
    return {
        "values": {k: each for k, each in filled.values.items() if each is not None},
        "visible": [name for name in fields if name in filled.visible],
        "required": [
            name
            for name in fields
            if name in filled.visible and is_required(fields[name], filled.names)
        ],
        "editable": [name for name in fields if name in own],
        "problems": filled.problems,
        "checks": list(rules.form.checks(filled.names, "submission")),
    }


def papers(
    rules: Rules, known: documents.Papers, filled: Filled
) -> list[dict[str, Any]]:
    return [
        documents.shown(each, known.get(each["code"], documents.NO_PAPER), filled.names)
        for each in rules.definition["documents"]
    ]


def costs(
    rules: Rules, filled: Filled, now: datetime, exempt: Collection[str]
) -> list[dict[str, Any]]:
    return fees.assess(
        rules.definition["fees"], names=filled.names, day=day(now), exempt=exempt
    )
