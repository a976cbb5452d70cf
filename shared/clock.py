"""What time it is: asked once at the edge, an argument everywhere else.

A rehearsal may be ahead of the world: the file that GUICHET_CLOCK names holds by how
many seconds. Nobody waits for a deadline then; in production nothing names a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

REHEARSAL = os.environ.get("GUICHET_CLOCK")


def now() -> datetime:
    return datetime.now(UTC) + ahead()


def ahead() -> timedelta:
    """By how much a rehearsal is ahead of the world; never behind it."""
    if not REHEARSAL:
        return timedelta(0)
    return timedelta(seconds=max(0.0, float(Path(REHEARSAL).read_text())))
