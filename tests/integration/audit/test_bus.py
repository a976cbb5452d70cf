"""Audit as a process: it hears of events, and who may ask about them."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from time import monotonic
from uuid import uuid4

import pytest
from kombu import Connection

from services.audit.application import Access, AuditApplication
from shared.contracts.base import Message
from shared.messaging.publisher import Publisher
from tests.builders import an_applicant
from tests.builders.audit import a_recorded_event
from tests.builders.documents import a_dossier_opened
from tests.integration.running import Process

PATIENCE = 30  # seconds
PLACE = 1_000_000  # in intake's log, where no other test's message stands


@pytest.fixture
def process(environment: None) -> Iterator[Process]:
    process = Process("services.audit", "serve")
    assert process.ready.wait(PATIENCE)
    yield process
    process.stop()


def test_what_is_told_on_the_bus_becomes_a_history_its_applicant_verifies(
    process: Process, audit: AuditApplication, intake_user: Connection
) -> None:
    dossier = {"dossier_id": uuid4(), "position": PLACE}
    opened = a_dossier_opened().model_copy(update=dossier)
    recorded = a_recorded_event(PLACE).model_copy(update=dossier)

    Publisher(intake_user, audit.keys).publish(recorded, opened, recorded)
    wait(audit, recorded)
    wait(audit.access, opened)

    verified = audit.verify_history(opened.dossier_id, by=an_applicant())
    assert verified == {"leaves": 1, "verified": True, "broken_at": None}


def wait(hearer: AuditApplication | Access, message: Message) -> None:
    deadline, pause = monotonic() + PATIENCE, Event()
    while not hearer.has_handled(message):
        assert monotonic() < deadline, f"{message.type} was not heard"
        pause.wait(0.05)
