"""Officers are alerted that the applicant wrote, until one of them looks."""

from __future__ import annotations

from typing import Any

import pytest

from services.workflow.application import WorkflowApplication
from shared.contracts.intake import MessagesRead, MessageWritten
from tests.builders.intake import NOW
from tests.builders.workflow import DOSSIER, a_workflow, an_open_case

_positions = iter(range(900, 1_000))


def heard() -> dict[str, Any]:
    return {
        "source": "intake",
        "position": next(_positions),
        "correlation_id": "request-1",
        "occurred_at": NOW,
        "dossier_id": DOSSIER,
    }


def happened(app: WorkflowApplication, case_id: Any) -> list[str]:
    names = [type(event).__name__ for event in app.events.get(case_id)]
    return [each for each in names if "Message" in each]


@pytest.fixture
def app() -> WorkflowApplication:
    return a_workflow()


def test_they_are_alerted_once_until_somebody_reads(app: WorkflowApplication) -> None:
    case_id = an_open_case(app)

    app.handle(MessageWritten(**heard(), by_kind="citizen"))
    app.handle(MessageWritten(**heard(), by_kind="citizen", is_first=False))
    app.handle(MessagesRead(**heard(), by_kind="staff"))

    assert happened(app, case_id) == ["MessageNoted", "MessagesSeen"]


def test_an_answer_calms_too(app: WorkflowApplication) -> None:
    case_id = an_open_case(app)

    app.handle(MessageWritten(**heard(), by_kind="citizen"))
    app.handle(MessageWritten(**heard(), by_kind="staff", unit="ubnd_xa"))

    assert happened(app, case_id) == ["MessageNoted", "MessagesSeen"]


def test_what_the_applicant_reads_alerts_nobody(app: WorkflowApplication) -> None:
    case_id = an_open_case(app)

    app.handle(MessagesRead(**heard(), by_kind="citizen"))

    assert happened(app, case_id) == []


def test_before_acceptance_there_is_no_case_to_alert_about(
    app: WorkflowApplication,
) -> None:
    app.handle(MessageWritten(**heard(), by_kind="citizen"))

    assert app.has_handled(MessageWritten(**heard(), by_kind="citizen")) is False
