"""The portal's web: JSON API and pages on one ASGI application, under uvicorn."""

from __future__ import annotations

from asyncio import create_task, to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from services.portal import api, built, forgotten_files, operations, pages, tus
from services.portal.config import PortalSettings
from services.portal.errors import IdentityRefusedError
from services.portal.failures import HANDLERS
from services.portal.frame import Frame
from services.portal.origin import origin_of
from services.portal.parts import Parts, assembled, opened
from services.portal.streams.application import Streams, beside
from services.portal.streams.serving import listening, serve, streams_on
from shared import logging, tracing

log = structlog.get_logger()

STATIC = Path(__file__).parent / "static"
DESCRIPTION = (
    "Every command and every question of Guichet. An order carries an "
    "`Idempotency-Key`; asked again under it, nothing happens twice. Refusals are "
    "`application/problem+json` with a `code` for machines and a sentence in the "
    "asker's language."
)


def application(parts: Parts, streams: Streams | None = None) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        told = listening(parts, streams.hub) if streams else nullcontext()
        async with opened(parts), told:
            await to_thread(let_in_the_first, parts)
            looking = create_task(look_at_providers(parts))
            log.info("service.ready", service="portal")
            sweeping = create_task(tus.swept(parts))
            forgetting = create_task(forgotten_files.watched(parts))
            yield
            forgetting.cancel()
            sweeping.cancel()
            looking.cancel()

    app = FastAPI(
        title="Guichet",
        version="1",
        description=DESCRIPTION,
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        exception_handlers=HANDLERS,
        redirect_slashes=False,
    )
    app.state.parts = parts
    app.include_router(api.router())
    app.include_router(operations.router)
    app.include_router(tus.router)
    app.include_router(built.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(pages.router())
    return app


def let_in_the_first(parts: Parts) -> None:
    password = parts.settings.admin_password.get_secret_value()
    parts.accounts.ensure_administrator(password)


async def look_at_providers(parts: Parts) -> None:
    """Say loudly at the start what would turn people away later."""
    for name, each in parts.providers.items():
        try:
            await each.check()
        except (httpx.HTTPError, IdentityRefusedError, ValueError) as error:
            log.warning("provider.unusable", provider=name, reason=repr(error))


def framed(app: ASGIApp, settings: PortalSettings) -> ASGIApp:
    return Frame(
        app,
        issuer=" ".join(origin_of(each.issuer) for each in settings.oidc_providers),
        is_secure=settings.is_secure,
    )


def run() -> None:
    logging.configure()
    settings = PortalSettings()
    tracing.configure("portal-web", settings.otlp_endpoint)
    parts = assembled(settings)
    streams = streams_on(parts)
    pages = framed(application(parts, streams), settings)
    serve(beside(pages, streams), settings, streams.hub)
