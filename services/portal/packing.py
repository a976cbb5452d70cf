"""Texts travel packed: Brotli where the browser knows it, else gzip.

Only whole pages, styles and scripts above a KiB; never streams, the API's answers,
files of people, or what is packed already.
A packed page betrays a secret in it when the same page repeats what a stranger made up
(BREACH): so the form token is written anew, masked, into every page, and the nonce of
scripts lives for one answer.
"""

from __future__ import annotations

import gzip

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WAYS = ("br", "gzip")
KINDS = ("text/html", "text/css", "text/javascript", "image/svg+xml")
SMALL = 1024


def way_of(accept: str) -> str:
    """How the asker wants it packed; empty for not at all."""
    known = {
        part.partition(";")[0].strip()
        for part in accept.split(",")
        if not part.replace(" ", "").endswith(";q=0")
    }
    return next((way for way in WAYS if way in known), "")


def pack(content: bytes, way: str, *, is_kept: bool = False) -> bytes:
    """Hard for what is kept, quickly for what is made for one answer."""
    if way == "br":
        return bytes(brotli.compress(content, quality=11 if is_kept else 4))
    return gzip.compress(content, 9 if is_kept else 5, mtime=0)


class Packing:
    """An ASGI application around ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = ""
        if scope["type"] == "http":
            way = way_of(Headers(scope=scope).get("accept-encoding", ""))
        await self._app(scope, receive, Packer(send, way) if way else send)


class Packer:
    """Holds the head of an answer back until its body shows what it is."""

    def __init__(self, send: Send, way: str) -> None:
        self._send = send
        self._way = way
        self._head: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and may_pack(message):
            self._head = message
            return
        if self._head is not None:
            head, self._head = self._head, None
            message = self._packed(head, message)
            await self._send(head)
        await self._send(message)

    def _packed(self, head: Message, message: Message) -> Message:
        body = message.get("body", b"")
        is_whole = message["type"] == "http.response.body" and not message.get(
            "more_body"
        )
        if not is_whole or len(body) < SMALL:
            return message
        content = pack(body, self._way)
        headers = MutableHeaders(scope=head)
        headers["Content-Encoding"] = self._way
        headers["Content-Length"] = str(len(content))
        headers.add_vary_header("Accept-Encoding")
        return {**message, "body": content}


def may_pack(head: Message) -> bool:
    headers = Headers(scope=head)
    kind = headers.get("content-type", "").partition(";")[0]
    return "content-encoding" not in headers and kind in KINDS
