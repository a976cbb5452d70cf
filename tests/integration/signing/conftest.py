"""Signing between a real token, time-stamp authority, S3 server and Postgres."""

from __future__ import annotations

from collections.abc import Iterator

import pkcs11
import pytest

from services.signing import bootstrap
from services.signing.application import SigningApplication
from services.signing.config import SigningSettings
from services.signing.domain import Correspondence, Paper
from services.signing.gateways.rendering import WeasyRenderer
from services.signing.gateways.sealing import TokenSealer
from services.signing.gateways.storing import LockedStore
from services.signing.gateways.verifying import PyHankoVerifier
from services.signing.worker import SigningWorker
from tests.builders.signing import (
    a_decision_approved,
    a_dossier_opened,
    a_paper_requested,
    a_sheet,
)


@pytest.fixture(scope="session")
def settings(environment: None) -> SigningSettings:
    found = SigningSettings()
    pkcs11.lib(str(found.pkcs11_module)).reinitialize()  # it may know an older token
    return found


@pytest.fixture(scope="session")
def worker(settings: SigningSettings) -> Iterator[SigningWorker]:
    worker = bootstrap.worker(settings)
    yield worker
    worker.app.close()


@pytest.fixture(scope="session")
def signing(worker: SigningWorker) -> SigningApplication:
    return worker.app


@pytest.fixture(scope="session")
def sealer(worker: SigningWorker) -> TokenSealer:
    assert isinstance(worker.sealer, TokenSealer)
    return worker.sealer


@pytest.fixture(scope="session")
def store(settings: SigningSettings) -> LockedStore:
    return bootstrap.store(settings)


@pytest.fixture(scope="session")
def verifier(settings: SigningSettings) -> PyHankoVerifier:
    return PyHankoVerifier(settings.trust_roots)


@pytest.fixture(scope="session")
def decision(sealer: TokenSealer) -> bytes:
    """A sealed decision."""
    return sealer.seal(WeasyRenderer().render(a_sheet(a_decision_approved()))).pdf


@pytest.fixture(scope="session")
def issued(worker: SigningWorker) -> Paper:
    """A decision that went all the way, from its message to the store."""
    opened, approved = a_dossier_opened(), a_decision_approved()
    worker.app.handle(opened)
    worker.app.handle(approved)
    correspondence: Correspondence = worker.app.repository.get(
        Correspondence.create_id(opened.dossier_id)
    )
    worker.handle(a_paper_requested(correspondence.papers[-1]))
    paper: Paper = worker.app.repository.get(correspondence.papers[-1])
    return paper
