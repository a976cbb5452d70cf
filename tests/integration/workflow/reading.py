"""An officer at the queue of a unit, beside the log it follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import Tracking

from services.workflow import bootstrap
from services.workflow.application import WorkflowApplication
from services.workflow.config import WorkflowSettings
from services.workflow.domain import Case
from services.workflow.ports import Filters, Wanted
from services.workflow.projections import QueueProjection
from shared.actor import SYSTEM, Actor
from shared.contracts.intake import WithdrawalRequested
from shared.personal import Personal
from tests.builders import an_officer
from tests.builders.workflow import (
    DUE,
    RECEIVED,
    REVIEW,
    SIGN,
    a_definition,
    a_dossier_accepted,
    a_procedure_published,
    positions,
)

TABLES = (
    *("workflow_queue", "workflow_queue_cases", "workflow_queue_counts"),
    "workflow_queue_tracking",
)
OF_UNIT = (
    "SELECT to_jsonb(t) FROM workflow_queue t WHERE unit = %s ORDER BY 1",
    "SELECT to_jsonb(t) FROM workflow_queue_counts t WHERE unit = %s ORDER BY 1",
    "SELECT to_jsonb(t) FROM workflow_queue_cases t WHERE case_id IN"
    " (SELECT case_id FROM workflow_queue WHERE unit = %s) ORDER BY 1",
)
PAGE = {"limit", "after", "seen"}


class Reading:
    """What an officer of a unit finds in the queue, once it has followed the log."""

    def __init__(self, workflow: WorkflowApplication, slug: str, unit: str) -> None:
        self.workflow, self.unit = workflow, unit
        self.definition = a_definition(
            {**REVIEW, "agency": unit}, {**SIGN, "agency": unit}, slug=slug
        )
        self.reviewer = an_officer("reviewer", agency=unit)
        self.leader = an_officer("agency_leader", agency=unit, subject="leader-1")
        self.projection: QueueProjection = bootstrap.projection(WorkflowSettings())
        self.workflow.handle(a_procedure_published(self.definition))

    def along(self, slug: str, *steps: Any) -> Reading:
        """Cases of another procedure, in which these steps go beside the review."""
        unit, ids = self.unit, [each["id"] for each in steps]
        review = {**REVIEW, "agency": unit}
        sign = {**SIGN, "agency": unit, "depends_on": ["review", *ids]}
        self.definition = a_definition(review, *steps, sign, slug=slug)
        self.workflow.handle(a_procedure_published(self.definition))
        return self

    def open_case(self, days: int = 0, *, applicant: str = "", **more: Any) -> UUID:
        """A case due so many days later than usual, of whoever has this name."""
        dossier, subject = uuid4(), f"citizen:{uuid4()}"
        shown = json.dumps({"applicant": {"name": applicant}, "rows": []})
        facts = {
            "dossier_id": dossier,
            "due_at": DUE + timedelta(days=days),
            "applicant": subject,
            "presentation": Personal(subject, shown),
        }
        accepted = a_dossier_accepted(self.definition)
        self.workflow.handle(accepted.model_copy(update=facts | more))
        return Case.create_id(dossier)

    def case(self, case_id: UUID) -> Case:
        found: Case = self.workflow.repository.get(case_id)
        return found

    def hear(self, case_id: UUID, message: Any, **fields: Any) -> None:
        self.workflow.handle(
            message(
                source="intake",
                position=next(positions),
                correlation_id="request-2",
                occurred_at=RECEIVED + timedelta(days=3),
                dossier_id=self.case(case_id).dossier_id,
                **fields,
            )
        )

    def withdraw(self, case_id: UUID) -> None:
        """Its applicant wants the dossier back, and gets it."""
        self.hear(case_id, WithdrawalRequested)
        self.workflow.decide_withdrawal(
            case_id, granted=True, reason="", by=self.leader
        )

    def ring(self, case_id: UUID, at: datetime) -> None:
        """The alarms of the case, as of this moment."""
        case, app = self.case(case_id), self.workflow
        case.ring(replace(app._act(case, SYSTEM), now=at))
        app.save(case)
        self.follow()

    def stored(self, table: str, case_id: UUID) -> dict[str, Any]:
        """What a table holds of a case."""
        query = f"SELECT * FROM {table} WHERE case_id = %s"
        with self.projection.view.datastore.cursor() as cursor:
            row: Any = cursor.execute(query.encode(), (case_id,)).fetchone()
        return dict(row)

    def view(self) -> list[Any]:
        """Every row of the read model that is of this unit, in an order of its own."""
        with self.projection.view.datastore.cursor() as cursor:
            return [cursor.execute(each, [self.unit]).fetchall() for each in OF_UNIT]

    def forget_the_view(self) -> None:
        with self.projection.view.datastore.transaction(commit=True) as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}".encode())

    def clear(self) -> None:
        """What other tests left in the unit is no affair of this one."""
        self.follow()
        with self.projection.view.datastore.transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM workflow_queue WHERE unit = %s", [self.unit])

    def follow(self) -> None:
        view, app = self.projection.view, self.workflow
        start = view.max_tracking_id(app.name) or 0
        while stored := app.recorder.select_notifications(start + 1, 100):
            for each in stored:
                event: Any = app.mapper.to_domain_event(each)
                self.projection.process_event(event, Tracking(app.name, each.id))
            start = stored[-1].id

    def queue(self, by: Actor | None = None, **wanted: Any) -> dict[str, Any]:
        self.follow()
        page = {name: wanted.pop(name) for name in PAGE & wanted.keys()}
        asked = Wanted(Filters(**wanted), **page)
        return self.workflow.queue(asked, by=by or self.reviewer)

    def cases(self, **wanted: Any) -> list[UUID]:
        return [UUID(each["case_id"]) for each in self.queue(**wanted)["items"]]

    def counts(self, **wanted: Any) -> dict[str, int]:
        told: dict[str, Any] = self.queue(**wanted)["counts"]
        assert not told.pop("is_capped")
        return told
