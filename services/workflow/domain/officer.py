"""The officer: what workflow remembers of who works in it."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.domain.state import Text
from services.workflow.errors import TooManyError, ViewNotFoundError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

MOST_VIEWS = 50


class Officer(Aggregate):
    """One officer, known from the first time workflow has something to remember."""

    TOPIC = "workflow.officer"

    class Met(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.officer.met"

        subject: str

    def __init__(self, *, subject: str) -> None:
        self.subject = subject
        self.views: dict[str, dict[str, Any]] = {}

    @staticmethod
    def create_id(subject: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"workflow/officer/{subject}")

    def save_view(self, name: str, filters: dict[str, Any]) -> None:
        """Keep what a list is filtered by under a name; one of this name gives way."""
        if name not in self.views and len(self.views) >= MOST_VIEWS:
            raise TooManyError(MOST_VIEWS)
        view = json.dumps({"name": name, "filters": filters})
        self.trigger_event(self.ViewSaved, view=Personal(self.subject, view))

    class ViewSaved(Aggregate.Event):
        """`view` seals JSON {name, filters}: one may search for a person's name."""

        TOPIC = "workflow.officer.view-saved"

        view: Text

        def apply(self, aggregate: Officer) -> None:
            if not isinstance(self.view, Erased):
                view = json.loads(self.view.value)
                aggregate.views[view["name"]] = view["filters"]

    def delete_view(self, name: str) -> None:
        """Forget what was kept under this name."""
        if name not in self.views:
            raise ViewNotFoundError
        self.trigger_event(self.ViewDeleted, name=Personal(self.subject, name))

    class ViewDeleted(Aggregate.Event):
        TOPIC = "workflow.officer.view-deleted"

        name: Text

        def apply(self, aggregate: Officer) -> None:
            if not isinstance(self.name, Erased):
                aggregate.views.pop(self.name.value, None)
