"""Every test begins with nobody acting and nothing asked."""

from __future__ import annotations

import pytest
from hypothesis import settings

from shared import actor, commands
from shared.messaging import retelling

settings.register_profile("guichet", deadline=None)  # no test asserts timings
settings.load_profile("guichet")


@pytest.fixture(autouse=True)
def nobody_acts() -> None:
    actor.bind(None)
    commands.bind(None)
    commands.bind_version(None)
    retelling.sender.set("")
