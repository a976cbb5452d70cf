"""Finds what an inbox has missed, pulls it from its owner, and has it handled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog
from kombu import Connection, Consumer, Exchange, Producer, Queue

from shared import metrics
from shared.contracts.base import Message
from shared.messaging import topology
from shared.messaging.hearing import HOPELESS, opened
from shared.messaging.topology import sources
from shared.personal import Keys

log = structlog.get_logger()

EVERY = 60.0  # seconds between two looks; time enough for a message to arrive
FAR_ENOUGH = 500  # positions before the last one heard that the first look covers
PATIENCE = 10.0  # seconds for an answer

RPC = Exchange("nameko-rpc", type="topic")

Ask = Callable[..., Any]


class Hearer(Protocol):
    """Whoever keeps a record of what it heard: every application."""

    keys: Keys

    def has_handled(self, message: Message) -> bool: ...

    def last_heard(self, source: str) -> int: ...


class OwnerError(Exception):
    """The owner of a log could not tell it again. Its own log knows why."""


@dataclass(frozen=True)
class Compared:
    """How far a log was compared with an inbox, and where it ended at that time."""

    until: int
    end: int


@dataclass(frozen=True)
class Repair:
    """One inbox, compared with the logs it hears."""

    inbox: str
    app: Hearer
    handle: Callable[[Any], None]
    understands: Callable[..., Any]  # its hint names the messages
    ask: Ask
    is_waiting: Callable[[str], bool]
    seen: dict[str, Compared] = field(default_factory=dict)

    def look(self) -> int:
        """Handle what was told before the last look and never came; say how many.

        Not while messages wait in the inbox: what is missing may be among them.
        """
        if self.is_waiting(self.inbox):
            return 0
        return sum(map(self._compare, sources(self.inbox)))

    def _compare(self, source: str) -> int:
        """What was told since the last look may still be on its way."""
        known = self.seen.get(source) or self._first(source)
        after, repaired = known.until, 0
        while True:
            answer = self.ask(
                f"{source}.told", inbox=self.inbox, after=after, until=known.end
            )
            for body in answer["messages"]:
                message = opened(self.understands, body, self.app.keys)
                repaired += self._settle(message)
            after = answer["until"]
            if after >= known.end:
                self.seen[source] = Compared(after, answer["end"])
                return repaired

    def _first(self, source: str) -> Compared:
        start = max(0, self.app.last_heard(source) - FAR_ENOUGH)
        return Compared(start, start)

    def _settle(self, message: Message) -> int:
        if self.app.has_handled(message):
            return 0
        try:
            self.handle(message)
        except HOPELESS:  # it lies in the dead letters, where a person decides
            return 0
        metrics.REPAIRED.labels(self.inbox, message.source).inc()
        log.warning(
            "inbox.repaired", inbox=self.inbox, source=message.source, type=message.type
        )
        return 1


class Questions:
    """RPC as one service asks it of another: only for what it has missed."""

    def __init__(self, connection: Connection, service: str) -> None:
        self._connection = connection
        self._service = service

    def ask(self, method: str, **arguments: Any) -> Any:
        """The answer. Raises OwnerError when the owner fails or stays silent."""
        call = uuid4()
        with self._connection.channel() as channel:
            replies = self._replies(call)(channel)
            replies.queue_declare()
            replies.queue_bind()
            self._send(channel, call, method, arguments)
            answer = self._answer(channel, replies)
        if error := answer["error"]:
            raise OwnerError(method, error["exc_type"])
        return answer["result"]

    def is_waiting(self, inbox: str) -> bool:
        """Messages lie in the inbox that nobody has taken yet."""
        with self._connection.channel() as channel:
            queues = topology.inbox(inbox)
            return any(
                channel.queue_declare(queue=each.name, passive=True).message_count
                for each in queues
            )

    def _replies(self, call: UUID) -> Queue:
        name = f"{self._service}.replies.{call}"
        return Queue(name, RPC, routing_key=str(call), exclusive=True)

    def _send(
        self, channel: Any, call: UUID, method: str, arguments: dict[str, Any]
    ) -> None:
        Producer(channel, RPC, auto_declare=False).publish(
            {"args": [], "kwargs": arguments},
            routing_key=method,
            mandatory=True,
            reply_to=str(call),
            correlation_id=str(call),
            user_id=self._connection.userid,
        )

    def _answer(self, channel: Any, replies: Queue) -> dict[str, Any]:
        answers: list[dict[str, Any]] = []

        def take(message: Any) -> None:
            answers.append(message.decode())

        with Consumer(
            channel, [replies], on_message=take, no_ack=True, auto_declare=False
        ):
            try:
                while not answers:
                    self._connection.drain_events(timeout=PATIENCE)
            except TimeoutError:
                raise OwnerError("silent") from None
        return answers[0]
