"""Puts documents together. Nothing else builds anything."""

from __future__ import annotations

from services.documents.application import DocumentsApplication
from services.documents.config import DocumentsSettings
from services.documents.gateways import (
    ClamdScanner,
    MinioStore,
    NoScanner,
    SeparateInspector,
)
from services.documents.projections import DossierFilesProjection, PostgresDossierFiles
from services.documents.worker import DocumentsWorker
from shared import bootstrap
from shared.directory import Directory


def application(settings: DocumentsSettings | None = None) -> DocumentsApplication:
    settings = settings or DocumentsSettings()
    return DocumentsApplication(
        settings.eventsourcing_env(),
        keys=bootstrap.keys(settings),
        store=store(settings),
        index=dossier_files(settings).view,
        is_reception=Directory.load(settings.catalogue_dir).is_reception,
    )


def store(settings: DocumentsSettings) -> MinioStore:
    return MinioStore(
        settings.s3_endpoint,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key.get_secret_value(),
        secure=settings.s3_secure,
        region=settings.s3_region,
    )


def worker(settings: DocumentsSettings) -> DocumentsWorker:
    socket = settings.clamav_socket
    return DocumentsWorker(
        application(settings),
        store=store(settings),
        scanner=ClamdScanner(socket) if socket else NoScanner(),
        inspector=SeparateInspector(),
    )


def dossier_files(settings: DocumentsSettings) -> DossierFilesProjection:
    view = bootstrap.tracking("dossier_files", settings, PostgresDossierFiles)
    return DossierFilesProjection(view)


PROJECTIONS = {"dossier_files": dossier_files}
