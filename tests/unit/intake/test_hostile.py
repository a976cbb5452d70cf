"""What a clumsy or hostile cashier says over the bus is refused; nothing changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from services.intake.service import IntakeService
from shared import actor
from shared.errors import DomainError
from tests.builders import an_officer
from tests.builders.intake import an_accepted_dossier
from tests.builders.payments import a_treasury

ID = str(UUID(int=7))
LINE: dict[str, Any] = {
    "bank_ref": "FT1",
    "amount": 37500,
    "booked_at": "2026-11-20T08:00:00+07:00",
}
AMOUNTS: list[Any] = [
    0,
    -1,
    1.5,
    10**13,
    10**40,
    "1 000",
    "\u0661x",
    None,
    float("nan"),
]
MOMENTS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-20", ""]
WISH: dict[str, Any] = {
    "return_url": "https://dvc.example.vn",
    "ip": "203.0.113.5",
    "payment_id": ID,
}

STATEMENTS: list[Any] = [[], [{}], [LINE] * 501, "x"]

TRIES: list[tuple[str, dict[str, Any]]] = [
    *(("record_payment", {"amount": x, "method": "cash"}) for x in AMOUNTS),
    ("record_payment", {"amount": 1, "method": "vnpay"}),
    *(("take_transfers", {"lines": [LINE | {"amount": x}]}) for x in AMOUNTS),
    *(("take_transfers", {"lines": [LINE | {"booked_at": x}]}) for x in MOMENTS),
    *(("take_transfers", {"lines": [LINE | {"bank_ref": x}]}) for x in ("", "a b")),
    *(("take_transfers", {"lines": x}) for x in STATEMENTS),
    *(("reconciliation", {"limit": x}) for x in (0, -1, 10**9, "x")),
    ("reconciliation", {"state": "lost"}),
    *(("refunds", {"limit": x}) for x in (0, -1, 10**9, "x")),
    *(("refunds", {"after": x}) for x in ("", "x", "2026-11-20~x", "x" * 10_000)),
    ("match_transfer", {"transfer_id": ID}),
    ("dismiss_transfer", {"transfer_id": ID, "reason": "x" * 4001}),
    *(
        ("propose_refund", {"payment_id": ID, "amount": x, "reason": "x"})
        for x in (1, *AMOUNTS)
    ),
    ("decide_refund", {"payment_id": ID, "granted": "maybe"}),
    ("begin_payment", WISH | {"ip": "localhost; rm"}),
    ("begin_payment", WISH | {"return_url": "javascript:alert(1)"}),
    ("begin_payment", WISH | {"language": "xx"}),
    ("begin_payment", WISH),
]
WITHOUT_DOSSIER = ("take_transfers", "reconciliation", "refunds", "dismiss_transfer")


@pytest.mark.parametrize(("name", "arguments"), TRIES, ids=lambda x: str(x)[:60])
def test_it_is_refused(
    name: str, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = a_treasury("house-building-permit")
    dossier = an_accepted_dossier(app)
    before = app.recorder.max_notification_id()
    cashier = an_officer("cashier", "front_desk", "manager", agency="ttpvhcc_xa")
    service: Any = SimpleNamespace(app=app)
    monkeypatch.setattr(app, "once", lambda act: act())
    about = {} if name in WITHOUT_DOSSIER else {"dossier_id": dossier}

    with (
        actor.acting(cashier),
        pytest.raises((DomainError, ValidationError)),
    ):
        getattr(IntakeService, name)(service, **about, **arguments)

    assert app.recorder.max_notification_id() == before
