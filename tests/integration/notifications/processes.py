"""Notifications as processes, which hear what intake and signing tell them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from kombu import Connection

from infra.embedded import Servers
from services.notifications import bootstrap
from services.notifications.application import NotificationsApplication
from services.notifications.config import NotificationsSettings
from services.notifications.domain import Notice
from shared.contracts.base import Message
from shared.messaging.publisher import Publisher
from tests.integration.notifications.worlds import eventually

ROOT = Path(__file__).parents[3]


class House:
    """All of notifications: its processes, its log, and those who speak to it."""

    def __init__(self, servers: Servers, settings: NotificationsSettings) -> None:
        self.app: NotificationsApplication = bootstrap.application(settings)
        self._servers = servers
        self._processes: list[subprocess.Popen[bytes]] = []
        self._position = uuid4().int % 2**40  # of the next message: another each time

    def starts(self, kind: str, **environment: object) -> subprocess.Popen[bytes]:
        process = f"notifications.{kind}"
        own = self._servers.environment("notifications", process)
        own |= {
            f"GUICHET_NOTIFICATIONS_{name}": str(value)
            for name, value in environment.items()
        }
        command = [sys.executable, "-m", "services.notifications", kind]
        started = subprocess.Popen(command, cwd=ROOT, env=os.environ | own)
        self._processes.append(started)
        return started

    def hears(
        self, tell: Callable[..., Message], dossier_id: UUID, **named: object
    ) -> None:
        """A message, told by whoever may tell it."""
        self._position += 1
        message = tell(position=self._position, dossier_id=dossier_id, **named)
        uri = self._servers.addresses.amqp(message.source)
        with Connection(uri) as connection:
            Publisher(connection, self.app.keys).publish(message)

    def notice(self, dossier_id: UUID, channel: str) -> Notice | None:
        """The notice about this dossier by this way, as it stands."""
        found = map(self.app.notice, self.app.notices.about(dossier_id))
        return next((each for each in found if each.channel == channel), None)

    def reaches(self, dossier_id: UUID, channel: str, state: str) -> Notice:
        """The notice, once it is in this state."""

        def seen() -> Notice | None:
            notice = self.notice(dossier_id, channel)
            return notice if notice and notice.state.value == state else None

        found: Notice = eventually(seen, within=40)
        return found

    def closes(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(20)
        self.app.close()


@contextmanager
def a_house(servers: Servers, settings: NotificationsSettings) -> Iterator[House]:
    house = House(servers, settings)
    try:
        yield house
    finally:
        house.closes()
