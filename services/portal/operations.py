"""What operators ask: is it alive, is it ready, what does it count."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.portal.parts import parts_of

router = APIRouter(include_in_schema=False)


@router.get("/live")
async def live() -> Response:
    return PlainTextResponse("alive")


@router.get("/ready")
async def ready(request: Request) -> Response:
    """Broker and database answer."""
    parts = parts_of(request)
    if not parts.line.is_ready:
        return PlainTextResponse("broker", 503)
    try:
        await parts.views.reach()
    except Exception as error:  # whatever it is, it makes us not ready
        return PlainTextResponse(f"database: {type(error).__name__}", 503)
    return PlainTextResponse("ready")


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
