"""Money in a real database: found by its reference, listed by its day, counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import Tracking

from services.intake import bootstrap
from services.intake.application import IntakeApplication
from services.intake.config import IntakeSettings
from services.intake.domain import Dossier
from services.intake.domain.transfer import Line
from services.intake.ledger import LedgerProjection
from services.intake.ports import Treasury, Wanted
from shared import commands
from shared.actor import SYSTEM, Actor
from shared.commands import Command
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    a_definition,
    an_accepted_dossier,
    happened,
    the_dossier,
)
from tests.builders.payments import ACCOUNT, GATEWAY, WISH, a_notice

PERMIT, FEE = "house-building-permit", 37500
CASHIER = an_officer("cashier", agency="ttpvhcc_xa")
LEADER = an_officer("agency_leader", agency="ttpvhcc_xa", subject="leader-1")
ELSEWHERE = an_officer("agency_leader", agency="ca_xa")


@pytest.fixture(scope="module")
def intake(environment: None) -> Iterator[IntakeApplication]:
    with bootstrap.application(IntakeSettings()) as app:
        app.clock = lambda: NOW
        app.treasury = Treasury(app.treasury.ledger, GATEWAY, ACCOUNT)
        administrator = an_officer("administrator")
        app.publish_procedures([a_definition(PERMIT)], by=administrator)
        yield app


@pytest.fixture(scope="module")
def projection(environment: None) -> LedgerProjection:
    return bootstrap.ledger_projection(IntakeSettings())


def follow(
    intake: IntakeApplication,
    projection: LedgerProjection,
    seen: Callable[[Any], Any] = lambda event: event,
) -> int:
    """Up to the end of the log; where that is."""
    start = projection.view.max_tracking_id(intake.name) or 0
    while stored := intake.recorder.select_notifications(start + 1, 100):
        for each in stored:
            event = seen(intake.mapper.to_domain_event(each))
            projection.process_event(event, Tracking(intake.name, each.id))
        start = stored[-1].id
    return start


def lines(*amounts: int, text: str = "le phi") -> list[Line]:
    return [
        Line(
            bank_ref=uuid4().hex,
            amount=amount,
            booked_at=NOW + timedelta(minutes=number // 2),
            text=text,
        )
        for number, amount in enumerate(amounts)
    ]


def test_a_transfer_finds_its_dossier_by_its_code(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    dossier_id = an_accepted_dossier(intake)
    follow(intake, projection)
    code = str(the_dossier(intake, dossier_id).code).replace("-", " ").lower()

    intake.take_transfers(lines(FEE, text=f"nop tien {code} cam on"), by=CASHIER)

    assert happened(intake, dossier_id)[-2:] == ["PaymentRecorded", "FeesSettled"]


def test_a_page_begins_where_another_ended(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    told = lines(1, 2, 3, 4, 5)  # two of each minute
    intake.take_transfers(told, by=CASHIER)
    position = follow(intake, projection)

    found, after = [], None
    for _ in range(50):
        wanted = Wanted("open", limit=2, after=after, seen=position)
        page = intake.reconciliation(wanted, by=CASHIER)
        found += [UUID(each["transfer_id"]) for each in page["items"]]
        after = page["next"]
        if after is None:
            break

    assert len(found) == len(set(found))
    assert set(found) >= {line.id for line in told}


def test_what_was_decided_is_in_another_list(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    [line] = told = lines(7)
    intake.take_transfers(told, by=CASHIER)
    intake.dismiss_transfer(line.id, "nhầm", by=CASHIER)
    follow(intake, projection)

    def listed(state: str) -> set[str]:
        page = intake.reconciliation(Wanted(state, limit=200), by=CASHIER)
        return {each["transfer_id"] for each in page["items"]}

    assert str(line.id) in listed("dismissed")
    assert str(line.id) not in listed("open")


def test_of_many_tellings_at_once_one_counts(intake: IntakeApplication) -> None:
    dossier_id, payment_id = an_accepted_dossier(intake), uuid4()
    intake.begin_payment(dossier_id, payment_id, WISH, by=an_applicant())
    notice = a_notice(payment_id, FEE)

    with ThreadPoolExecutor(8) as gateways:
        answers = list(
            gateways.map(
                lambda _: intake.take_vnpay_notice(notice, by=SYSTEM)["RspCode"],
                range(8),
            )
        )

    assert sorted(answers) == ["00", *["02"] * 7]
    assert happened(intake, dossier_id).count("PaymentRecorded") == 1


def test_a_statement_ordered_twice_answers_the_same(
    intake: IntakeApplication,
) -> None:
    told = lines(11, 12)

    def ordered(key: UUID) -> int:
        commands.bind(Command(key, b"statement"))
        return intake.once(lambda: intake.take_transfers(told, by=CASHIER))

    key = uuid4()
    assert ordered(key) == ordered(key)
    assert happened(intake, told[0].id) == ["Booked"]


def test_a_month_of_transfers_is_taken_in_one_order(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    words = "NGUYEN VAN AN chuyen tien nop le phi cap giay phep xay dung nha o " * 3
    told = lines(*range(1, 501), text=words)

    intake.take_transfers(told, by=CASHIER)

    assert all(happened(intake, line.id) == ["Booked"] for line in told[:5])


def a_proposed_refund(intake: IntakeApplication) -> tuple[UUID, UUID]:
    """The dossier, and of it the payment of which something should go back."""
    dossier_id = an_accepted_dossier(intake)
    payment = {"amount": FEE, "method": "cash", "reference": ""}
    intake.record_payment(dossier_id, payment, by=CASHIER)
    payment_id: UUID = the_dossier(intake, dossier_id).payments[-1]["payment_id"]
    intake.propose_refund(dossier_id, payment_id, 500, reason="Thừa", by=CASHIER)
    return dossier_id, payment_id


def waiting(
    intake: IntakeApplication,
    ids: list[tuple[UUID, UUID]],
    by: Actor,
    seen: int | None = None,
    limit: int = 2,
) -> list[UUID]:
    """Which of these one finds, page by page."""
    found: list[str] = []
    after: str | None = None
    while True:
        wanted = Wanted(limit=limit, after=after, seen=seen)
        page = intake.refunds(wanted, by=by)
        found += [each["dossier_id"] for each in page["items"]]
        if (after := page["next"]) is None:
            known = [dossier_id for dossier_id, _ in ids]
            return [each for each in map(UUID, found) if each in known]


def test_a_refund_waits_until_it_is_decided(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    dossiers = [a_proposed_refund(intake) for _ in range(3)]
    position = follow(intake, projection)

    assert waiting(intake, dossiers, LEADER, position) == [x for x, _ in dossiers]
    assert waiting(intake, dossiers, ELSEWHERE) == []

    for granted, ids in zip((True, False), dossiers[:2], strict=True):
        intake.decide_refund(*ids, granted=granted, reason="", by=LEADER)
    behind = waiting(intake, dossiers, LEADER)
    follow(intake, projection)

    assert behind == waiting(intake, dossiers, LEADER) == [dossiers[2][0]]
    intake.decide_refund(*dossiers[2], granted=False, reason="", by=LEADER)
    follow(intake, projection)
    assert {x for x, _ in dossiers}.isdisjoint(
        x["dossier_id"] for x in rows(projection)
    )


def rows(projection: LedgerProjection) -> list[Any]:
    view: Any = projection.view
    found: list[Any] = view.refunds(Wanted(limit=200), None)
    return found


def test_a_refund_proposed_again_waits_again(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    dossier_id, payment_id = a_proposed_refund(intake)
    intake.decide_refund(dossier_id, payment_id, granted=False, reason="", by=LEADER)
    intake.propose_refund(dossier_id, payment_id, 700, reason="Thừa", by=CASHIER)
    follow(intake, projection)

    found = intake.refunds(Wanted(limit=200), by=LEADER)["items"]

    amounts = {each["dossier_id"]: each["amount"] for each in found}
    assert amounts[str(dossier_id)] == 700


def test_an_older_event_names_no_units_and_who_decides_still_finds_it(
    intake: IntakeApplication, projection: LedgerProjection
) -> None:
    proposed = a_proposed_refund(intake)
    follow(intake, projection, older)

    assert proposed[0] in {row["dossier_id"] for row in rows(projection)}
    assert waiting(intake, [proposed], LEADER) == [proposed[0]]
    assert waiting(intake, [proposed], ELSEWHERE) == []


def older(event: Any) -> Any:
    """As it was kept before it said which units receive the dossier."""
    if isinstance(event, Dossier.RefundProposed):
        del event.__dict__["units"]
    return event
