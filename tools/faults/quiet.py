"""Waits until everything that was said has been heard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic

from kombu import Connection

from infra.embedded.running import Places
from shared.messaging import topology
from tools.faults.books import Books

PAUSE, STILL = 1.0, 4  # seconds; so often the same in a row
PATIENCE = 180.0


async def until_quiet(places: Places) -> None:
    """No queue holds a message, and no log has grown for a while."""
    deadline, same, before = monotonic() + PATIENCE, 0, None
    while same < STILL and monotonic() < deadline:
        await asyncio.sleep(PAUSE)
        now = await asyncio.to_thread(activity, places)
        same = same + 1 if now == before and not any(now[0].values()) else 0
        before = now


def activity(places: Places) -> tuple[dict[str, int], dict[str, int]]:
    return depths(places, inboxes()), Books(places).sizes()


def inboxes() -> list[str]:
    names = topology.SUBSCRIPTIONS
    return [queue.name for name in names for queue in topology.inbox(name)]


def dead_letter_queues() -> list[str]:
    return [topology.dead_letters(name).name for name in topology.SUBSCRIPTIONS]


def depths(places: Places, queues: list[str]) -> dict[str, int]:
    """How many messages wait in each queue."""
    with Connection(places.amqp_uri) as broker:
        channel = broker.default_channel
        return {
            name: channel.queue_declare(name, passive=True).message_count
            for name in queues
        }


def reasons(places: Places, queue: str) -> Iterator[str]:
    """Why the letters of a dead-letter queue lie there, without taking them out."""
    with Connection(places.amqp_uri) as broker:
        channel = broker.default_channel
        while (letter := channel.basic_get(queue)) is not None:
            death = (letter.headers.get("x-death") or [{}])[0]
            told = (str(death.get(name)) for name in ("reason", "queue", "time"))
            yield f"{queue}: {letter.properties.get('message_id')} " + " ".join(told)
