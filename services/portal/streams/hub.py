"""Who watches which dossier, and what each of them is still to be told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice
from uuid import UUID

from starlette.types import Send

from services.portal.streams import events

ROUNDS = 20  # a viewer is visited in one of so many rounds, a round begins each second
REMEMBERED = 1000  # dossiers whose last revision is known although nobody watched
AT_ONCE = 500  # viewers between two breaths of the event loop

Clock = Callable[[], float]


class Viewer:
    """One open stream. At most one thing waits for it: the newest.

    Idle it is one waiting task and these slots, nothing else: there are very many.
    """

    __slots__ = (
        "_flushing",
        "_is_last",
        "_send",
        "_waiting",
        "dossier_id",
        "seen",
        "until",
    )

    def __init__(
        self, dossier_id: UUID, send: Send, *, seen: int, until: float
    ) -> None:
        self.dossier_id = dossier_id
        self.seen = seen
        self.until = until
        self._send = send
        self._waiting = b""
        self._is_last = False
        self._flushing: asyncio.Task[None] | None = None

    def tell(self, revision: int) -> None:
        """What was not sent yet is not worth sending any more."""
        if revision != self.seen:
            self.seen = revision
            self._offer(events.changed(revision))

    def keep_alive(self) -> None:
        if not self._waiting:
            self._offer(events.KEEP_ALIVE)

    def end(self) -> None:
        """The last thing it is sent: when to come again."""
        self._offer(events.again_in(events.pause()))
        self._is_last = True

    def _offer(self, piece: bytes) -> None:
        if self._is_last:
            return
        self._waiting = piece
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        """A slow reader holds up this task, and nobody else."""
        try:
            while piece := self._waiting:
                self._waiting, is_last = b"", self._is_last
                await self._send(events.body(piece, more=not is_last))
                if is_last:
                    return
        finally:
            self._flushing = None


class Hub:
    """All open streams of this process."""

    def __init__(self, limit: int, clock: Clock) -> None:
        self.limit = limit
        self.is_closed = False
        self._clock = clock
        self._watching: dict[UUID, set[Viewer]] = {}
        self._rounds: list[set[Viewer]] = [set() for _ in range(ROUNDS)]
        self._revisions: dict[UUID, int] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def has_room(self) -> bool:
        return not self.is_closed and self._count < self.limit

    def dossiers(self) -> list[UUID]:
        return list(self._watching)

    def join(self, dossier_id: UUID, revision: int, send: Send, *, seen: int) -> Viewer:
        """From now on told of every change; at once, when there was one since `seen`.

        What was told while the revision was being read is remembered.
        """
        until = self._clock() + events.life()
        viewer = Viewer(dossier_id, send, seen=seen, until=until)
        self._watching.setdefault(dossier_id, set()).add(viewer)
        self._round_of(viewer).add(viewer)
        self._count += 1
        viewer.tell(self._revisions.get(dossier_id, revision))
        return viewer

    def leave(self, viewer: Viewer) -> None:
        watching = self._watching[viewer.dossier_id]
        watching.discard(viewer)
        if not watching:
            del self._watching[viewer.dossier_id]
        self._round_of(viewer).discard(viewer)
        self._count -= 1

    def tell(self, dossier_id: UUID, revision: int) -> None:
        self._revisions.pop(dossier_id, None)
        self._revisions[dossier_id] = revision
        if len(self._revisions) > REMEMBERED:
            del self._revisions[next(iter(self._revisions))]
        for viewer in self._watching.get(dossier_id, ()):
            viewer.tell(revision)

    def dismiss(self, dossier_id: UUID) -> None:
        """Fewer people may see it: all are let in anew, who still may."""
        for viewer in self._watching.get(dossier_id, ()):
            viewer.end()

    async def keep_alive(self, pause: Callable[[float], Awaitable[None]]) -> None:
        """One ticker for all: it visits a part of them each second."""
        while True:
            for round in self._rounds:
                await pause(1)
                self._visit(round)

    def _visit(self, round: set[Viewer]) -> None:
        now = self._clock()
        for viewer in round:
            if viewer.until < now:
                viewer.end()
            else:
                viewer.keep_alive()

    async def close(self) -> None:
        """Everybody is asked to come again later, each at another moment."""
        self.is_closed = True
        viewers = iter([each for round in self._rounds for each in round])
        while some := list(islice(viewers, AT_ONCE)):
            for viewer in some:
                viewer.end()
            await asyncio.sleep(0)

    def _round_of(self, viewer: Viewer) -> set[Viewer]:
        return self._rounds[hash(viewer) // 16 % ROUNDS]
