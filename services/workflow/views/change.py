"""What a change of the queue is: of one step, or of a case and all its steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from services.workflow.views import sql

Change = tuple[str, dict[str, Any]]  # a statement, and its values


def of_step(event: Any) -> dict[str, Any]:
    return {"case_id": event.originator_id, "step": event.step}


def of_case(case_id: UUID, statement: str, **values: Any) -> Iterable[Change]:
    """What changes for a case changes for each of its open steps."""
    yield statement, {"case_id": case_id, **values}
    yield sql.COPY, {"case_id": case_id}
