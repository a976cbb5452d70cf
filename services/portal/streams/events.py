"""What goes over a stream, as browsers read it: never more than a number."""

from __future__ import annotations

import random

from starlette.types import Message

KEEP_ALIVE = b":\n\n"
LONGEST = 600.0  # seconds a stream lives; its page opens the next one
COME_AGAIN = (1.0, 15.0)  # seconds until then: not all in the same moment

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

chance = random.Random()  # noqa: S311 -- spreads load, guards nothing


def life() -> float:
    return chance.uniform(LONGEST * 0.8, LONGEST)


def pause() -> float:
    return chance.uniform(*COME_AGAIN)


def again_in(seconds: float) -> bytes:
    return b"retry: %d\n\n" % (seconds * 1000)


def opened(revision: int) -> bytes:
    """It works: a page that does not hear this soon asks now and then instead."""
    retry = again_in(pause()).strip()
    return b"%b\nid: %d\nevent: listening\ndata: %d\n\n" % (retry, revision, revision)


def changed(revision: int) -> bytes:
    return b"id: %d\nevent: changed\ndata: %d\n\n" % (revision, revision)


def start() -> Message:
    return {"type": "http.response.start", "status": 200, "headers": HEADERS}


def body(piece: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": more}
