"""Hears what the services tell, and shows it: the consumer of the read models."""

from __future__ import annotations

from services.portal.application import PortalApplication
from services.portal.changes import Heard
from services.portal.views import Views


class PortalWorker:
    inbox = "portal"

    def __init__(self, app: PortalApplication, views: Views) -> None:
        self.app = app
        self._views = views

    def handle(self, message: Heard) -> None:
        self._views.hear(message)
