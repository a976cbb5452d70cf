"""What only a counter asks: how a filing would stand, before anything of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from services.intake.domain import Dossier, Rules
from services.intake.domain.documents import received
from services.intake.domain.overview import all_problems, overview
from services.intake.domain.record import AT_THE_DESK, sealed
from services.intake.errors import ChannelNotOfferedError, UnitUnknownError
from services.intake.reconciliation import Reconciliation
from shared.actor import Actor
from shared.directory import UnknownUnitError
from shared.errors import NotAllowedError


@dataclass(frozen=True)
class Opening:
    """How a dossier begins: for whom, by which way, under which public code."""

    procedure: str
    channel: str
    applicant: str
    tracking_code: str
    language: str
    unit: str | None = None


@dataclass(frozen=True)
class Rehearsal:
    """What lies on the counter: an answered form, papers, groups that pay less."""

    procedure: str
    channel: str
    answers: Mapping[str, Any]
    documents: list[str] = field(default_factory=list)
    exemption_groups: list[str] = field(default_factory=list)
    unit: str | None = None


class Counter(Reconciliation):
    def rehearse(self, wish: Rehearsal, *, by: Actor) -> dict[str, Any]:
        """What the form comes to, what is wanting and what it costs."""
        rules, now = self._in_force(wish.procedure), self.clock()
        opening = Opening(wish.procedure, wish.channel, "", "", "vi", wish.unit)
        self._require_opening(opening, rules, by)
        if wish.channel == "online":
            raise NotAllowedError(wish.procedure)
        dossier = self._begun(opening, rules)
        dossier.answers = sealed("", dict(wish.answers))
        dossier.exemption_groups = list(wish.exemption_groups)
        for each in rules.definition["documents"]:
            if each["code"] in wish.documents:
                dossier.papers[each["code"]] = received(each)
        filled = dossier.fill(rules, now, AT_THE_DESK)
        shown = overview(dossier, rules, now)
        return {name: shown[name] for name in REHEARSED} | {
            "visible": sorted(filled.visible),
            "problems": all_problems(dossier, rules, now),
        }

    def _begun(self, opening: Opening, rules: Rules) -> Dossier:
        """Nothing of it is kept."""
        return Dossier(
            dossier_id=uuid4(),
            procedure=rules.slug,
            procedure_version=rules.number,
            channel=opening.channel,
            applicant=opening.applicant,
            unit=self._unit(opening.unit) or rules.receiving_unit.id,
            tracking_code=opening.tracking_code,
            language=opening.language,
        )

    def _require_opening(self, opening: Opening, rules: Rules, by: Actor) -> None:
        """Citizens for themselves and online; the front desk for who stands there."""
        if opening.channel == "online":
            is_allowed = by.kind == "citizen" and by.party == opening.applicant
        else:
            is_here = by.agency == rules.receiving_unit.id
            is_here = is_here or self.directory.is_reception(by.agency)
            is_allowed = by.has("front_desk") and is_here
        if not is_allowed:
            raise NotAllowedError(opening.procedure)
        if opening.channel not in rules.definition["channels"]:
            raise ChannelNotOfferedError(opening.channel)

    def _unit(self, unit: str | None) -> str | None:
        try:
            return self.directory.unit(unit).id if unit else None
        except UnknownUnitError:
            raise UnitUnknownError(str(unit)) from None


REHEARSED = (
    "procedure",
    "answers",
    "documents",
    "fees",
    "balance",
    "supplement_reasons",
)
