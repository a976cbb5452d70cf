"""The smallest service there can be: the kernel's tests need no larger one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from eventsourcing.domain import AggregateCreated
from eventsourcing.persistence import Tracking

from shared.contracts.base import Message, told
from shared.contracts.documents import FileReceived
from shared.eventsourcing import Aggregate, Application
from tests.fakes import MEMORY, MemoryKeys

DOSSIER = UUID(int=8)


class Thing(Aggregate):
    """Something a dossier has."""

    TOPIC = "tests.thing"

    class Made(Aggregate.Event, AggregateCreated):
        TOPIC = "tests.thing.made"

        name: str

    def __init__(self, *, dossier_id: UUID, name: str) -> None:
        self.dossier_id = dossier_id
        self.name = name

    @staticmethod
    def create_id(name: str) -> UUID:
        return uuid5(DOSSIER, name)

    def rename(self, name: str) -> None:
        self.trigger_event(self.Renamed, name=name)

    class Renamed(Aggregate.Event):
        TOPIC = "tests.thing.renamed"

        name: str

        def apply(self, aggregate: Thing) -> None:
            aggregate.name = self.name


class Things(Application):
    name = "documents"

    def make(self, name: str) -> int:
        return self.commit(Thing(dossier_id=DOSSIER, name=name))


def some_things(*names: str) -> Things:
    things = Things(MEMORY, keys=MemoryKeys())
    for name in names:
        things.make(name)
    return things


def translate(event: object, place: Tracking) -> Iterable[Message]:
    if isinstance(event, Thing.Made):
        yield FileReceived(**told(event, place), file_id=event.originator_id)


def a_message(position: int = 1) -> FileReceived:
    """What another service would have told."""
    things = some_things("a")
    [made] = things.events.get(Thing.create_id("a"))
    [message] = translate(made, Tracking("documents", position))
    assert isinstance(message, FileReceived)
    return message
