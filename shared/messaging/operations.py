"""How a service stands with its messages, and what its operators may do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from kombu import Connection, Producer, Queue
from kombu.exceptions import KombuError

from shared.actor import Actor
from shared.errors import DomainError, NotAllowedError
from shared.messaging import topology
from shared.messaging.hearing import heard
from shared.messaging.repair import Hearer
from shared.messaging.topology import CONTRACTS, SUBSCRIPTIONS

log = structlog.get_logger()

SHOWN = 20  # dead letters of an inbox that are described
AT_ONCE = 100  # dead letters that one order handles again

Body = dict[str, Any]


class InboxUnknownError(DomainError):
    """This service has no such inbox."""

    code = "inbox-unknown"


@dataclass(frozen=True)
class Understood:
    """An inbox of whose messages this process can make something."""

    app: Hearer
    handle: Callable[[Any], None]
    understands: Callable[..., Any]  # its hint names the messages


def reaching(amqp_uri: str) -> Connection:
    """A connection on which what is said is safe once saying it returns."""
    confirmed = {"confirm_publish": True}
    return Connection(
        amqp_uri, heartbeat=0, connect_timeout=5, transport_options=confirmed
    )


def require_operator(by: Actor) -> None:
    if not by.has("administrator"):
        raise NotAllowedError(by.subject)


def inboxes_of(service: str) -> list[str]:
    return [
        each
        for each in SUBSCRIPTIONS
        if each == service or each.startswith(f"{service}-")
    ]


@dataclass(frozen=True)
class Operations:
    """The inboxes of one service, over its own account of the broker."""

    connection: Connection
    service: str

    def standing(self) -> list[Body]:
        """Each inbox: what waits in it, and what could not be handled."""
        return [self._standing(each) for each in inboxes_of(self.service)]

    def _standing(self, inbox: str) -> Body:
        waiting = sum(map(self._count, topology.inbox(inbox)))
        dead = topology.dead_letters(inbox)
        return {
            "inbox": inbox,
            "waiting": waiting,
            "dead": self._count(dead),
            "letters": self._look(dead),
        }

    def _count(self, queue: Queue) -> int:
        with self.connection.channel() as channel:
            found = channel.queue_declare(queue=queue.name, passive=True)
            return int(found.message_count)

    def _look(self, queue: Queue) -> list[Body]:
        """What lies there, put back as it was once the channel closes."""
        with self.connection.channel() as channel:
            return [described(each) for each in taken(queue(channel), SHOWN)]

    def redrive(self, inbox: str, understood: Understood | None) -> dict[str, int]:
        """Handle dead letters again; those that fail again stay.

        Work was asked for by the service itself: that is said again, for its workers.
        """
        if inbox not in inboxes_of(self.service):
            raise InboxUnknownError(inbox)
        with self.connection.channel() as channel:
            queue = topology.dead_letters(inbox)(channel)
            letters = [*taken(queue, AT_ONCE)]
            handled = [each for each in letters if self._again(each, understood)]
            for each in handled:
                each.ack()
        return {"handled": len(handled), "kept": len(letters) - len(handled)}

    def _again(self, letter: Any, understood: Understood | None) -> bool:
        try:
            if understood:
                handle(letter, understood)
            else:
                self._say_again(letter)
        except Exception as error:  # whatever it is, the letter stays for a person
            reason = type(error).__name__
            log.warning("dead-letter.kept", reason=reason, **told(letter))
            return False
        log.info("dead-letter.handled", **told(letter))
        return True

    def _say_again(self, letter: Any) -> None:
        with self.connection.channel() as channel:
            Producer(channel, CONTRACTS, auto_declare=False).publish(
                letter.decode(),
                routing_key=first_death(letter)["routing-keys"][0],
                mandatory=True,
                user_id=self.connection.userid,
                message_id=letter.properties.get("message_id"),
                headers={
                    name: value
                    for name, value in letter.headers.items()
                    if name.startswith("nameko.")
                },
            )


def handle(letter: Any, understood: Understood) -> None:
    app = understood.app
    message = heard(
        understood.understands, letter.decode(), letter.properties, app.keys
    )
    if not app.has_handled(message):
        understood.handle(message)


def taken(queue: Queue, most: int) -> Iterator[Any]:
    for _ in range(most):
        letter = queue.get(no_ack=False)
        if letter is None:
            return
        yield letter


def described(letter: Any) -> Body:
    """Which message it is and why it lies there; nothing of what it says."""
    death = first_death(letter)
    at = death.get("time")
    return {
        **told(letter),
        "reason": str(death.get("reason", "")),
        "died_at": at.replace(tzinfo=UTC) if isinstance(at, datetime) else None,
    }


def told(letter: Any) -> Body:
    """What may be said of a message that perhaps nobody can read."""
    try:
        body = letter.decode()
    except (ValueError, KombuError):
        body = {}
    known = body if isinstance(body, dict) else {}
    names = ("type", "source", "position", "dossier_id")
    return {
        "message": str(letter.properties.get("message_id") or ""),
        **{name: known.get(name) for name in names},
    }


def first_death(letter: Any) -> Body:
    deaths = letter.headers.get("x-death") or [{}]
    return dict(deaths[-1])
