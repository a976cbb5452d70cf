"""What stands for the world around notifications in unit tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.notifications.domain import Notice, NoticeState
from services.notifications.ports import Outgoing, Receipt


class StoppedClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **time: float) -> None:
        self.at += timedelta(**time)


class LogNotices:
    """Which notices there are, read from the log each time."""

    app: Any

    def about(self, dossier_id: UUID) -> list[UUID]:
        return [each.id for each in self._all() if each.dossier_id == dossier_id]

    def due(self, at: datetime) -> list[UUID]:
        deferred = (x for x in self._all() if x.state == NoticeState.DEFERRED)
        return [each.id for each in deferred if each.is_due(at)]

    def silent_since(self, at: datetime) -> list[UUID]:
        sending = (x for x in self._all() if x.state == NoticeState.SENDING)
        return [each.id for each in sending if each.modified_on < at]

    def _all(self) -> Iterator[Notice]:
        for stored in self.app.recorder.select_notifications(1, 1000):
            if stored.topic == Notice.Accepted.TOPIC:
                yield self.app.repository.get(stored.originator_id)


@dataclass
class Messenger:
    """Takes what it is given, or meets the hindrances it was told to meet."""

    hindrances: Iterable[Exception] = ()
    taken: list[Outgoing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._hindrances = iter(self.hindrances)

    def send(self, outgoing: Outgoing) -> str:
        if hindrance := next(self._hindrances, None):
            raise hindrance
        self.taken.append(outgoing)
        return f"reference-{len(self.taken)}"


class MemoryPapers:
    def __init__(self, content: bytes = b"%PDF-1.7") -> None:
        self.content = content

    def get(self, sha256: str) -> bytes:
        return self.content


class MemoryReceipts:
    """Receipts whose notices are known at once."""

    def __init__(self) -> None:
        self.kept: list[Receipt] = []
        self.notices: dict[str, UUID] = {}

    def keep(self, receipt: Receipt) -> None:
        self.kept.append(receipt)

    def matched(self) -> list[tuple[UUID, Receipt]]:
        known = [each for each in self.kept if each.reference in self.notices]
        return [(self.notices[each.reference], each) for each in known]

    def settle(self, receipt: Receipt) -> None:
        self.kept.remove(receipt)
