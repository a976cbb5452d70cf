"""Letters, between us and real mail servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from uuid import uuid4

import pytest

from infra.embedded import Servers
from services.notifications import bootstrap
from services.notifications.config import NotificationsSettings
from services.notifications.gateways import mailer as gateway
from services.notifications.gateways.mailer import Mailer
from services.notifications.ports import (
    NoAnswerError,
    Outgoing,
    PutOffError,
    RejectedError,
)
from tests.builders.notifications import NOW, URL
from tests.fakes_notifications import MemoryPapers
from tests.integration.notifications.worlds import (
    HOST,
    MailServer,
    Postmaster,
    free_port,
)


def a_letter() -> Outgoing:
    return Outgoing(
        notice_id=uuid4(),
        language="vi",
        address="an@example.org",
        subject_line="[7F3K9Q] Đã nhận hồ sơ",
        text="Kính gửi Ông/Bà,\n\nHồ sơ đã được tiếp nhận.",
        attachment=None,
        written_at=NOW,
    )


@contextmanager
def a_mailer(postmaster: Postmaster) -> Iterator[Mailer]:
    server = MailServer(postmaster)
    server.start()
    try:
        sender = "guichet@example.vn"
        yield Mailer(HOST, server.port, sender, URL, MemoryPapers())
    finally:
        server.stop()


def test_a_letter_arrives_with_all_its_accents(
    settings: NotificationsSettings, servers: Servers
) -> None:
    letter = a_letter()

    reference = bootstrap.mailer(settings).send(letter)

    name = f"*{letter.notice_id}*.eml"
    [file] = (servers.site.home / "mail").glob(name)
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert found["Message-ID"] == reference
    assert found["Subject"] == letter.subject_line
    text = found.get_body(("plain",))
    assert text is not None
    assert text.get_content().split() == letter.text.split()


@pytest.mark.parametrize(
    ("postmaster", "kind", "reason"),
    [
        (Postmaster(rcpt="550 who?"), RejectedError, "address-rejected"),
        (Postmaster(rcpt="450 later"), PutOffError, "smtp-450"),
        (Postmaster(data="554 spam"), RejectedError, "mail-rejected"),
        (Postmaster(data="451 later"), PutOffError, "smtp-451"),
        (Postmaster(data="hang up"), NoAnswerError, "no-answer"),
    ],
)
def test_what_the_server_says_decides(
    postmaster: Postmaster, kind: type[Exception], reason: str
) -> None:
    with a_mailer(postmaster) as mailer, pytest.raises(kind, match=reason):
        mailer.send(a_letter())


def test_a_server_that_says_nothing_may_have_taken_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "TIMEOUT", 0.5)

    silent = Postmaster(data="say nothing")

    with a_mailer(silent) as mailer, pytest.raises(NoAnswerError):
        mailer.send(a_letter())


def test_a_server_that_is_not_there_took_nothing() -> None:
    mailer = Mailer(HOST, free_port(), "guichet@example.vn", URL, MemoryPapers())

    with pytest.raises(PutOffError, match="mail-server-unreachable"):
        mailer.send(a_letter())
