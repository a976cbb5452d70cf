"""Fees and charges: by formula, by the rate of the day, less what is exempt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from services.intake.domain.texts import text3
from shared.expressions import ExpressionError, evaluate

Fee = dict[str, Any]

COLLECTED = ("on_submission", "before_result")  # others come by tax notice, or never
TOO_MUCH = text3("Nộp thừa", "Paid in excess", "Trop-perçu")


def assess(
    fees: Iterable[Mapping[str, Any]],
    *,
    names: Mapping[str, Any],
    day: str,
    exempt: Collection[str],
) -> list[Fee]:
    """What each fee comes to on a day; an amount may not be known yet."""
    return [one(fee, names=names, day=day, exempt=exempt) for fee in fees]


def one(
    fee: Mapping[str, Any],
    *,
    names: Mapping[str, Any],
    day: str,
    exempt: Collection[str],
) -> Fee:
    is_exempt = not set(exempt).isdisjoint(fee["exemptions"])
    amount = 0 if is_exempt else amount_on(fee, names, day)
    return {
        "code": fee["code"],
        "name": fee["name"],
        "kind": fee["kind"],
        "timing": fee["timing"],
        "amount": amount,
        "exempt": is_exempt,
        "due": fee["timing"] in COLLECTED and amount != 0,
        "refundable": fee["refundable"],
        "collector": fee.get("collector"),
    }


def closed(fees: Iterable[Fee]) -> list[Fee]:
    """Amounts that are still unknown at the end are none."""
    unknown = {"amount": 0, "due": False}
    return [{**fee, **unknown} if fee["amount"] is None else fee for fee in fees]


def asked(amount: int, name: Mapping[str, str], legal_basis: str) -> Fee:
    """What a reviewer found has to be paid besides (T11)."""
    return {
        "code": "",
        "name": dict(name),
        "kind": "phi",
        "timing": "before_result",
        "amount": amount,
        "exempt": False,
        "due": amount > 0,
        "refundable": True,
        "collector": None,
        "legal_basis": legal_basis,
    }


def amount_on(fee: Mapping[str, Any], names: Mapping[str, Any], day: str) -> int | None:
    """Without a rate in force on that day nothing may be collected."""
    for rate in fee["rates"]:
        start, end = rate["valid_from"] or day, rate["valid_to"] or day
        if start <= day <= end:
            return amount_of(rate["formula"], names)
    return 0


def amount_of(formula: str, names: Mapping[str, Any]) -> int | None:
    amount = evaluate(formula, names)
    if amount is None:
        return None
    if type(amount) is not int or amount < 0:
        raise ExpressionError(formula, f"{amount!r} is no amount")
    return int(amount)


def total(fees: Iterable[Fee], timings: Collection[str] = COLLECTED) -> int | None:
    """What all fees come to; None while an amount is not known."""
    amounts = [fee["amount"] for fee in fees if fee["timing"] in timings]
    return None if None in amounts else sum(amounts)


def outstanding(
    fees: Iterable[Fee], paid: int, timings: Collection[str] = COLLECTED
) -> int | None:
    """What remains to be paid; None while an amount is not known."""
    due = total(fees, timings)
    return None if due is None else max(due - paid, 0)


def lines(fees: Iterable[Fee], paid: int, amount: int) -> Iterator[dict[str, Any]]:
    """Which fees this amount pays, after what was paid before; in their order."""
    for fee in fees:
        if fee["timing"] not in COLLECTED:
            continue
        before = min(fee["amount"] or 0, paid)
        part = min((fee["amount"] or 0) - before, amount)
        paid, amount = paid - before, amount - part
        if part:
            yield {key: fee[key] for key in ("code", "kind", "name")} | {"amount": part}
    if amount:
        yield {"code": "", "kind": "", "name": TOO_MUCH, "amount": amount}
