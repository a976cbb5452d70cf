"""A template and its values, as a page in the reader's language."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from starlette.datastructures import MultiDict

from services.portal import languages, navigation, overview
from services.portal.built import asset
from services.portal.desk import Desk
from services.portal.origin import VISITOR, form_token, set_cookie, visitor_of
from services.portal.pages import fields
from services.portal.parts import parts_of
from services.portal.problems import Problem

FOLDER = Path(__file__).parents[1]
YEAR = 365 * 24 * 3600
SAID_ONCE = ("done", "vnp_")  # by us of what was just done, by the gateway of a payment

GOVUK = "govuk_frontend_jinja"


forgiving = Environment(
    loader=PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Ours(Environment):
    """Strict with our templates; the macros of GOV.UK Frontend come from beside."""

    def get_template(self, name: Any, *where: Any, **more: Any) -> Template:
        if isinstance(name, str) and name.startswith(f"{GOVUK}/"):
            return forgiving.get_template(name)
        return super().get_template(name, *where, **more)


environment = Ours(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
environment.globals |= {
    "asset": asset,
    "choice_items": fields.choice_items,
    "date_parts": fields.date_parts,
}
forgiving.globals = environment.globals  # equal ones let imported macros be kept
environment.filters["time"] = languages.shown_time
environment.filters["hour"] = languages.shown_hour
environment.filters["date"] = languages.shown_date


@dataclass(frozen=True)
class Attempt:
    """What somebody entered, and why it was not done; empty at the first look."""

    problem: Problem | None = None
    entered: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return self.problem.status if self.problem else 200


FIRST_LOOK = Attempt()


@cache
def style(name: str) -> str:
    """The address of a style sheet changes with its content."""
    digest = sha256((FOLDER / "static" / name).read_bytes()).hexdigest()
    return f"/static/{name}?{digest[:8]}"


def is_translated(request: Request) -> bool:
    """The address itself says the language."""
    return request.url.path.split("/")[1] in languages.LANGUAGES


def language_of(request: Request) -> str:
    """The one in the address, or the browser's."""
    if is_translated(request):
        return request.url.path[1:3]
    return languages.preferred(request.headers.get("accept-language"))


def in_language(request: Request, language: str) -> str:
    """The same page, asked for the same, in another language; so is what comes next."""
    if not is_translated(request):
        return f"/{language}/"
    asked = [
        (name, translated(value, language) if name == "next" else value)
        for name, value in request.query_params.multi_items()
        if not name.startswith(SAID_ONCE)
    ]
    rest = f"?{urlencode(asked)}" if asked else ""
    return f"/{language}{request.url.path[3:]}{rest}"


def translated(address: str, language: str) -> str:
    """The address of a page of ours, in another language."""
    first = address[1:].split("/", 1)[0]
    return f"/{language}{address[3:]}" if first in languages.LANGUAGES else address


def page(
    request: Request,
    desk: Desk,
    template: str,
    attempt: Attempt = FIRST_LOOK,
    **values: Any,
) -> Response:
    visitor = visitor_of(request) or secrets.token_urlsafe(24)
    html = environment.get_template(template).render(
        **common(request, desk),
        form_token=form_token(request, visitor),
        key=attempt.entered.get("key") or uuid4(),
        problem=attempt.problem,
        entered=attempt.entered,
        done=request.query_params.get("done", ""),
        **values,
    )
    response = HTMLResponse(html, attempt.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = desk.language
    if not visitor_of(request):
        set_cookie(desk.parts, response, VISITOR, visitor, YEAR)
    return response


def common(request: Request, desk: Desk) -> dict[str, Any]:
    """What every page says in the words of its reader."""
    language, directory = desk.language, desk.parts.directory
    return {
        "language": language,
        "languages": {each: in_language(request, each) for each in languages.LANGUAGES},
        "nonce": getattr(request.state, "nonce", ""),
        "session": desk.session,
        "is_staff": desk.is_staff,
        "request_id": desk.request_id,
        "path": request.url.path,
        "navigation": navigation.shown(desk, request.url.path),
        "now": desk.parts.now(),
        "signed_in_until": desk.session and desk.session.until(desk.parts.now()),
        "word": partial(said_in, language),
        "colon": languages.colon(language),
        "is_word": lambda key: key in languages.texts("words"),
        "said": partial(spoken_in, language),
        "money": partial(money_in, language),
        "number": partial(languages.shown_number, language=language),
        "status_name": lambda code: overview.status_name(code, language, directory),
        "unit_name": lambda unit: overview.unit_name(unit, language, directory),
        "role_name": lambda role: overview.role_name(role, language, directory),
        "label_of": lambda enum, code: overview.label_of(
            enum, code, language, directory
        ),
        "urgency": overview.urgency,
        "why_moved": lambda reason: overview.why_moved(reason, language),
        "ticked": ticked,
    }


def ticked(entered: Mapping[str, Any], name: str) -> list[str]:
    """Every value that was ticked under one name."""
    values = entered.getlist(name) if isinstance(entered, MultiDict) else []
    return [each.strip() for each in values if isinstance(each, str) and each.strip()]


def said_in(language: str, key: str, **values: Any) -> str:
    return languages.word(key, language, **values)


def spoken_in(language: str, text: Any) -> str:
    return languages.said(text, language)


def money_in(language: str, amount: int | None) -> str:
    return languages.shown_money(amount, language)


async def failure_page(request: Request, problem: Problem) -> Response:
    """Why this page cannot be shown. Not signed in: where one does that."""
    language = language_of(request)
    if problem.code == "not-proven" and request.method == "GET":
        return RedirectResponse(sign_in_address(request, language), 303)
    desk = Desk(parts_of(request), None, language, request.state.request_id)
    return page(request, desk, "failure.html", Attempt(problem))


def sign_in_address(request: Request, language: str) -> str:
    """Where one signs in, and from there back to what one wanted to see."""
    here, query = request.url.path, request.url.query
    wanted = quote(f"{here}?{query}" if query else here)
    return f"{sign_in_place(here, language)}?next={wanted}"


def sign_in_place(here: str, language: str) -> str:
    """Officers have a door of their own."""
    is_staff = here.startswith(f"/{language}/staff")
    return f"/{language}{'/staff' if is_staff else ''}/sign-in"
