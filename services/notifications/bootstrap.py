"""Puts notifications together. Nothing else builds anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any

from eventsourcing.postgres import PostgresDatastore
from eventsourcing.projection import Projection
from minio import Minio
from urllib3 import PoolManager, Timeout

from services.notifications.application import NotificationsApplication
from services.notifications.config import NotificationsSettings
from services.notifications.domain import Channel
from services.notifications.gateways.mailer import Mailer
from services.notifications.gateways.papers import StoredPapers
from services.notifications.gateways.receipts import PostgresReceipts
from services.notifications.gateways.sms_centre import Account, SmsCentre
from services.notifications.ports import Carrier
from services.notifications.projections import NoticesProjection, PostgresNotices
from services.notifications.templates import Templates
from services.notifications.wording import Wording
from services.notifications.worker import NotificationsWorker, Rounds
from shared import bootstrap
from shared.directory import Directory
from shared.follow import run_until_it_fails


def application(
    settings: NotificationsSettings | None = None,
) -> NotificationsApplication:
    settings = settings or NotificationsSettings()
    return NotificationsApplication(
        settings.eventsourcing_env(),
        keys=bootstrap.keys(settings),
        wording=wording(settings),
        notices=view(settings),
    )


def wording(settings: NotificationsSettings) -> Wording:
    directory = Directory.load(settings.catalogue_dir)
    return Wording(Templates.load(), directory, settings.public_url)


def view(settings: NotificationsSettings) -> PostgresNotices:
    return bootstrap.tracking("notices", settings, PostgresNotices)


def notices(settings: NotificationsSettings) -> NoticesProjection:
    return NoticesProjection(view(settings))


PROJECTIONS: dict[str, Callable[[NotificationsSettings], Projection[Any]]] = {
    "notices": notices
}


def worker(settings: NotificationsSettings) -> NotificationsWorker:
    """Beside it, one thread hears the SMS centre, one looks after what waits."""
    app = application(settings)
    receipts = PostgresReceipts(datastore(settings))
    centre = SmsCentre(account(settings), receipts)
    carriers: dict[str, Carrier] = {
        Channel.SMS: centre,
        Channel.EMAIL: mailer(settings),
    }
    worker = NotificationsWorker(app, carriers, settings.retry_after)
    rounds = Rounds(worker, receipts)
    for name, part in (("sms", centre.listen), ("rounds", rounds.run)):
        Thread(
            target=partial(run_until_it_fails, name, part), name=name, daemon=True
        ).start()
    return worker


def mailer(settings: NotificationsSettings) -> Mailer:
    return Mailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        public_url=settings.public_url,
        papers=StoredPapers(objects(settings)),
    )


def objects(settings: NotificationsSettings) -> Minio:
    """The S3 server, which is asked once: who waits for it comes again."""
    return Minio(
        settings.s3_endpoint,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key.get_secret_value(),
        secure=settings.s3_secure,
        http_client=PoolManager(timeout=Timeout(connect=5, read=30), retries=False),
    )


def account(settings: NotificationsSettings) -> Account:
    return Account(
        host=settings.smpp_host,
        port=settings.smpp_port,
        system_id=settings.smpp_system_id,
        password=settings.smpp_password.get_secret_value(),
        sender=settings.sms_sender,
    )


def datastore(settings: NotificationsSettings) -> PostgresDatastore:
    return PostgresDatastore(
        dbname=settings.postgres_dbname,
        host=settings.postgres_host,
        port=settings.postgres_port,
        user=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        pool_size=1,
        pre_ping=True,
    )
