"""How long similar cases took, as a procedure's page says it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.portal.pools import Pool
from services.portal.read_models import ReadModels
from services.portal.views import Views
from shared.contracts.intake import DossierAccepted, DossierFacts
from shared.personal import Personal
from tests.builders.portal import NOON
from tests.integration.portal.conftest import Ask
from tests.integration.portal.test_read_models import (
    PLACES,
    a_released_result,
    a_shown_dossier,
    a_submission,
)

DAY = 24 * 60  # minutes
LONG_AGO, NOBODYS = NOON - timedelta(days=365), Personal("citizen:1", "{}")


def a_decided_dossier(views: Views, slug: str, days: float | None) -> None:
    """Received at noon, and decided so many days after; or not yet."""
    dossier_id = a_shown_dossier(views)
    filed = dict(a_submission(dossier_id, after=1))
    facts = {name: filed[name] for name in DossierFacts.model_fields if name != "type"}
    received = {"procedure": slug, "code": "H15.66-1", "received_at": NOON}
    officer = {"accepted_by": "staff:lan", "officer": NOBODYS, "answers": NOBODYS}
    asked = {"documents": [], "fees": [], "fees_settled": True, "exemption_groups": []}
    due = {"due_at": NOON, "legal_time": {"value": 5, "unit": "working_day"}}
    place = {"source": "intake", "position": next(PLACES), "occurred_at": NOON}
    views.hear(DossierAccepted(**facts | received | officer | asked | due | place))
    if days is not None:
        views.hear(a_released_result(dossier_id, after=int(days * DAY)))


def took(ask: Ask, slug: str, since: Any = LONG_AGO) -> Any:
    async def durations(pool: Pool) -> Any:
        return await ReadModels(pool).durations(slug, since)

    return ask(durations)


@pytest.mark.parametrize(
    ("days", "half", "most"),
    [
        pytest.param([0.2], 1, 1, id="within hours is one day"),
        pytest.param([2, 3, 9], 3, 8, id="half by the one in the middle"),
        pytest.param([2, 3, 4, 9, None], 4, 8, id="who waits is not counted"),
    ],
)
def test_half_of_the_decided_cases_took_so_many_days(
    views: Views, ask: Ask, days: list[float | None], half: int, most: int
) -> None:
    slug = f"permit-{uuid4()}"
    for each in days:
        a_decided_dossier(views, slug, each)

    decided = sum(each is not None for each in days)
    assert took(ask, slug) == {"n": decided, "half": half, "most": most}
    assert took(ask, slug, since=NOON + timedelta(minutes=1)) is None


def test_a_procedure_that_nobody_asked_for_promises_nothing(ask: Ask) -> None:
    assert took(ask, f"permit-{uuid4()}") is None
