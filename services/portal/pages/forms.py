"""What a form of ours does when it comes back: checked, done, or shown again filled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeGuard
from uuid import UUID, uuid4

import httpx
import psycopg
from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from psycopg_pool import PoolTimeout
from starlette.datastructures import MultiDict

from services.portal import signing_in
from services.portal.asking import signed_in
from services.portal.bus import ServiceFailedError, ServiceUnavailableError
from services.portal.desk import Desk, Place
from services.portal.errors import CrossSiteError, ProofWrongError
from services.portal.origin import is_our_form
from services.portal.pages.rendering import Attempt, language_of, page
from services.portal.parts import parts_of
from services.portal.problems import Problem
from shared.actor import STEPPED_UP, NotProvenError, StepUpNeededError
from shared.errors import DomainError, Refused

PROOF_WANTED = (StepUpNeededError.code, ProofWrongError.code)
NOT_CARRIED = ("form_token", "key", "proof")
AWAY = (ServiceUnavailableError, httpx.HTTPError, psycopg.OperationalError, PoolTimeout)

Entered = Mapping[str, Any]
Act = Callable[[Desk, Entered], Awaitable[Place | None]]
Show = Callable[[Attempt], Awaitable[Response]]


async def visitor(request: Request) -> Desk:
    """A desk in the language of the address; who comes from elsewhere is nobody yet."""
    try:
        session = await signed_in(request)
    except CrossSiteError:
        session = None
    state = request.state
    return Desk(parts_of(request), session, language_of(request), state.request_id)


async def person(desk: Annotated[Desk, Depends(visitor)]) -> Desk:
    if desk.session is None:
        raise NotProvenError
    return desk


Visitor = Annotated[Desk, Depends(visitor)]
Person = Annotated[Desk, Depends(person)]


async def submitted(
    request: Request, desk: Desk, act: Act, show: Show, *, then: str
) -> Response:
    """Do what the form asks, and go on; else show it again as it was entered."""
    entered = MultiDict(await request.form())
    if not is_our_form(request, str(entered.get("form_token", ""))):
        problem = Problem.of("form-expired", desk.language)
        return await show(Attempt(problem, entered))
    keyed = replace(desk, key=key_in(entered))
    try:
        keyed = await proven(request, keyed, entered)
        place = await act(keyed, entered)
    except (Refused, DomainError, ServiceFailedError, *AWAY) as error:
        problem = problem_of(error, desk.language)
        if problem.code in PROOF_WANTED:
            return prove_it(request, desk, Attempt(problem, entered))
        if problem.code == "key-reused":
            entered["key"] = str(uuid4())
        return await show(Attempt(problem, entered))
    return RedirectResponse(with_place(then, place), 303)


async def proven(request: Request, desk: Desk, entered: Entered) -> Desk:
    """Whoever proves again that it is them acts as one who has."""
    proof = str(entered.get("proof", ""))
    if not proof or desk.session is None or not desk.is_staff:
        return desk
    await signing_in.step_up(request, desk.session, proof)
    actor = replace(desk.actor, level=STEPPED_UP)
    return replace(desk, session=replace(desk.session, actor=actor))


def prove_it(request: Request, desk: Desk, attempt: Attempt) -> Response:
    """The same form once more, with all that was entered, and a place for the proof."""
    items = attempt.entered.multi_items() if has_items(attempt.entered) else []
    carried = [
        (name, value)
        for name, value in items
        if isinstance(value, str) and name not in NOT_CARRIED
    ]
    query = request.url.query
    here = f"{request.url.path}?{query}" if query else request.url.path
    return page(request, desk, "staff/prove.html", attempt, here=here, carried=carried)


def has_items(entered: Entered) -> TypeGuard[MultiDict]:
    return isinstance(entered, MultiDict)


def problem_of(error: Exception, language: str) -> Problem:
    match error:
        case Refused() | DomainError():
            return Problem.refused(error, language)
        case ServiceFailedError():
            return Problem.of("service-failed", language)
    return Problem.of("service-unavailable", language)


def key_in(entered: Entered) -> UUID:
    try:
        return UUID(str(entered.get("key")))
    except ValueError:
        return uuid4()


def with_place(address: str, place: Place | None) -> str:
    """The next page must show what was just done: it is told from where on."""
    if place is None or place.source != "workflow":
        return address
    return f"{address}{'&' if '?' in address else '?'}seen={place.position}"


def text(entered: Entered, name: str) -> str:
    value = entered.get(name, "")
    return value.strip() if isinstance(value, str) else ""
