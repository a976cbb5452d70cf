"""Three minutes of bad luck: whatever is killed, nothing acknowledged is lost."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from infra.embedded.launch import Launch
from tools import faults
from tools.faults import show

SECONDS = 180
MANY = {"intake.serve": 2, "workflow.serve": 2, "signing.work": 1}


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_whatever_is_killed_every_invariant_holds(tmp_path: Path) -> None:
    seed = secrets.randbelow(10**6)
    show.announced(SECONDS, seed)

    with Launch(tmp_path / "guichet", scale=MANY) as system:
        experiment = faults.run(system, seconds=SECONDS, seed=seed)

    show.found(experiment)
    assert {each.invariant: each.violations for each in experiment.findings} == {
        each.invariant: [] for each in experiment.findings
    }
    assert experiment.orders > 0
