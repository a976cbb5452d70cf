"""The legal clock, over the bus."""

from __future__ import annotations

from services.workflow.clockwork import Clockwork


class ClockEntrypoints:
    app: Clockwork
