"""The clock of an installation: a rehearsal may go ahead of the world, never back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class RehearsalClock:
    """Every process of the installation reads how far it is ahead, in seconds."""

    home: Path

    @property
    def file(self) -> Path:
        return self.home / "clock"

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    @property
    def ahead(self) -> timedelta:
        return timedelta(seconds=float(self.file.read_text()))

    def begin(self) -> None:
        """Where it stood before; a new installation is with the world."""
        if not self.file.exists():
            self._write(timedelta(0))

    def advance_to(self, moment: datetime) -> None:
        """All deadlines until then are reached at once; the past stays past."""
        self._write(max(self.ahead, moment - datetime.now(UTC)))

    def _write(self, ahead: timedelta) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(ahead.total_seconds()))
        fresh.chmod(0o644)
        fresh.replace(self.file)
