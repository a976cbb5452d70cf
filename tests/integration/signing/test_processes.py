"""From intake's message to a sealed paper, through our processes and over crashes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from uuid import UUID, uuid4

import pytest
from kombu import Connection

from infra.embedded import Servers
from services.signing.application import SigningApplication
from services.signing.domain import Paper
from shared.errors import Refused
from shared.messaging.publisher import Publisher
from tests.builders import an_applicant
from tests.builders.signing import a_dossier_accepted, a_dossier_opened
from tests.integration.running import Portal, Process

POSITIONS = count(1000)


@pytest.fixture(scope="module")
def processes(environment: None) -> Iterator[dict[str, Process]]:
    kinds = ("serve", "follow")
    running = {kind: Process("services.signing", kind) for kind in kinds}
    for name, process in running.items():
        assert process.ready.wait(30), f"{name} did not start"
    yield running
    for process in running.values():
        process.stop()


@pytest.fixture(scope="module")
def portal(servers: Servers, processes: dict[str, Process]) -> Iterator[Portal]:
    key = servers.environment("portal")["GUICHET_PORTAL_ACTOR_PRIVATE_KEY"]
    with asyncio.Runner() as runner:
        portal = Portal(runner, servers.addresses.amqp("portal"), key)
        yield portal
        portal.close()


@pytest.fixture
def intake(
    intake_user: Connection,
    signing: SigningApplication,
    processes: dict[str, Process],
) -> Publisher:
    return Publisher(intake_user, signing.keys)


def accepts_a_dossier(intake: Publisher) -> UUID:
    dossier_id = uuid4()
    intake.publish(
        a_dossier_opened(next(POSITIONS), dossier_id=dossier_id),
        a_dossier_accepted(next(POSITIONS), dossier_id=dossier_id),
    )
    return dossier_id


def the_issued_paper(signing: SigningApplication, dossier_id: UUID) -> UUID:
    """Waits for it in the log."""
    with signing.recorder.subscribe(gt=0) as log:
        for stored in log:
            event = signing.mapper.to_domain_event(stored)
            if isinstance(event, Paper.Issued) and event.dossier_id == dossier_id:
                found: UUID = event.originator_id
                return found
    raise AssertionError


def test_an_accepted_dossier_ends_in_a_receipt_that_holds(
    intake: Publisher, signing: SigningApplication, portal: Portal
) -> None:
    dossier_id = accepts_a_dossier(intake)
    paper_id = the_issued_paper(signing, dossier_id)

    applicant = an_applicant()
    [paper] = portal.ask("signing.papers", by=applicant, dossier_id=dossier_id)
    found = portal.ask("signing.verify_paper", by=applicant, paper_id=paper_id)

    assert paper["state"] == "issued"
    assert found["valid"]
    with pytest.raises(Refused, match="not-allowed"):
        portal.ask("signing.paper", by=an_applicant("other"), paper_id=paper_id)


def test_a_worker_that_dies_at_work_issues_the_paper_once(
    intake: Publisher, signing: SigningApplication, processes: dict[str, Process]
) -> None:
    dossiers = [accepts_a_dossier(intake) for _ in range(4)]
    processes["follow"].replace()
    the_issued_paper(signing, dossiers[0])
    processes["follow"].replace()

    papers = [the_issued_paper(signing, each) for each in dossiers]

    for paper in papers:
        facts = [type(event).__name__ for event in signing.events.get(paper)]
        assert facts == ["Requested", "Issued"]
    applicant = an_applicant()
    assert len({signing.paper(each, by=applicant)["number"] for each in papers}) == 4
