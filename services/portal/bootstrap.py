"""Puts the portal's log and read models together. `web.py` does it for the screens."""

from __future__ import annotations

from eventsourcing.postgres import PostgresDatastore

from services.portal.alarms import DigestAlarms
from services.portal.application import PortalApplication
from services.portal.config import PortalSettings
from services.portal.digests import PostgresDigests, Postman
from services.portal.views import Views
from services.portal.worker import PortalWorker
from shared import bootstrap
from shared.directory import Directory
from shared.messaging.broadcast import SHOWN, Broadcast


def application(settings: PortalSettings | None = None) -> PortalApplication:
    settings = settings or PortalSettings()
    return PortalApplication(
        settings.eventsourcing_env(),
        keys=bootstrap.keys(settings),
        directory=Directory.load(settings.catalogue_dir),
    )


def views(settings: PortalSettings) -> Views:
    return Views(datastore(settings))


def datastore(settings: PortalSettings) -> PostgresDatastore:
    return PostgresDatastore(
        dbname=settings.postgres_dbname,
        host=settings.postgres_host,
        port=settings.postgres_port,
        user=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        pool_size=1,
        pre_ping=True,
    )


def alarms(settings: PortalSettings) -> DigestAlarms:
    """What rings each morning."""
    app, rows = application(settings), PostgresDigests(datastore(settings))
    return DigestAlarms(app, rows, Postman(settings, app.keys))


def worker(settings: PortalSettings) -> PortalWorker:
    broadcast = Broadcast(settings.amqp_uri.get_secret_value(), SHOWN)
    return PortalWorker(application(settings), views(settings), broadcast.tell)
