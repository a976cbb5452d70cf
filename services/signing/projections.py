"""Which papers wait for their seal, and which numbers were given."""

from __future__ import annotations

from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.projection import Projection

from services.signing.views import PostgresSeals


class SealsProjection(Projection[PostgresSeals]):
    """Hears every event, so that one can wait for any position."""

    name = "signing_seals"

    def process_event(self, event: Any, tracking: Tracking) -> None:
        self.view.follow(event, tracking)
