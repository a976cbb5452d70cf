"""What others did with a case while somebody had its page open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eventsourcing.utils import get_topic

from services.workflow.domain import Case, Route
from shared.actor import Actor

DEEDS = (
    Case.StepAssigned,
    Case.StepFinished,
    Case.StepRepeated,
    Case.StepSentBack,
    Case.StepRecalled,
    Case.ResultProposed,
    Case.ResultApproved,
    Case.SupplementAsked,
    Case.SupplementAllowed,
    Case.ConsultationAsked,
    Case.ConsultationCancelled,
    Case.CoHandlerAdded,
    Case.OpinionGiven,
    Case.PaymentAsked,
    Case.Suspended,
    Case.Resumed,
    Case.ExtensionProposed,
    Case.ExtensionApproved,
    Case.ExtensionRejected,
    Case.WithdrawalDecided,
    Case.ResultWithdrawn,
    Case.ProcessingStopped,
)
"""What officers do."""

NEWS = (
    Case.SupplementAnswered,
    Case.PaymentSettled,
    Case.WithdrawalWished,
    Case.StepTimedOut,
    Case.PaperRecorded,
    Case.Lapsed,
    Case.Closed,
)
"""What comes from outside, or by itself."""


def deeds(events: Iterable[Any], route: Route, by: Actor) -> list[dict[str, Any]]:
    """Without what the asker did themselves, and what only follows from a deed."""
    return [
        {
            "topic": get_topic(type(event)),
            "by": event.actor["subject"],
            "kind": event.actor["kind"],
            "at": event.timestamp.isoformat(),
            "name": name_of(event, route),
        }
        for event in events
        if is_news(event, by)
    ]


def is_news(event: Any, by: Actor) -> bool:
    if isinstance(event, NEWS):
        return True
    return isinstance(event, DEEDS) and event.actor["subject"] != by.subject


def name_of(event: Any, route: Route) -> dict[str, str] | None:
    """Of the step it was done at."""
    step = getattr(event, "step", None)
    return route.definition_of(step).name if step else None
