"""Around every request: its id, its line in the log, safe headers, no silence."""

from __future__ import annotations

import re
import secrets
from time import monotonic
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.portal.packing import Packing
from services.portal.problems import Problem
from shared import correlation, tracing

log = structlog.get_logger()

MIB = 1024 * 1024
FILE_LIMIT = 200 * MIB
LIMITS = (
    (re.compile(r"/api/v1/dossiers/[^/]+/documents/[^/]+/file"), FILE_LIMIT),
    (re.compile(r"/uploads/[^/]+"), FILE_LIMIT),
    (re.compile(r"/(vi|en|fr)/scan/[^/]+"), FILE_LIMIT + MIB),
    (
        re.compile(r"/(vi|en|fr)/dossiers/[^/]+/documents/[^/]+(/photos)?"),
        FILE_LIMIT + MIB,
    ),
    (re.compile(r"/(vi|en|fr)/staff/desk"), FILE_LIMIT + MIB),
    (re.compile(r"/(vi|en|fr)/dossiers/[^/]+/form/[^/]+"), FILE_LIMIT + MIB),
    (re.compile(r"/api/v1/catalogue"), 20 * MIB),
)
OTHERWISE = MIB

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")

PREFIX = re.compile(r"/(?:api/v1|vi|en|fr)(?=/|$)")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
TRACE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")

REQUESTS = Histogram(
    "guichet_request_seconds", "Answered requests.", ["route", "method", "status"]
)

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; worker-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self' {issuer}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
STRICTLY = "Strict-Transport-Security"
STRICT = "max-age=31536000; includeSubDomains"


class TooLargeError(HTTPException):
    """The body grew beyond what this address takes."""

    def __init__(self, limit: int) -> None:
        code = "file-too-large" if limit >= FILE_LIMIT else "body-too-large"
        super().__init__(413, code)


def limit_of(path: str) -> int:
    for pattern, limit in LIMITS:
        if pattern.fullmatch(path):
            return limit
    return OTHERWISE


class Frame:
    """An ASGI application around ours."""

    def __init__(self, app: ASGIApp, *, issuer: str, is_secure: bool) -> None:
        self._app = Packing(app)
        self._issuer = issuer
        self._headers = HEADERS | ({STRICTLY: STRICT} if is_secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = known_or_new(headers.get("x-request-id", ""))
        scope.setdefault("state", {})["request_id"] = request_id
        correlation.bind(request_id)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(correlation_id=request_id)
        parent = headers.get("traceparent", "")
        with tracing.span("request", parent if TRACE.fullmatch(parent) else ""):
            answer = Answer(send, self._headers_for(scope["state"]))
            await self._run(scope, counted(scope, receive), answer)

    def _headers_for(self, state: dict[str, Any]) -> dict[str, str]:
        """Only scripts that carry this answer's nonce run."""
        state["nonce"] = secrets.token_urlsafe(16)
        policy = POLICY.format(issuer=self._issuer, nonce=state["nonce"])
        own = {"Content-Security-Policy": policy, "X-Request-Id": state["request_id"]}
        return self._headers | own

    async def _run(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        started = monotonic()
        try:
            await self._app(scope, receive, answer)
        except Exception:  # a bug: the log has all of it, the asker its number
            log.exception("request.failed")
            if not answer.has_begun:
                problem = Problem.of("failed", "vi")
                body = problem.body(scope["state"]["request_id"])
                await JSONResponse(body, 500)(scope, receive, answer)
        note(scope, answer.status, monotonic() - started)


class Answer:
    """What is sent back, with the headers that every answer carries."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.status = 500

    @property
    def has_begun(self) -> bool:
        return not self._headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            self._headers = {}
        await self._send(message)


def counted(scope: Scope, receive: Receive) -> Receive:
    """Bodies as they come, until they are too large; none that says so beforehand."""
    limit, taken = limit_of(scope["path"]), 0
    announced = Headers(scope=scope).get("content-length", "")

    async def count() -> Message:
        nonlocal taken
        if announced.isdecimal() and int(announced) > limit:
            raise TooLargeError(limit)
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLargeError(limit)
        return message

    return count


def note(scope: Scope, status: int, seconds: float) -> None:
    """One line and one count for each request: its route, never what it asked."""
    name = route_of(scope)
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(name, method, status).observe(seconds)
    log.info(
        "request",
        method=method,
        route=name,
        status=status,
        seconds=round(seconds, 4),
    )


def route_of(scope: Scope) -> str:
    """The pattern of an address: what it holds is nobody's business."""
    route: Any = scope.get("route")
    path = str(getattr(route, "path", ""))
    if not path:
        return "unmatched"
    prefix = PREFIX.match(scope["path"])
    return path if prefix is None or path.startswith(prefix[0]) else prefix[0] + path


def known_or_new(request_id: str) -> str:
    return request_id if REQUEST_ID.fullmatch(request_id) else str(uuid4())
