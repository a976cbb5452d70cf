"""People with programs of their own: what they call, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from tools.demo.client import API, Person

TIMEOUT = 60
PATIENCE = 60.0


@dataclass(frozen=True)
class Caller:
    """Calls once, and takes every answer as it comes."""

    url: str
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, language: str = "en") -> httpx.Response:
        return self.call("GET", path, {"Accept-Language": language})

    def order(
        self,
        method: str,
        path: str,
        language: str = "en",
        *,
        headers: dict[str, str] | None = None,
        **content: Any,
    ) -> httpx.Response:
        """Under a key of its own, unless the headers name one."""
        own = {"Accept-Language": language, "Idempotency-Key": str(uuid4())}
        return self.call(method, path, own | (headers or {}), **content)

    def call(
        self, method: str, path: str, headers: dict[str, str], **content: Any
    ) -> httpx.Response:
        return httpx.request(
            method,
            self.url + API + path,
            headers=self.headers | headers,
            cookies=self.cookies,
            timeout=TIMEOUT,
            **content,
        )


def caller(person: Person) -> Caller:
    """The same person, signed in as they are, with a program of their own."""
    known = person.http.headers
    headers = {
        name: known[name] for name in ("Origin", "Authorization") if name in known
    }
    return Caller(
        str(person.http.base_url).rstrip("/"), headers, dict(person.http.cookies)
    )


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The refusal, which must be this one, and be told as refusals are."""
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["title"]
    return told


def until(ask: Callable[[], Any], is_so: Callable[[Any], bool]) -> Any:
    """Ask again until it is so; the last answer when it never is."""
    deadline = monotonic() + PATIENCE
    while not is_so(found := ask()) and monotonic() < deadline:
        pass
    return found
