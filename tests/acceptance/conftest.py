"""The whole system, started once for all stories: real servers, real processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.embedded.launch import Launch
from infra.embedded.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with Launch(tmp_path_factory.mktemp("guichet")) as running:
        yield running


@dataclass
class DemoOptions:
    """As `./guichet demo --once` gives them."""

    report: Path | None = None
    dossiers: int = 12
    concurrency: int = 4
    catalogue: Path | None = None
    once: bool = True
