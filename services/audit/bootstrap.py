"""Puts audit together. Nothing else builds anything."""

from __future__ import annotations

from eventsourcing.postgres import PostgresDatastore

from services.audit.application import Access, AuditApplication
from services.audit.config import AuditSettings
from services.audit.gateways import NoKeys, PostgresAccessList, PostgresLedger


def application(settings: AuditSettings | None = None) -> AuditApplication:
    settings = settings or AuditSettings()
    database = datastore(settings)
    keys = NoKeys()
    return AuditApplication(
        ledger=PostgresLedger(database),
        access=Access(PostgresAccessList(database), keys=keys),
        keys=keys,
    )


def datastore(settings: AuditSettings) -> PostgresDatastore:
    return PostgresDatastore(
        dbname=settings.postgres_dbname,
        host=settings.postgres_host,
        port=settings.postgres_port,
        user=settings.postgres_user,
        password=settings.postgres_password.get_secret_value(),
        pool_size=1,
        max_overflow=settings.workers,
        pre_ping=True,
    )
