"""How far a dossier came, as the register asks it of the read models."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from services.portal.read_models import ReadModels
from services.portal.views import Views
from shared.contracts.intake import ResultReturned
from shared.contracts.workflow import ResultReleased, StepOpened
from tests.builders.portal import NOON
from tests.integration.portal.conftest import Ask, Pool
from tests.integration.portal.test_read_models import a_shown_dossier, told

NAME = {"vi": "Thẩm định", "en": "Review", "fr": "Examen"}


def a_step(views: Views, dossier_id: UUID, unit: str, after: int) -> None:
    step = {"case_id": uuid4(), "step": "review", "name": NAME, "unit": unit}
    step |= {"role": "reviewer", "status": 4}
    views.hear(told(StepOpened, dossier_id, after=after, **step))


def test_a_dossier_is_transferred_returned_and_somebody_has_it_in_charge(
    ask: Ask, pool: Pool, views: Views
) -> None:
    dossier_id, untouched = a_shown_dossier(views), a_shown_dossier(views)
    a_step(views, dossier_id, "phong_kt_xa", 10)
    a_step(views, dossier_id, "ubnd_xa", 20)
    released = {"outcome": "permit", "outcome_kind": "grant", "outcome_title": NAME}
    released |= {"paper_id": uuid4(), "unit": "ubnd_xa"}
    views.hear(told(ResultReleased, dossier_id, after=30, **released))
    returned = {"channel": "counter", "returned_by": "staff:lan"}
    views.hear(told(ResultReturned, dossier_id, after=40, **returned))

    found = ask(ReadModels(pool).milestones([dossier_id, untouched, uuid4()]))

    assert set(found) == {dossier_id, untouched}
    reached = found[dossier_id]
    minutes = {
        name: reached[f"{name}_at"] - NOON
        for name in ("transferred", "result", "returned")
    }
    assert minutes == {
        "transferred": timedelta(minutes=10),
        "result": timedelta(minutes=30),
        "returned": timedelta(minutes=40),
    }
    assert (reached["agency"], reached["status"]) == ("phong_kt_xa", 10)
    assert found[untouched]["transferred_at"] is None
