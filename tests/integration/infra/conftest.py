"""The servers of a single machine, as the launcher starts them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.embedded import Servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with Servers(tmp_path_factory.mktemp("guichet")) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def environment() -> None:
    """These tests start no service, and need nothing in the environment."""
