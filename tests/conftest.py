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

ON_SERVERS = ("acceptance", "integration")  # the folders whose tests share servers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two processes each takes whole groups; what needs servers begins first."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group_of(item)))
    items.sort(key=lambda item: group_of(item) not in ON_SERVERS)


def group_of(item: pytest.Item) -> str:
    """Its folder, where that shares servers; else its file."""
    folder, *_ = item.path.relative_to(TESTS).parts
    return folder if folder in ON_SERVERS else str(item.path)


@pytest.fixture(autouse=True)
def nobody_acts() -> None:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
