"""Workflow's log, beside which its read models are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.workflow import bootstrap
from services.workflow.application import WorkflowApplication
from services.workflow.config import WorkflowSettings
from tests.builders.workflow import LATER, the_directory
from tests.integration.workflow.reading import Reading

TAKEN = ("ubnd_xa", "vpdk_dat_dai")  # by cases that other tests open
UNITS = (each.id for each in the_directory().units if each.id not in TAKEN)


@pytest.fixture(scope="module")
def workflow(environment: None) -> Iterator[WorkflowApplication]:
    with bootstrap.application(WorkflowSettings()) as app:
        app.clock = lambda: LATER
        yield app


@pytest.fixture
def reading(workflow: WorkflowApplication) -> Reading:
    """Each test has a unit of its own."""
    unit = next(UNITS)
    return Reading(workflow, f"queue-{unit.replace('_', '-')}", unit)
