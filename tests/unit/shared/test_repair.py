"""An inbox that missed a message finds it at its owner, and handles it once."""

from __future__ import annotations

from typing import Any

import pytest

from shared import bootstrap
from shared.contracts.documents import FileReceived
from shared.errors import NotAllowedError
from shared.messaging import retelling
from shared.messaging.repair import Repair
from tests.unit.shared.things import Things, some_things, translate


class Listener:
    """A worker that remembers what it was given."""

    def __init__(self, *, hopeless: int | None = None) -> None:
        self.app = some_things()
        self.handled: list[int] = []
        self.hopeless = hopeless

    def handle(self, message: FileReceived) -> None:
        if message.position == self.hopeless:
            raise NotAllowedError
        self.app.save_for(message)
        self.handled.append(message.position)


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> Things:
    monkeypatch.setattr(bootstrap, "part", lambda *names: translate)
    retelling.sender.set("documents")
    return some_things("a", "b", "c")


def a_repair(owner: Things, listener: Listener, *, is_busy: bool = False) -> Repair:
    def ask(method: str, inbox: str, after: int, until: int) -> dict[str, Any]:
        assert method == "documents.told"
        return retelling.retold(owner, inbox, after, until)

    return Repair(
        inbox="documents-work",
        app=listener.app,
        handle=listener.handle,
        understands=Listener.handle,
        ask=ask,
        is_waiting=lambda inbox: is_busy,
    )


def test_what_was_missed_is_handled_once(owner: Things) -> None:
    listener = Listener()
    repair = a_repair(owner, listener)

    assert [repair.look() for _ in range(3)] == [0, 3, 0]

    assert listener.handled == [1, 2, 3]


def test_what_was_told_since_the_last_look_is_waited_for(owner: Things) -> None:
    listener = Listener()
    repair = a_repair(owner, listener)
    repair.look()
    owner.make("d")

    assert repair.look() == 3

    assert listener.handled == [1, 2, 3]


def test_a_later_look_goes_on_where_the_last_one_ended(owner: Things) -> None:
    listener = Listener()
    repair = a_repair(owner, listener)
    repair.look()
    owner.make("d")
    repair.look()

    assert repair.look() == 1

    assert listener.handled == [1, 2, 3, 4]


def test_a_long_log_is_compared_page_by_page(
    owner: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retelling, "MOST", 2)
    listener = Listener()
    repair = a_repair(owner, listener)
    repair.look()

    assert repair.look() == 3


def test_nothing_is_missing_while_messages_wait_in_the_inbox(owner: Things) -> None:
    listener = Listener()
    repair = a_repair(owner, listener, is_busy=True)

    assert [repair.look(), repair.look()] == [0, 0]

    assert listener.handled == []


def test_what_a_person_must_decide_is_not_tried_again(owner: Things) -> None:
    listener = Listener(hopeless=2)
    repair = a_repair(owner, listener)
    repair.look()

    assert repair.look() == 2

    assert listener.handled == [1, 3]


def test_a_log_is_told_again_only_to_the_service_of_the_inbox(owner: Things) -> None:
    retelling.sender.set("portal")

    with pytest.raises(NotAllowedError):
        retelling.retold(owner, "documents-work", 0, 9)
