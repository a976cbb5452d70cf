"""Every test begins with nobody acting and nothing asked; some run side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from shared import actor, commands
from shared.messaging import retelling

TESTS = Path(__file__).parent

settings.register_profile("guichet", deadline=None)  # no test asserts timings
settings.load_profile("guichet")

LONGEST_FIRST = ("integration", "faults", "acceptance")


class SideBySide(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Of two processes each takes whole files, and one all that shares servers.

    Each that takes stories of the acceptance starts a whole system for them.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        folder = file.split("/")[1]
        return folder if folder == "integration" else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    return SideBySide(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs servers begins first."""
    items.sort(key=lambda item: [folder_of(item) != each for each in LONGEST_FIRST])


def folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


@pytest.fixture(autouse=True)
def nobody_acts() -> None:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
