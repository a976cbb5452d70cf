"""One person in front of Guichet: what they ask, order, and are refused."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx

from tools.demo.files import Scan

API = "/api/v1"
PATIENCE = 15.0  # seconds in which a service may come back
AGAIN = {500, 502, 503, 504}  # under the same key nothing happens twice
FORBIDDEN, PROOF_WANTED = 403, '"step-up-needed"'
GONE = 401  # the session has ended
BEATEN = (0.05, 0.1, 0.2, 0.5, 1.0)  # seconds
Json = dict[str, Any]
Found = TypeVar("Found")
Who = TypeVar("Who", bound=Hashable)


class RefusedError(Exception):
    """A call was answered with a problem: who asked what, and why not."""

    def __init__(self, person: str, call: str, status: int, problem: Json) -> None:
        self.person, self.call, self.status = person, call, status
        self.code = str(problem.get("code", "none"))
        self.detail = str(problem.get("detail") or problem.get("title") or "")
        self.errors = problem.get("errors") or []
        request = problem.get("request_id", "unknown")
        said = f"{person}: {call}: {status} {self.code}: {self.detail}"
        super().__init__(f"{said} [request {request}]")


class UnansweredError(Exception):
    """A call was not answered in the time that a service has to come back."""


@dataclass(frozen=True)
class Acknowledged:
    """An order that Guichet has answered: from now on it may not be lost."""

    key: str
    person: str
    call: str
    answer: Json


Journal = Callable[[Acknowledged], None]


Enter = Callable[["Person"], Awaitable[None]]


class Person:
    """Calls as one person. An order that was not answered is given again, as before.

    Who was away for long is asked to sign in again, does so, and goes on.
    """

    def __init__(
        self,
        name: str,
        http: httpx.AsyncClient,
        *,
        journal: Journal = lambda _: None,
        patience: float = PATIENCE,
    ) -> None:
        self.name, self.http = name, http
        self._journal, self._patience = journal, patience
        self._enter: Enter | None = None
        self._prove: Enter | None = None
        self._entering, self._entered = asyncio.Lock(), 0

    async def enter(self, enter: Enter) -> Person:
        """Sign in this way, now and whenever the session has ended."""
        await enter(self)
        self._enter = enter
        return self

    def prove_by(self, prove: Enter) -> None:
        """How they show once more who they are, when they answer for something."""
        self._prove = prove

    async def _enter_again(self, last_seen: int) -> None:
        """Once, however many of their calls found the door closed."""
        async with self._entering:
            if self._enter and self._entered == last_seen:
                enter, self._enter = self._enter, None
                await enter(self)
                self._enter, self._entered = enter, self._entered + 1

    async def ask(self, path: str, **parameters: Any) -> Json:
        answer = await self._answered("GET", path, params=parameters)
        found: Json = answer.json()
        return found

    async def download(self, path: str) -> bytes:
        return (await self._answered("GET", path)).content

    async def order(self, method: str, path: str, body: Json | None = None) -> Json:
        """Under a key of its own, which stays the same when it is given again."""
        content = {} if body is None else {"json": body}
        return await self._order(method, path, {}, **content)

    async def hand_in(self, path: str, scan: Scan) -> Json:
        headers = {"Content-Type": scan.media_type, "X-File-Name": quote(scan.name)}
        return await self._order("PUT", path, headers, content=scan.content)

    async def _order(
        self, method: str, path: str, headers: dict[str, str], **content: Any
    ) -> Json:
        key = str(uuid4())
        headers = {**headers, "Idempotency-Key": key}
        answer = await self._unbeaten(method, path, headers=headers, **content)
        told: Json = answer.json() if answer.content else {}
        self._journal(Acknowledged(key, self.name, f"{method} {path}", told))
        return told

    async def _unbeaten(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Dossiers are worked side by side: who was not the first tries again."""
        for pause in BEATEN:
            try:
                return await self._answered(method, path, **request)
            except RefusedError as refusal:
                if refusal.code != "conflict":
                    raise
                await asyncio.sleep(pause)
        return await self._answered(method, path, **request)

    async def _answered(self, method: str, path: str, **request: Any) -> httpx.Response:
        deadline, pause, call = monotonic() + self._patience, 0.1, f"{method} {path}"
        entered = self._entered
        while True:
            why, answer = await self._tried(method, path, **request)
            if answer is not None and answer.status_code == GONE and self._enter:
                await self._enter_again(entered)
                why, answer = await self._tried(method, path, **request)
            if answer is not None and self._prove and is_proof_wanted(answer):
                await self._prove(self)
                why, answer = await self._tried(method, path, **request)
            if answer is not None and answer.status_code not in AGAIN:
                return checked(self.name, call, answer)
            if monotonic() > deadline:
                raise UnansweredError(f"{self.name}: {call}: {why}")
            await asyncio.sleep(pause)
            pause = min(2 * pause, 2.0)

    async def _tried(
        self, method: str, path: str, **request: Any
    ) -> tuple[str, httpx.Response | None]:
        try:
            answer = await self.http.request(method, API + path, **request)
        except httpx.TransportError as error:
            return repr(error), None
        return f"{answer.status_code} {answer.text[:200]}", answer


def is_proof_wanted(answer: httpx.Response) -> bool:
    return answer.status_code == FORBIDDEN and PROOF_WANTED in answer.text


def checked(person: str, call: str, answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    is_problem = "json" in answer.headers.get("content-type", "")
    problem = answer.json() if is_problem else {"detail": answer.text[:200]}
    raise RefusedError(person, call, answer.status_code, problem)


class Present(Generic[Who]):
    """Persons by what makes them who they are; each comes once, and stays."""

    def __init__(self, come: Callable[[Who], Awaitable[Person]]) -> None:
        self._come = come
        self._here: dict[Who, asyncio.Task[Person]] = {}

    async def find(self, who: Who) -> Person:
        if who not in self._here:
            self._here[who] = asyncio.ensure_future(self._come(who))
        try:
            return await self._here[who]
        except Exception:
            self._here.pop(who, None)  # whoever asks next may have more luck
            raise


async def until(
    ask: Callable[[], Awaitable[Found]],
    is_so: Callable[[Found], bool],
    *,
    what: str,
    seconds: float = 60.0,
) -> Found:
    """Ask again, a little less often each time, until it is so."""
    deadline, pause = monotonic() + seconds, 0.05
    while not is_so(found := await ask()):
        if monotonic() > deadline:
            raise UnansweredError(f"{what}: not after {seconds:.0f} s: {found}"[:600])
        await asyncio.sleep(pause)
        pause = min(1.4 * pause, 1.0)
    return found
