"""What came in and what went back is counted, with ratings and open complaints."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.portal.pools import Pool
from services.portal.read_models import ReadModels
from services.portal.views import Views
from shared.contracts.intake import PaymentRecorded, PaymentRefunded, ServiceRated
from shared.personal import Personal
from tests.builders.portal import NOON
from tests.integration.portal.conftest import Ask
from tests.integration.portal.test_read_models import a_shown_dossier, told

PAID: dict[str, Any] = {
    "method": "cash",
    "reference": "",
    "paid_at": NOON,
    "lines": [],
    "code": None,
    "about": {},
    "presentation": Personal("citizen:1", "Lan"),
}
WANTED: dict[str, Any] = {
    "since": NOON - timedelta(days=1),
    "until": NOON + timedelta(days=1),
    "now": NOON,
    "unit": None,
    "procedure": "permit",
    "channel": "online",
}


def pays(views: Views, dossier_id: UUID, amount: int) -> None:
    paid: dict[str, Any] = PAID | {"payment_id": uuid4(), "amount": amount}
    views.hear(told(PaymentRecorded, dossier_id, **paid))


def gets_back(views: Views, dossier_id: UUID, amount: int) -> None:
    back: dict[str, Any] = {
        "payment_id": uuid4(),
        "amount": amount,
        "refunded_by": "staff:hoa",
    }
    views.hear(told(PaymentRefunded, dossier_id, **back))


def test_money_is_counted_by_the_day_it_moved(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)
    before = money(ask, WANTED)

    pays(views, dossier_id, 40_000)
    pays(views, dossier_id, 10_000)
    gets_back(views, dossier_id, 15_000)

    after = money(ask, WANTED)
    assert {name: after[name] - before[name] for name in after} == {
        "received": 50_000,
        "refunded": 15_000,
        "payments": 2,
        "refunds": 1,
    }
    later = WANTED | {"since": NOON + timedelta(hours=1)}
    assert set(money(ask, later).values()) == {0}
    assert set(money(ask, WANTED | {"channel": "post"}).values()) == {0}


def test_ratings_of_other_procedures_do_not_count(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)
    views.hear(told(ServiceRated, dossier_id, score=4, procedure="permit", unit="u"))

    async def opinions(pool: Pool) -> Any:
        models = ReadModels(pool)
        others = WANTED | {"procedure": "other"}
        return [await models.opinions(each) for each in (WANTED, others)]

    ours, theirs = ask(opinions)
    assert ours["count"] >= 1
    assert (theirs["count"], theirs["average"], theirs["satisfied"]) == (0, None, None)


def test_nothing_waits_where_nobody_complained(views: Views, ask: Ask) -> None:
    async def waiting(pool: Pool) -> Any:
        return await ReadModels(pool).complaints_open(WANTED | {"unit": "nowhere"})

    assert ask(waiting) == {"open": 0, "overdue": 0}


def money(ask: Ask, wanted: dict[str, Any]) -> dict[str, int]:
    async def asked(pool: Pool) -> Any:
        return await ReadModels(pool).money(wanted)

    found: dict[str, int] = ask(asked)
    return found
