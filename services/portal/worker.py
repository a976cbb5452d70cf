"""Hears what the services tell, and shows it: the consumer of the read models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.portal.application import PortalApplication
from services.portal.changes import Heard
from services.portal.views import Views
from shared.contracts.intake import DossierUnshared

Tell = Callable[[dict[str, Any]], None]


def nobody(told: dict[str, Any]) -> None:
    """No open page needs to know."""


class PortalWorker:
    inbox = "portal"

    def __init__(
        self, app: PortalApplication, views: Views, tell: Tell = nobody
    ) -> None:
        self.app = app
        self._views = views
        self._tell = tell

    def handle(self, message: Heard) -> None:
        """First shown, then told: who is told and looks, sees it."""
        revision = self._views.hear(message)
        if revision is not None:
            told = {"dossier_id": str(message.dossier_id), "revision": revision}
            is_for_fewer = isinstance(message, DossierUnshared)
            self._tell(told | ({"is_for_fewer": True} if is_for_fewer else {}))
