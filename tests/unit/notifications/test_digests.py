"""The daily letter to an officer: once a day, in figures and codes, to one address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from services.notifications.application import NotificationsApplication
from services.notifications.digests import Work, texts
from services.notifications.domain import Notice
from services.notifications.errors import NoAddressError
from shared import commands
from shared.actor import SYSTEM, Actor
from shared.commands import Command
from shared.errors import NotAllowedError
from shared.personal import Personal, seal
from tests.builders import an_officer
from tests.builders.notifications import notifications

DAY = date(2026, 11, 23)
WORK = Work.model_validate(
    {
        "day": DAY,
        "counts": {"mine": 7, "overdue": 2, "unheard-of": 1},
        "urgent": [{"code": "H15.66-1", "due_at": "2026-11-23T10:00:00+00:00"}],
    }
)


@pytest.fixture(autouse=True)
def ordered() -> Iterator[None]:
    commands.bind(Command(uuid4(), b""))
    yield
    commands.bind(None)


def send(
    app: NotificationsApplication,
    *,
    to: str = "lan@example.vn",
    language: str = "vi",
    work: Work = WORK,
    by: Actor = SYSTEM,
) -> Notice:
    recipient = seal(Personal("staff:lan", json.dumps({"to": to})), app.keys)
    position = app.send_digest(recipient, language, work, by=by)
    [stored] = app.recorder.select_notifications(position, 1)
    return app.notice(stored.originator_id)  # type: ignore[arg-type]  # ids are UUIDs


def text(notice: Notice) -> str:
    assert isinstance(notice.text, Personal)
    return notice.text.value


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_digest_counts_what_waits_and_names_the_most_urgent(language: str) -> None:
    notice = send(notifications(), language=language)

    assert (notice.channel, notice.recipient) == ("email", "staff:lan")
    assert notice.address == Personal("staff:lan", "lan@example.vn")
    assert ": 7\n" in text(notice)
    space = " " if language == "fr" else ""
    assert f"H15.66-1{space}: 23/11/2026 17:00" in text(notice)
    assert f"/{language}/staff/queue" in text(notice)
    assert f"/{language}/staff/digest" in text(notice)
    assert "unheard-of" not in text(notice)


def test_an_officer_gets_one_digest_a_day() -> None:
    app = notifications()
    send(app)
    commands.bind(Command(uuid4(), b"another request"))

    with pytest.raises(IntegrityError):
        send(app)

    commands.bind(Command(uuid4(), b"the next day"))
    tomorrow = WORK.model_copy(update={"day": date(2026, 11, 24)})
    assert send(app, work=tomorrow)


def test_a_digest_goes_to_no_half_written_address() -> None:
    with pytest.raises(NoAddressError):
        send(notifications(), to="lan@")


def test_no_person_sends_digests() -> None:
    with pytest.raises(NotAllowedError):
        send(notifications(), by=an_officer("manager"))


def test_every_kind_is_said_in_every_language() -> None:
    for said in (*texts().kinds.values(), texts().subject):
        assert said.keys() == {"vi", "en", "fr"}
    assert texts().frame.keys() == {"vi", "en", "fr"}
