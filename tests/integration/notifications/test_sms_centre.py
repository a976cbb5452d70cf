"""Short messages, between us and real SMS centres."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from uuid import uuid4

import pytest
from smpplib import consts
from smpplib.smpp import make_pdu

from infra.embedded import Servers
from services.notifications import bootstrap
from services.notifications.config import NotificationsSettings
from services.notifications.gateways import sms_centre as gateway
from services.notifications.gateways.sms_centre import Account, SmsCentre
from services.notifications.ports import (
    NoAnswerError,
    Outgoing,
    PutOffError,
    Receipt,
    RejectedError,
)
from tests.builders.notifications import NOW
from tests.fakes_notifications import MemoryReceipts
from tests.integration.notifications.worlds import HOST, Centre, eventually, free_port


class LeftError(Exception):
    """The test is over: nobody calls the centre again."""


def a_message(to: str = "+84901234567", text: str = "Da nhan ho so") -> Outgoing:
    return Outgoing(
        notice_id=uuid4(),
        language="vi",
        address=to,
        subject_line="",
        text=text,
        attachment=None,
        written_at=NOW,
    )


@contextmanager
def listening(account: Account, receipts: MemoryReceipts) -> Iterator[SmsCentre]:
    """Our side of the session, with the thread that listens."""
    over: list[bool] = []

    def stop(_: float) -> None:
        if over:
            raise LeftError

    centre = SmsCentre(account, receipts, sleep=stop)

    def listen() -> None:
        with pytest.raises(LeftError):
            centre.listen()

    thread = Thread(target=listen)
    thread.start()
    try:
        yield centre
    finally:
        over.append(True)
        while thread.is_alive():
            centre.leave()
            thread.join(0.1)


@contextmanager
def talking_to(centre: Centre) -> Iterator[tuple[SmsCentre, MemoryReceipts]]:
    account = Account(HOST, centre.port, "guichet", "secret", "GUICHET")
    receipts = MemoryReceipts()
    with listening(account, receipts) as ours:
        yield ours, receipts
        centre.close()


@pytest.fixture
def receipts() -> MemoryReceipts:
    return MemoryReceipts()


@pytest.fixture
def centre(
    settings: NotificationsSettings, receipts: MemoryReceipts
) -> Iterator[SmsCentre]:
    with listening(bootstrap.account(settings), receipts) as ours:
        yield ours


def test_a_message_arrives_as_it_was_written(
    centre: SmsCentre, receipts: MemoryReceipts, servers: Servers
) -> None:
    text = "Dossier reçu, récépissé à l'accueil @ 16:30".replace("ç", "c")

    reference = centre.send(a_message(text=text))

    kept = json.loads((servers.site.home / "sms" / f"{reference}.json").read_text())
    assert kept["text"] == text
    assert (kept["to"], kept["from"], kept["coding"]) == ("84901234567", "GUICHET", 0)
    assert eventually(lambda: receipts.kept) == [Receipt(reference)]


def test_a_message_that_did_not_arrive_says_so_later(
    centre: SmsCentre, receipts: MemoryReceipts
) -> None:
    reference = centre.send(a_message("+84901234000"))

    assert eventually(lambda: receipts.kept) == [Receipt(reference, "undeliverable")]


def test_a_number_nobody_has_is_refused_at_once(centre: SmsCentre) -> None:
    with pytest.raises(RejectedError, match="number-invalid"):
        centre.send(a_message("+84901234999"))


def test_after_a_broken_session_another_begins(
    centre: SmsCentre, servers: Servers
) -> None:
    centre.send(a_message())

    servers.supervisor.kill("standins")
    servers.supervisor.wait(["standins"])

    assert eventually(lambda: sent(centre))


def sent(centre: SmsCentre) -> str | None:
    try:
        return centre.send(a_message())
    except (PutOffError, NoAnswerError):
        return None


@pytest.mark.parametrize(
    ("answer", "kind", "reason"),
    [
        (consts.SMPP_ESME_RTHROTTLED, PutOffError, "smpp-88"),
        (consts.SMPP_ESME_RINVSRCADR, RejectedError, "sms-rejected"),
        ("hang up", NoAnswerError, "no-answer"),
        ("say nothing", NoAnswerError, "no-answer"),
    ],
)
def test_what_the_centre_says_decides(
    answer: int | str,
    kind: type[Exception],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "ANSWER_WITHIN", 2)

    with talking_to(Centre(answer)) as (ours, _), pytest.raises(kind, match=reason):
        ours.send(a_message())


def test_a_centre_that_is_not_there_took_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "BOUND_WITHIN", 0.5)
    account = Account(HOST, free_port(), "guichet", "secret", "GUICHET")

    unreachable = pytest.raises(PutOffError, match="sms-centre-unreachable")
    with listening(account, MemoryReceipts()) as ours, unreachable:
        ours.send(a_message())


def test_a_silent_session_is_tried_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "LINK_CHECK", 0.2)
    centre = Centre()

    with talking_to(centre) as (ours, _):
        eventually(lambda: centre.commands.count("enquire_link") > 2)

        assert ours.send(a_message()) == "17"
        assert centre.commands.count("bind_transceiver") == 1


@pytest.mark.parametrize(
    ("make", "kept"),
    [
        (lambda: {"esm_class": 4, "short_message": b"id:17 stat:DELIVRD"}, 1),
        (lambda: {"esm_class": 0, "short_message": b"id:17 stat:DELIVRD"}, 0),
    ],
)
def test_only_receipts_are_kept_and_all_is_acknowledged(
    make: Callable[[], dict[str, object]], kept: int
) -> None:
    centre = Centre()

    with talking_to(centre) as (ours, receipts):
        ours.send(a_message())
        centre.tells(make_pdu("deliver_sm", client=centre, **make()))
        eventually(lambda: "deliver_sm_resp" in centre.commands)

        assert len(receipts.kept) == kept
