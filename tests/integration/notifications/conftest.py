"""Notifications between a real Postgres, broker, S3, mail server and SMS centre."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.embedded import Servers
from services.notifications.config import NotificationsSettings


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with Servers(tmp_path_factory.mktemp("guichet")) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def environment(servers: Servers) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in servers.environment("notifications").items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def settings(environment: None) -> NotificationsSettings:
    return NotificationsSettings()
