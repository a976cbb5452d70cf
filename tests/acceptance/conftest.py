"""The whole system, started once for all stories: real servers, real processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.embedded.launch import Launch
from infra.embedded.system import System
from tests.acceptance.towns import PROCEDURE, Town, settle


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with Launch(tmp_path_factory.mktemp("guichet")) as running:
        yield running


@pytest.fixture(scope="session")
def town(system: System) -> Town:
    return asyncio.run(settle(system))


@pytest.fixture
def draft(town: Town) -> str:
    """The path of a dossier that its applicant has just begun."""
    opened = town.citizen.order("POST", "/dossiers", json={"procedure": PROCEDURE})
    assert opened.status_code == 201, opened.text
    return f"/dossiers/{opened.json()['id']}"


@pytest.fixture
def filled(town: Town, draft: str) -> str:
    """A draft whose form is in order, with no document yet."""
    given = {"answers": town.answers}
    assert town.citizen.order("PUT", f"{draft}/answers", json=given).is_success
    return draft


@dataclass
class DemoOptions:
    """As `./guichet demo --once` gives them."""

    report: Path | None = None
    dossiers: int = 12
    concurrency: int = 4
    catalogue: Path | None = None
    scenes: bool = False  # they set the clock of the whole system forward
    once: bool = True
