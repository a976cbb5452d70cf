"""The legal clock of cases: calendars, extensions, what happens when time runs out."""

from __future__ import annotations

from services.workflow.casework import Casework


class Clockwork(Casework):
    """Commands answer the position in the log at which they became true."""
