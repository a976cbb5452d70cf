"""To the identity provider and back, for oneself or for a business."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Literal
from urllib.parse import quote

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import signing_in
from services.portal.desk import Desk
from services.portal.errors import (
    BusinessMissingError,
    IdentityRefusedError,
    ProviderUnknownError,
)
from services.portal.identity import Pending, Provider
from services.portal.origin import VISITOR, drop_cookie
from services.portal.pages.own_cookies import PENDING, inside, keep, kept, let_in
from services.portal.pages.rendering import Attempt, language_of, page
from services.portal.pages.sign_in import end_present
from services.portal.parts import CALLBACK, Parts, parts_of
from services.portal.problems import Problem

router = APIRouter()

As = Literal["person", "business"]
UNREADABLE = (IdentityRefusedError, BusinessMissingError, JSONDecodeError, KeyError)


@router.get("/sign-in")
async def go(
    request: Request, next: str = "", provider: str = "", whose: As = "person"
) -> Response:
    """To the provider chosen, or the first; then back to where one wanted to go."""
    parts, language = parts_of(request), spoken(request, next)
    chosen = chosen_of(parts, provider)
    as_business = whose == "business" and chosen.settings.takes_businesses
    pending = Pending.begin(
        chosen.settings.id,
        inside(next) or f"/{language}/dossiers",
        language=language,
        as_business=as_business,
    )
    try:
        place = await chosen.address(pending)
    except (httpx.HTTPError, *UNREADABLE):
        return not_signed_in(request, pending, "provider-away")
    response = RedirectResponse(place, 303)
    keep(parts, response, cookie_of(pending.state), pending.as_dict())
    return response


@router.get(f"{CALLBACK}/{{provider}}")
async def come_back(request: Request, provider: str) -> Response:
    """Believed only when all of it fits what this browser began."""
    parts = parts_of(request)
    pending = pending_of(request, parts)
    chosen = chosen_of(parts, provider)
    try:
        identity = await chosen.identity(pending, dict(request.query_params))
    except httpx.HTTPError:
        return not_signed_in(request, pending, "provider-away")
    except UNREADABLE as error:
        code = getattr(error, "code", IdentityRefusedError.code)
        return not_signed_in(request, pending, cause(request, code))
    await end_present(request, parts)
    begun = await signing_in.citizen(parts, identity)
    response = RedirectResponse(pending.next, 303)
    let_in(parts, response, *begun)
    for name in (cookie_of(pending.state), VISITOR):
        drop_cookie(parts, response, name)
    return response


def cause(request: Request, code: str) -> str:
    """Who changed their mind at the provider is told so, and not accused."""
    is_denied = request.query_params.get("error") == "access_denied"
    return "sign-in-given-up" if is_denied else code


def not_signed_in(request: Request, pending: Pending, code: str) -> Response:
    """The ways in once more, with what went wrong; the wish is not forgotten."""
    parts, language = parts_of(request), pending.language
    desk = Desk(parts, None, language, request.state.request_id)
    known = [each.settings for each in parts.providers.values()]
    attempt = Attempt(Problem.of(code, language))
    wanted = quote(pending.next)
    return page(request, desk, "sign_in.html", attempt, next=wanted, providers=known)


def chosen_of(parts: Parts, name: str) -> Provider:
    found = parts.providers.get(name) if name else next(iter(parts.providers.values()))
    if found is None:
        raise ProviderUnknownError(name)
    return found


def pending_of(request: Request, parts: Parts) -> Pending:
    """The sign-in this very browser began."""
    name = cookie_of(request.query_params.get("state", ""))
    began = kept(request, parts, name)
    if began is None:
        raise IdentityRefusedError
    return Pending(**began)


def cookie_of(state: str) -> str:
    """Each sign-in has its own: two tabs do not disturb each other."""
    return f"{PENDING}_{state[:8]}"


def spoken(request: Request, next: str) -> str:
    """The language of the page one comes from, else the browser's."""
    first = next.split("/")[1] if inside(next) else ""
    return first if first in ("vi", "en", "fr") else language_of(request)
