"""Audit on a real Postgres, with the rights it has in production."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.embedded import Servers
from services.audit import bootstrap
from services.audit.application import AuditApplication
from services.audit.config import AuditSettings


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with Servers(tmp_path_factory.mktemp("guichet")) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def environment(servers: Servers) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in servers.environment("audit").items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def settings(environment: None) -> AuditSettings:
    return AuditSettings()


@pytest.fixture(scope="session")
def audit(settings: AuditSettings) -> Iterator[AuditApplication]:
    audit = bootstrap.application(settings)
    yield audit
    audit.close()
