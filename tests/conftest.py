"""Every test begins with nobody acting and nothing asked; some run side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from shared import actor, commands
from shared.messaging import retelling

TESTS = Path(__file__).parent

settings.register_profile("guichet", deadline=None)  # no test asserts timings
settings.load_profile("guichet")

SHARED_SERVERS = "integration"  # a folder for one process: its tests share servers
LONGEST_FIRST = (SHARED_SERVERS, "faults", "acceptance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two processes each takes whole groups; what needs servers begins first.

    Each that takes stories of the acceptance starts a whole system for them.
    """
    for item in items:
        folder = folder_of(item)
        group = folder if folder == SHARED_SERVERS else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: [folder_of(item) != each for each in LONGEST_FIRST])


def folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


@pytest.fixture(autouse=True)
def nobody_acts() -> None:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
