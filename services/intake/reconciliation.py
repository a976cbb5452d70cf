"""Transfers: what matches is paid, what does not waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.intake.domain import Dossier
from services.intake.domain.paying import Income
from services.intake.domain.references import candidates
from services.intake.domain.transfer import BANK, Line, Transfer
from services.intake.errors import NothingToPayError, TransferNotFoundError
from services.intake.notices import GatewayNotices
from services.intake.ports import Row, Wanted, cursor
from shared.actor import Actor
from shared.contracts.words import opened
from shared.errors import DomainError, NotAllowedError

METHOD = "transfer"

Touched = dict[UUID, Dossier]


class Reconciliation(GatewayNotices):
    def take_transfers(self, lines: Sequence[Line], *, by: Actor) -> int:
        """A bank's statement; a line that was told before changes nothing."""
        require_treasurer(by, "cashier")
        touched: Touched = {}
        transfers = [self._taken(line, touched, by) for line in self._unheard(lines)]
        if not transfers:
            return self.recorder.max_notification_id() or 0
        changed = [each for each in touched.values() if each.pending_events]
        return self.commit(*transfers, *changed)

    def _unheard(self, lines: Sequence[Line]) -> Iterator[Line]:
        """A number that comes again with another amount is money of its own."""
        amounts: dict[UUID, int] = {}
        for line in lines:
            for each in (line, replace(line, is_repeated=True)):
                known = amounts.get(each.id) or self._amount_of(each.id)
                if known is None:
                    amounts[each.id] = each.amount
                    yield each
                if known in (None, each.amount):
                    break

    def _amount_of(self, transfer_id: UUID) -> int | None:
        found = self._find(transfer_id)
        return found.amount if found else None

    def _taken(self, line: Line, touched: Touched, by: Actor) -> Transfer:
        """Paid when reference and amount both fit one dossier that is still alive."""
        meant = [self._touch(id, touched) for id in self._meant_by(line)]
        fitting = [each for each in meant if self._fits(line, each)]
        if len(fitting) != 1 or line.is_repeated:
            return unmatched(line, meant)
        [dossier] = fitting
        transfer = Transfer.of(line, dossier_id=dossier.id, payer=dossier.applicant)
        transfer.match(dossier.id, "system")
        self._pay(dossier, transfer)
        return transfer

    def _meant_by(self, line: Line) -> list[UUID]:
        return self.treasury.ledger.dossiers(candidates(line.reference, line.text))

    def _fits(self, line: Line, dossier: Dossier) -> bool:
        try:
            due = dossier.payable(self._rules(dossier), self.clock())
        except DomainError:
            return False
        return due == line.amount

    def _touch(self, dossier_id: UUID, touched: Touched) -> Dossier:
        """Several lines of one statement may be about the same dossier."""
        if dossier_id not in touched:
            touched[dossier_id] = self._dossier(dossier_id)
        return touched[dossier_id]

    def _pay(self, dossier: Dossier, transfer: Transfer) -> None:
        income = Income(
            payment_id=transfer.id,
            amount=transfer.amount,
            method=METHOD if transfer.source == BANK else transfer.source,
            paid_at=transfer.booked_at,
            bank_reference=transfer.bank_ref,
        )
        dossier.take(income, rules=self._rules(dossier), now=self.clock())
        dossier.return_online()

    def match_transfer(self, transfer_id: UUID, dossier_id: UUID, *, by: Actor) -> int:
        """A person knows what it was for, whatever its words and its amount."""
        require_treasurer(by)
        transfer = self._transfer(transfer_id)
        dossier = self._dossier(dossier_id)
        if dossier.is_private:
            raise NothingToPayError(str(dossier_id))
        transfer.match(dossier_id, by.subject)
        self._pay(dossier, transfer)
        return self.commit(transfer, dossier)

    def dismiss_transfer(self, transfer_id: UUID, reason: str, *, by: Actor) -> int:
        require_treasurer(by)
        transfer = self._transfer(transfer_id)
        transfer.dismiss(reason, by=by)
        return self.commit(transfer)

    def reconciliation(self, wanted: Wanted, *, by: Actor) -> dict[str, Any]:
        """The transfers, the oldest first, with the words that came with them."""
        require_treasurer(by)
        rows = self._ledger(wanted).page(wanted)
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        last = page[-1] if more else None
        return {
            "items": [self._shown(row) for row in page],
            "next": last and cursor(last["booked_at"], last["transfer_id"]),
        }

    def _shown(self, row: Row) -> Row:
        """A row, and what only the log may keep: words of people."""
        transfer = self._transfer(row["transfer_id"])
        return {
            "transfer_id": str(transfer.id),
            "state": transfer.state,
            "source": transfer.source,
            "bank_ref": transfer.bank_ref,
            "amount": transfer.amount,
            "booked_at": transfer.booked_at.isoformat(),
            "text": opened(transfer.text),
            "reason": transfer.reason,
            "dossier_id": transfer.dossier_id and str(transfer.dossier_id),
        }

    def _transfer(self, transfer_id: UUID) -> Transfer:
        found: Transfer = self.load(transfer_id, TransferNotFoundError, kind=Transfer)
        return found


def require_treasurer(by: Actor, *roles: str) -> None:
    """The account is the whole deployment's: so are those who look after it."""
    if not by.has(*(roles or ("cashier", "manager"))):
        raise NotAllowedError(by.subject)


def unmatched(line: Line, meant: Sequence[Dossier]) -> Transfer:
    """Shown beside the dossier it seems to be for, when it seems to be for one."""
    reason = "told-otherwise" if line.is_repeated else why_not(meant)
    if len(meant) != 1:
        return Transfer.of(line, reason=reason)
    [dossier] = meant
    payer = dossier.applicant
    return Transfer.of(line, reason=reason, dossier_id=dossier.id, payer=payer)


def why_not(meant: Sequence[Dossier]) -> str:
    """What a person has to find out."""
    match meant:
        case []:
            return "reference-unknown"
        case [dossier] if dossier.is_over:
            return "dossier-closed"
        case [dossier] if dossier.is_private:
            return "not-handed-in"
        case [_]:
            return "amount-differs"
    return "ambiguous"
