"""How far a dossier came, as the register asks it of the read models."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.portal.pools import Pool
from services.portal.read_models import ReadModels
from services.portal.views import Views
from shared.contracts.intake import ResultReturned
from shared.contracts.workflow import ResultReleased, StepOpened
from tests.builders.portal import NOON
from tests.integration.portal.conftest import Ask
from tests.integration.portal.test_read_models import a_shown_dossier, told

NAME = {"vi": "Thẩm định", "en": "Review", "fr": "Examen"}


def a_step(views: Views, dossier_id: UUID, unit: str, after: int) -> None:
    step = {"case_id": uuid4(), "step": "review", "name": NAME, "unit": unit}
    waits = {"role": "reviewer", "status": 4}
    views.hear(told(StepOpened, dossier_id, after=after, **step, **waits))


def test_a_dossier_is_transferred_decided_and_returned(ask: Ask, views: Views) -> None:
    dossier_id, untouched = a_shown_dossier(views), a_shown_dossier(views)
    a_step(views, dossier_id, "phong_kt_xa", 10)
    a_step(views, dossier_id, "ubnd_xa", 20)
    outcome = {"outcome": "permit", "outcome_kind": "grant", "outcome_title": NAME}
    paper = {"paper_id": uuid4(), "unit": "ubnd_xa"}
    views.hear(told(ResultReleased, dossier_id, after=30, **outcome, **paper))
    returned = {"channel": "counter", "returned_by": "staff:lan"}
    views.hear(told(ResultReturned, dossier_id, after=40, **returned))

    async def milestones(pool: Pool) -> Any:
        return await ReadModels(pool).milestones([dossier_id, untouched, uuid4()])

    found = ask(milestones)

    reached = found[dossier_id]
    assert set(found) == {dossier_id, untouched}
    assert reached["transferred_at"] == NOON + timedelta(minutes=10)
    assert reached["result_at"] == NOON + timedelta(minutes=30)
    assert reached["returned_at"] == NOON + timedelta(minutes=40)
    assert (reached["agency"], reached["status"]) == ("phong_kt_xa", 10)
    assert found[untouched]["transferred_at"] is None
