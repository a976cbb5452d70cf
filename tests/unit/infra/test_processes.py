"""Which processes run, and how many of each."""

from __future__ import annotations

import pytest

from infra.embedded.errors import ScaleError
from infra.embedded.processes import counts, names


def test_every_process_runs_once_and_no_worker_beside() -> None:
    usual = counts({})

    assert usual["intake.serve"] == usual["portal.web"] == 1
    assert usual["signing.work"] == 0


def test_services_and_workers_run_as_often_as_wanted() -> None:
    wanted = counts({"workflow.serve": 3, "signing.work": 2})

    assert [*names("workflow.serve", wanted["workflow.serve"])] == [
        "workflow.serve",
        "workflow.serve.2",
        "workflow.serve.3",
    ]
    assert wanted["signing.work"] == 2


@pytest.mark.parametrize("process", ["intake.follow", "portal.web", "tax.serve"])
def test_what_runs_once_or_is_unknown_is_refused_with_what_can(process: str) -> None:
    with pytest.raises(ScaleError, match=r"workflow\.serve"):
        counts({process: 2})
