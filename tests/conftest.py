"""Every test begins with nobody acting and nothing asked."""

from __future__ import annotations

import pytest

from shared import actor, commands
from shared.messaging import retelling


@pytest.fixture(autouse=True)
def nobody_acts() -> None:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
