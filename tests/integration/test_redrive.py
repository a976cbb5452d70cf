"""Operators see what could not be handled, and have it handled again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from kombu import Connection, Producer

from services.documents.application import DocumentsApplication
from shared.actor import Actor
from shared.errors import Refused
from shared.messaging import topology
from shared.messaging.publisher import Publisher
from tests.fakes import MemoryKeys
from tests.integration.running import Portal, Process
from tests.integration.test_dead_letters import say
from tests.integration.test_messages import opened

ADMINISTRATOR = Actor(
    "staff:admin", None, ("administrator",), kind="staff", level=2, name="Admin"
)
OFFICER = Actor("staff:lan", "ubnd_xa", ("reviewer",), kind="staff", level=2)


@pytest.fixture
def buried(operator: Connection, intake_user: Connection) -> str:
    """A message that came while nobody could handle it, and is in order by now."""
    dossier_id = str(uuid4())
    message = opened(1_905).model_dump(mode="json") | {"dossier_id": dossier_id}
    queue = topology.dead_letters("documents")(operator.default_channel)
    queue.purge()
    say(intake_user, message | {"type": "dossier.opened.v9"}, user_id="intake")
    return dossier_id


def letters(portal: Portal) -> list[dict[str, object]]:
    """What lies there now; asked again until the broker has put it there."""
    for _ in range(200):
        told = portal.ask("documents.standing", by=ADMINISTRATOR)
        [inbox] = [x for x in told["inboxes"] if x["inbox"] == "documents"]
        if inbox["dead"]:
            found: list[dict[str, object]] = inbox["letters"]
            return found
    return []


def test_an_operator_sees_what_died_and_why(
    system: object, portal: Portal, buried: str
) -> None:
    [letter] = letters(portal)

    assert letter["type"] == "dossier.opened.v9"
    assert letter["dossier_id"] == buried
    assert letter["reason"] == "rejected"


def test_what_still_cannot_be_handled_stays(
    system: object, portal: Portal, buried: str
) -> None:
    assert letters(portal)

    again = portal.ask("documents.redrive", by=ADMINISTRATOR, inbox="documents")

    assert again == {"handled": 0, "kept": 1}
    assert len(letters(portal)) == 1


def test_what_can_be_handled_by_now_is(
    system: dict[str, Process],
    portal: Portal,
    operator: Connection,
    intake_user: Connection,
    documents: DocumentsApplication,
) -> None:
    topology.dead_letters("documents")(operator.default_channel).purge()
    message = opened(1_906)
    system["serve"].stop()
    Publisher(intake_user, MemoryKeys()).publish(message)
    bury(operator, "documents", message.partition)
    system["serve"].start()
    assert system["serve"].ready.wait(30)
    assert letters(portal)

    again = portal.ask("documents.redrive", by=ADMINISTRATOR, inbox="documents")

    assert again == {"handled": 1, "kept": 0}
    assert documents.has_handled(message)


def test_work_is_asked_for_again(
    system: object, portal: Portal, operator: Connection
) -> None:
    """Its worker hears it once more, whatever became of it the first time."""
    inbox = topology.dead_letters("documents-work")
    died = {"routing-keys": ["file.received.v1.0"], "reason": "rejected"}
    with Connection(operator.as_uri(include_password=True)) as connection:
        Producer(connection.channel(), topology.DEAD_LETTERS).publish(
            {"type": "file.received.v1"},
            routing_key="documents-work",
            headers={"x-death": [died]},
        )
        inbox(connection.channel()).queue_declare(passive=True)

    again = portal.ask("documents.redrive", by=ADMINISTRATOR, inbox="documents-work")

    assert again == {"handled": 1, "kept": 0}


def test_there_is_nothing_to_redrive_elsewhere(system: object, portal: Portal) -> None:
    with pytest.raises(Refused) as refused:
        portal.ask("documents.redrive", by=ADMINISTRATOR, inbox="intake")

    assert refused.value.code == "inbox-unknown"


def bury(operator: Connection, inbox: str, partition: int) -> None:
    """As if it had failed: rejected by whoever took it."""
    rejected: list[object] = []

    def take(message: Any) -> None:
        message.reject()
        rejected.append(message)

    queue = topology.partition(inbox, partition)
    with operator.Consumer(queue, on_message=take, auto_declare=False):
        while not rejected:
            operator.drain_events(timeout=20)


@pytest.mark.parametrize(
    "by", [OFFICER, Actor("citizen-1")], ids=["officer", "citizen"]
)
@pytest.mark.parametrize("method", ["standing", "redrive"])
def test_it_is_the_operators_business_alone(
    system: object, portal: Portal, by: Actor, method: str
) -> None:
    inbox = {"inbox": "documents"} if method == "redrive" else {}

    with pytest.raises(Refused) as refused:
        portal.ask(f"documents.{method}", by=by, **inbox)

    assert refused.value.code == "not-allowed"
