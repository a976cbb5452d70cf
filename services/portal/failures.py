"""Every failure, told: as a problem to programs, as a page to people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import psycopg
from eventsourcing.persistence import IntegrityError, PersistenceError
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from services.portal import languages
from services.portal.api import MEDIA, PREFIX
from services.portal.bus import ServiceFailedError, ServiceUnavailableError
from services.portal.pages.keeping import kept_for_later
from services.portal.pages.rendering import failure_page, language_of
from services.portal.problems import Problem
from shared.actor import NotProvenError
from shared.errors import DomainError, Refused

PROGRAMS = (PREFIX, "/uploads")  # who asks there reads problems, not pages

CODES = {
    404: "page-not-found",
    405: "method-not-allowed",
    413: "body-too-large",
}


async def answer(request: Request, problem: Problem) -> Response:
    if not request.url.path.startswith(PROGRAMS):
        return await failure_page(request, problem)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    body = problem.body(request.state.request_id)
    return JSONResponse(body, problem.status, headers=headers, media_type=MEDIA)


def language(request: Request) -> str:
    if request.url.path.startswith(PROGRAMS):
        return languages.preferred(request.headers.get("accept-language"))
    return language_of(request)


async def not_proven(request: Request, error: Any) -> Response:
    """Nobody is signed in, any more: what they typed is not lost."""
    is_form = request.method == "POST" and not request.url.path.startswith(PREFIX)
    if is_form and (response := await kept_for_later(request)):
        return response
    return await refused(request, error)


async def refused(request: Request, error: Any) -> Response:
    return await answer(request, Problem.refused(error, language(request)))


async def invalid(request: Request, error: Any) -> Response:
    """Which fields, and what is wrong with each; never what was in them."""
    asked = language(request)
    details = [
        {
            "field": ".".join(map(str, each["loc"])),
            "code": each["type"],
            "message": languages.invalidity(each["type"], asked, each.get("ctx", {})),
        }
        for each in error.errors()
    ]
    problem = Problem.of("invalid", asked, details=details)
    return await answer(request, problem)


async def unstorable(request: Request, error: Any) -> Response:
    """Asked with something no database can compare: a character or number of none."""
    return await answer(request, Problem.of("invalid", language(request)))


async def unavailable(request: Request, error: Any) -> Response:
    return await answer(request, Problem.of("service-unavailable", language(request)))


async def broken(request: Request, error: Any) -> Response:
    return await answer(request, Problem.of("service-failed", language(request)))


async def conflict(request: Request, error: Any) -> Response:
    return await answer(request, Problem.of("conflict", language(request)))


async def http(request: Request, error: Any) -> Response:
    """What the frame itself refuses: unknown addresses, methods, bodies too large."""
    said = str(error.detail)
    known = languages.texts("refusals")
    code = said if said in known else CODES.get(error.status_code, "invalid")
    return await answer(request, Problem.of(code, language(request)))


async def failed(request: Request, error: Any) -> Response:
    """A bug. The log has all of it; the asker gets its number."""
    return await answer(request, Problem.of("failed", language(request)))


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Any]] = {
    NotProvenError: not_proven,
    DomainError: refused,
    Refused: refused,
    RequestValidationError: invalid,
    ServiceUnavailableError: unavailable,
    httpx.HTTPError: unavailable,
    psycopg.DataError: unstorable,
    psycopg.OperationalError: unavailable,
    PoolTimeout: unavailable,
    IntegrityError: conflict,
    PersistenceError: unavailable,
    ServiceFailedError: broken,
    HTTPException: http,
    Exception: failed,
}
