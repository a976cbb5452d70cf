"""Money that goes back: propose it, see what waits, decide."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from services.intake.domain import Dossier
from services.intake.domain.overview import money, refund
from services.intake.domain.refunds import DECIDERS, PROPOSERS
from services.intake.dossiers import Dossiers
from services.intake.ports import Ledger, Row, Wanted, cursor
from shared.actor import Actor
from shared.errors import NotAllowedError

PATIENCE = 2.0  # seconds a reader waits for the list to show his own action
FACTS = ("payment_id", "amount", "proposed_at", "proposed_by")
MONEY = ("paid", "refunded", "payments", "refund")


class Refunding(Dossiers):
    def propose_refund(
        self,
        dossier_id: UUID,
        payment_id: UUID,
        amount: int,
        *,
        reason: str,
        by: Actor,
    ) -> int:
        dossier, rules = self._open(dossier_id)
        dossier.propose_refund(payment_id, amount, reason, rules=rules, by=by)
        return self.commit(dossier)

    def decide_refund(
        self,
        dossier_id: UUID,
        payment_id: UUID,
        *,
        granted: bool,
        reason: str,
        by: Actor,
    ) -> int:
        dossier, rules = self._open(dossier_id)
        dossier.decide_refund(payment_id, reason, granted=granted, rules=rules, by=by)
        return self.commit(dossier)

    def refund(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """What was paid and may go back; of the dossier no more than that."""
        dossier, rules = self._open(dossier_id)
        if not dossier.shows_refunds(rules, by):
            raise NotAllowedError(str(dossier_id))
        known = money(dossier, rules, self.clock())
        return {
            **named(dossier, rules.definition["names"]),
            **{name: known[name] for name in MONEY},
            "you": {
                "may_propose": dossier.proposes_refunds(rules, by),
                "may_decide": dossier.decides_refunds(rules, by),
            },
        }

    def refunds(self, wanted: Wanted, *, by: Actor) -> dict[str, Any]:
        """Those that wait for a decision, the oldest first."""
        rows = self._ledger(wanted).refunds(wanted, self._unit_of(by))
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        last = page[-1] if more else None
        return {
            "items": [shown for row in page for shown in self._pending(row, by)],
            "next": last and cursor(last["proposed_at"], last["dossier_id"]),
        }

    def _unit_of(self, by: Actor) -> str | None:
        """The unit whose refunds somebody sees; none who sees those of all."""
        if by.has("auditor"):
            return None
        if by.agency is None or not by.has(*DECIDERS, *PROPOSERS):
            raise NotAllowedError(by.subject)
        return None if self.directory.is_reception(by.agency) else by.agency

    def _pending(self, row: Row, by: Actor) -> list[dict[str, Any]]:
        """An entry, unless it was decided meanwhile or is no affair of the asker."""
        dossier, rules = self._open(row["dossier_id"])
        known = refund(dossier)
        if known is None or not dossier.shows_refunds(rules, by):
            return []
        facts = {name: known[name] for name in FACTS}
        return [named(dossier, rules.definition["names"]) | facts]

    def _ledger(self, wanted: Wanted) -> Ledger:
        """The ledger, as fresh as it is wanted."""
        if wanted.seen is not None:
            with suppress(TimeoutError):  # then we answer what there is
                self.treasury.ledger.wait(self.name, wanted.seen, PATIENCE)
        return self.treasury.ledger


def named(dossier: Dossier, names: dict[str, str]) -> dict[str, Any]:
    """By what people know a dossier."""
    return {
        "dossier_id": str(dossier.id),
        "code": dossier.code,
        "tracking_code": dossier.tracking_code,
        "names": names,
        "unit": dossier.unit,
    }
