"""What a clumsy or hostile officer says over the bus is refused; nothing changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from services.workflow.service import WorkflowService
from shared import actor
from shared.errors import DomainError
from tests.builders import an_officer
from tests.builders.workflow import TEXTS, a_workflow, an_open_case

ROLES = ("reviewer", "unit_leader", "agency_leader", "manager", "administrator")
ID = str(UUID(int=7))
DAYS = ["0001-01-01", "9999-12-31", "2026-13-01", "hôm nay", "", 0, 10**18, None]
MOMENTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2100-01-01T00:00",
    "now",
    0,
    1e18,
]
TOO_LONG = "x" * 20_001
UNSAID = ["", " \u00a0\t", TOO_LONG, "a\x00b", "\ud800", None, 5, ["x"]]
CURSORS = [
    "",
    "x",
    "~~~",
    f"{'9' * 30}~2026-01-01T00:00:00+07:00~{ID}~review",
    f"-1~2026-01-01T00:00:00+07:00~{ID}~review",
    f"\u0660~2026-01-01T00:00:00+07:00~{ID}~review",
]
ITEM = {"case_id": ID, "step": "review"}

LEGAL: dict[str, Any] = {"legal_notice": "QĐ 1"}
NOTICE: dict[str, Any] = {
    "notice_id": ID,
    "date": "2026-11-20",
    "kind": "off",
    "scope": "national",
}
DECREE: dict[str, Any] = {
    "decree_id": ID,
    "selection": {},
    "effect": "freeze",
    "legal_basis": "NĐ 1",
}
QUESTION: dict[str, Any] = {
    "step": "review",
    "units": ["so_xay_dung"],
    "question": "Phù hợp?",
    "value": 5,
}
CHARGE: dict[str, Any] = {
    "step": "review",
    "amount": 1,
    "name": TEXTS,
    "legal_basis": "Điều 7",
}
TERM: dict[str, Any] = {"value": 1, "unit": "day", "reason": "Thiếu người"}
GROUNDS: dict[str, Any] = {"reason": "Vì thế", "legal_basis": "Điều 7"}

TRIES: list[tuple[str, dict[str, Any]]] = [
    *(("statistics", {"since": "2026-11-01", "until": day}) for day in DAYS),
    *(("enter_absence", {"officer": "a", "since": x, "until": x}) for x in DAYS),
    *(("enter_calendar_notice", NOTICE | LEGAL | {"date": x}) for x in DAYS),
    *(("enter_calendar_notice", NOTICE | LEGAL | {"valid_from": x}) for x in MOMENTS),
    *(("enter_calendar_notice", NOTICE | {"legal_notice": x}) for x in UNSAID),
    *(("issue_decree", DECREE | {"since": each}) for each in MOMENTS),
    *(("issue_decree", DECREE | {"until": each}) for each in MOMENTS),
    *(("issue_decree", DECREE | {"legal_basis": each}) for each in UNSAID),
    *(
        ("issue_decree", DECREE | {"selection": each})
        for each in ({"x": 1}, {"units": "a"}, {"units": ["?"]}, {"codes": [None]})
    ),
    *(("suspend", GROUNDS | {"reason": each}) for each in UNSAID),
    *(("suspend", GROUNDS | {"legal_basis": each}) for each in UNSAID),
    *(("stop", GROUNDS | {"reason": each}) for each in UNSAID),
    *(("propose_extension", TERM | {"reason": each}) for each in UNSAID),
    *(("propose_extension", TERM | {"value": x}) for x in (0, -1, 1.5, 10**9, None)),
    *(("consult", QUESTION | {"question": each}) for each in UNSAID),
    *(("consult", QUESTION | {"value": each}) for each in (0, -1, 1.5, 10**9)),
    *(("consult", QUESTION | {"units": x}) for x in ([], ["?"], ["ubnd_xa"], "?")),
    *(("ask_payment", CHARGE | {"amount": x}) for x in (0, -1, 1.5, 10**30, "\u0661")),
    *(("ask_payment", CHARGE | {"name": x}) for x in ({}, {"vi": "Phí"}, {"x": "y"})),
    *(("queue", {"after": each}) for each in CURSORS),
    *(("queue", {"limit": each}) for each in (0, -1, 10**9, None)),
    *(("queue", {"status": each}) for each in (0, 11, "x")),
    *(("save_view", {"name": x, "filters": {}}) for x in ("", "x" * 201)),
    ("save_view", {"name": "a", "filters": {"unit": "so_xay_dung"}}),
    ("bulk", {"action": "finish", "items": [ITEM] * 501, "arguments": {}}),
    ("bulk", {"action": "stop", "items": [ITEM], "arguments": {}}),
    ("bulk", {"action": "assign", "items": [ITEM], "arguments": {}}),
    ("distribute", {"items": [ITEM], "officers": []}),
]


@pytest.mark.parametrize(("name", "arguments"), TRIES, ids=lambda x: str(x)[:50])
def test_it_is_refused(
    name: str, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = a_workflow()
    case = an_open_case(app)
    before = app.recorder.max_notification_id()
    service: Any = SimpleNamespace(app=app)
    monkeypatch.setattr(app, "once", lambda act: act())
    needs_case = name in ("suspend", "stop", "propose_extension", "consult")
    about = {"case_id": case} if needs_case or name == "ask_payment" else {}

    with (
        actor.acting(an_officer(*ROLES)),
        pytest.raises((DomainError, ValidationError)),
    ):
        getattr(WorkflowService, name)(service, **about, **arguments)

    assert app.recorder.max_notification_id() == before
