"""Audit on a real Postgres, with the rights it has in production."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.audit import bootstrap
from services.audit.application import AuditApplication
from services.audit.config import AuditSettings


@pytest.fixture(scope="session")
def settings(environment: None) -> AuditSettings:
    return AuditSettings()


@pytest.fixture(scope="session")
def audit(settings: AuditSettings) -> Iterator[AuditApplication]:
    audit = bootstrap.application(settings)
    yield audit
    audit.close()
