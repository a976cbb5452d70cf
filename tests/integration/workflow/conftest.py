"""Workflow's log, beside which its read models are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.workflow import bootstrap
from services.workflow.application import WorkflowApplication
from services.workflow.config import WorkflowSettings
from tests.builders.workflow import LATER
from tests.integration.workflow.reading import Reading

UNIT = "so_y_te"


@pytest.fixture(scope="module")
def workflow(environment: None) -> Iterator[WorkflowApplication]:
    with bootstrap.application(WorkflowSettings()) as app:
        app.clock = lambda: LATER
        yield app


@pytest.fixture
def reading(workflow: WorkflowApplication) -> Reading:
    """A unit in which nothing waits yet."""
    reading = Reading(workflow, "queue", UNIT)
    reading.clear()
    return reading
