"""A disk that is full: what was acknowledged stays, what was not leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError
from psycopg.errors import DiskFull

from infra.embedded.addresses import Addresses
from infra.embedded.environment import environment
from infra.embedded.site import Site
from services.documents import bootstrap as parts
from services.documents.application import DocumentsApplication
from services.documents.config import DocumentsSettings
from services.documents.domain import Declaration
from shared import commands
from shared.commands import Command
from tests.builders import an_applicant
from tests.integration.small_disk import Disk, small_disk

SAID = Declaration("TP01", "đơn" * 60, "application/pdf", 10)
MORE_THAN_FIT = 5000
Declare = Callable[[UUID], int]


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Disk]]:
    with small_disk(tmp_path_factory.mktemp("disk")) as server:
        yield server


@pytest.fixture
def documents(server: tuple[Site, Disk]) -> Iterator[DocumentsApplication]:
    site, _ = server
    own = environment(site, Addresses(site), "documents", "documents.serve")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        settings = DocumentsSettings()
    with parts.application(settings) as app:
        yield app


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    server: tuple[Site, Disk], documents: DocumentsApplication
) -> None:
    _, disk = server
    first = uuid4()
    acknowledged = {first: declare(documents, first)}
    disk.fill()

    refused, reason = until_refused(documents, acknowledged)

    assert isinstance(reason, DiskFull)
    assert refused not in documents.repository
    assert documents.event_log.position_of(command(refused)) is None
    assert_kept(documents, acknowledged)

    disk.empty()
    acknowledged[refused] = declare(documents, refused)

    assert declare(documents, refused) == acknowledged[refused]
    assert_kept(documents, acknowledged)


def until_refused(
    documents: DocumentsApplication, acknowledged: dict[UUID, int]
) -> tuple[UUID, BaseException | None]:
    """Commands, as long as there is room; the first one refused, and why."""
    for _ in range(MORE_THAN_FIT):
        file_id = uuid4()
        try:
            acknowledged[file_id] = declare(documents, file_id)
        except OperationalError as error:
            return file_id, error.__cause__
    raise AssertionError("the disk was never full")


def declare(documents: DocumentsApplication, file_id: UUID) -> int:
    """A command, under the same key whenever it is about the same file."""
    commands.bind(command(file_id))
    dossier = UUID(int=1)
    return documents.once(
        lambda: documents.declare_file(file_id, dossier, SAID, by=an_applicant())
    )


def command(file_id: UUID) -> Command:
    return Command(file_id, b"declare")


def assert_kept(documents: DocumentsApplication, acknowledged: dict[UUID, int]) -> None:
    """Each at its place in the log, and readable."""
    log = documents.recorder.select_notifications(1, limit=2 * MORE_THAN_FIT)
    assert {each.originator_id: each.id for each in log} == acknowledged
    told = documents.file(next(iter(acknowledged)), by=an_applicant())
    assert told["name"] == SAID.name
