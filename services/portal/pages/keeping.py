"""A form that comes when its session has ended: kept, and shown filled again."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import Message

from services.portal.errors import PageNotFoundError
from services.portal.kept_forms import KeptForm
from services.portal.origin import is_ours
from services.portal.pages.forms import Person
from services.portal.pages.own_cookies import LAST, kept
from services.portal.pages.rendering import is_translated, language_of, sign_in_place
from services.portal.parts import parts_of

router = APIRouter()

LARGEST = 256 * 1024  # bytes of a form without its files
NEVER_KEPT = ("form_token", "password", "proof")
FORM = "application/x-www-form-urlencoded"
LEFT_OUT = (b"content-length", b"content-type", b"sec-fetch-site", b"origin")


async def kept_for_later(request: Request) -> Response | None:
    """To sign in, and from there to the filled form; nothing when it is not ours."""
    parts, language = parts_of(request), language_of(request)
    last = kept(request, parts, LAST)
    if last is None or not (is_translated(request) and is_ours(request)):
        return None
    if request.headers.get("sec-fetch-mode", "navigate") != "navigate":
        return None  # a script asked, and tells its person itself
    if not 0 < length_of(request) <= LARGEST:
        return None
    form = KeptForm(request.url.path, typed((await request.form()).multi_items()))
    if not form.fields:
        return None
    form_id = await parts.kept_forms.keep(last["subject"], form)
    place = sign_in_place(request.url.path, language)
    wanted = quote(f"/{language}/kept/{form_id}")
    return RedirectResponse(f"{place}?done=form_kept&next={wanted}", 303)


@router.get("/kept/{form_id}")
async def filled_again(request: Request, form_id: UUID, desk: Person) -> Response:
    """The page it came from, filled: nothing is done until it is sent once more."""
    form = await desk.parts.kept_forms.find(form_id, desk.actor.subject)
    if form is None:
        raise PageNotFoundError
    return await Again(request, form).answer()


class Again:
    """The kept form as if it came now, without any mark that it is ours to be done."""

    def __init__(self, request: Request, form: KeptForm) -> None:
        self._body = urlencode([*form.fields, ("form_token", "")]).encode()
        self._app = request.app
        said = request.scope["headers"]
        headers = [each for each in said if each[0] not in LEFT_OUT]
        length = str(len(self._body)).encode()
        own = [(b"content-type", FORM.encode()), (b"content-length", length)]
        self._scope = {
            **{key: request.scope[key] for key in ("type", "asgi", "http_version")},
            **{key: request.scope.get(key) for key in ("scheme", "server", "client")},
            "method": "POST",
            "path": form.path,
            "raw_path": form.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [*headers, *own],
            "state": dict(request.scope.get("state", {})),
        }

    async def answer(self) -> Response:
        found = Response()
        chunks: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": self._body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                found.status_code = message["status"]
                found.raw_headers = list(message["headers"])
            else:
                chunks.append(message.get("body", b""))

        await self._app(self._scope, receive, send)
        found.body = b"".join(chunks)
        return found


def typed(items: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    """Words and choices; no files, and nothing that proves who somebody is."""
    return [
        (name, value)
        for name, value in items
        if isinstance(value, str) and name not in NEVER_KEPT
    ]


def length_of(request: Request) -> int:
    said = request.headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0
