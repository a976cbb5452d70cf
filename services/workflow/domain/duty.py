"""Something that is to be done with a case at a moment, unless it moves before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.workflow.domain.state import Act


@dataclass(frozen=True)
class Duty:
    """`do` leaves a fact by which the duty is no more."""

    at: datetime
    do: Callable[[Act], None]
