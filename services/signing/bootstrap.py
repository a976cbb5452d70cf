"""Puts signing together. Nothing else builds anything."""

from __future__ import annotations

from services.signing.application import SigningApplication
from services.signing.config import SigningSettings
from services.signing.gateways.pages import PaperPages
from services.signing.gateways.storing import Bucket, LockedStore
from services.signing.gateways.verifying import PyHankoVerifier
from services.signing.projections import SealsProjection
from services.signing.views import PostgresSeals
from services.signing.worker import SigningWorker
from shared import bootstrap
from shared.directory import Directory


def application(settings: SigningSettings | None = None) -> SigningApplication:
    settings = settings or SigningSettings()
    return SigningApplication(
        settings.eventsourcing_env(),
        keys=bootstrap.keys(settings),
        store=store(settings),
        verifier=PyHankoVerifier(settings.trust_roots),
        directory=Directory.load(settings.catalogue_dir),
        pages=PaperPages(settings.public_url.rstrip("/")),
        seals=seals(settings),
    )


def seals(settings: SigningSettings) -> PostgresSeals:
    return bootstrap.tracking("signing_seals", settings, PostgresSeals)


def seals_projection(settings: SigningSettings) -> SealsProjection:
    return SealsProjection(seals(settings))


PROJECTIONS = {"seals": seals_projection}


def store(settings: SigningSettings) -> LockedStore:
    bucket = Bucket(
        settings.s3_endpoint,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        secure=settings.s3_secure,
        region=settings.s3_region,
    )
    return LockedStore(bucket.open(), keep_years=settings.keep_years)


def worker(settings: SigningSettings) -> SigningWorker:
    # Only who makes papers pays for the typesetting and the token in memory.
    from services.signing.gateways.rendering import WeasyRenderer
    from services.signing.gateways.sealing import Token, TokenSealer

    token = Token(
        module=settings.pkcs11_module,
        label=settings.pkcs11_token,
        pin=settings.pkcs11_pin,
        key=settings.pkcs11_key,
    )
    app = application(settings)
    return SigningWorker(
        app,
        directory=app.directory,
        renderer=WeasyRenderer(),
        sealer=TokenSealer(token, settings.tsa_url),
        public_url=settings.public_url.rstrip("/"),
    )
