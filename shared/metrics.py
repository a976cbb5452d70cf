"""What operators count: calls, messages, positions. Names are for ever, too."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

CALLS = Histogram(
    "guichet_call_seconds",
    "Answered calls by method and outcome.",
    ["method", "outcome"],
)
HEARD = Counter(
    "guichet_messages_heard_total", "Messages heard by outcome.", ["outcome"]
)
RELAY_POSITION = Gauge(
    "guichet_relay_position",
    "Place in the log up to which the relay has told.",
    ["log"],
)
PROJECTION_POSITION = Gauge(
    "guichet_projection_position", "Place in the log a read model shows.", ["view"]
)
REPAIRED = Counter(
    "guichet_messages_repaired_total",
    "Messages an inbox had missed and pulled from their owner.",
    ["inbox", "source"],
)
ALARMS_FAILED = Counter(
    "guichet_alarms_failed_total", "Deadlines that came and could not be acted on."
)


def count_heard(*, error: Exception | None) -> None:
    """One more message: handled, or failed by the name of what was raised."""
    HEARD.labels(type(error).__name__ if error else "handled").inc()
