"""How the API answers: places of orders, versions as ETags."""

from __future__ import annotations

from typing import Any

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from services.portal.desk import Place


def done(place: Place, status: int = 200, **more: Any) -> JSONResponse:
    body = jsonable_encoder(place.body() | more)
    return JSONResponse(body, status, headers=place.headers())


def versioned(content: dict[str, Any]) -> JSONResponse:
    """With the version one may name in `If-Match`."""
    version = content.get("version")
    tag = {} if version is None else {"ETag": f'"{version}"'}
    headers = {**tag, "Cache-Control": "no-store"}
    return JSONResponse(jsonable_encoder(content), headers=headers)
