"""Every unit test begins with nobody acting and nothing asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared import actor, commands
from shared.messaging import retelling


@pytest.fixture(autouse=True)
def nobody_acts() -> Iterator[None]:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
    yield
