"""Accounts of officers: looked for, opened, changed, closed; and one's own password."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import administration, history
from services.portal.application import STAFF, Changes, NewAccount
from services.portal.desk import Desk, Place
from services.portal.domain import ROLES, Contact, require_administrator
from services.portal.errors import NothingChosenError, UsernameInvalidError
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page, ticked
from services.portal.signing_in import address_of
from shared.search_words import search_words

router = APIRouter()

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
STATES = ("open", "closed", "any")


@dataclass(frozen=True)
class Wanted:
    query: str
    unit: str
    role: str
    state: str

    @classmethod
    def read(cls, request: Request) -> Wanted:
        given = request.query_params
        state = given.get("state", "open")
        query, unit, role = (
            given.get(name, "").strip()[:200] for name in ("query", "unit", "role")
        )
        return cls(query, unit, role, state if state in STATES else "open")

    def has(self, account: dict[str, Any]) -> bool:
        words = f"{account['name']} {account['username']} {account['email']}"
        known = search_words(words)
        return (
            all(any(w.startswith(q) for w in known) for q in search_words(self.query))
            and self.unit in ("", account["agency"])
            and (not self.role or self.role in account["roles"])
            and self.state in ("any", "closed" if account["disabled"] else "open")
        )


@router.get("/staff/admin/accounts")
async def accounts(request: Request, desk: Person) -> Response:
    require_staff(desk)
    wanted, found = Wanted.read(request), await administration.accounts(desk)
    items = sorted(filter(wanted.has, found), key=lambda each: each["username"])
    return page(
        request,
        desk,
        "staff/accounts.html",
        items=items,
        wanted=wanted,
        **choices(desk),
    )


@router.get("/staff/admin/accounts/new")
async def new(request: Request, desk: Person) -> Response:
    return await show_new(request, desk, FIRST_LOOK)


@router.post("/staff/admin/accounts/new")
async def open_account(request: Request, desk: Person) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> Place:
        username, changes = text(entered, "username").lower(), changes_in(entered)
        if not USERNAME.fullmatch(username):
            raise UsernameInvalidError(username)
        password = str(entered.get("password", ""))
        known = (username, changes.name, changes.agency, changes.roles, password)
        place = await administration.open_account(desk, NewAccount(*known))
        await administration.reset_password(apart(desk, "reset"), username, password)
        if changes.email:
            contact = Contact(changes.email)
            await administration.change_contact(apart(desk, "mail"), username, contact)
        return place

    async def again(attempt: Attempt) -> Response:
        return await show_new(request, desk, attempt)

    then = f"{here(desk)}?done=account_opened"
    return await submitted(request, desk, act, again, then=then)


@router.get("/staff/admin/accounts/{username}")
async def account(request: Request, username: str, desk: Person) -> Response:
    return await show(request, desk, username, FIRST_LOOK)


@router.post("/staff/admin/accounts/{username}")
async def change(request: Request, username: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await administration.change_account(desk, username, changes_in(entered))

    return await changed(request, desk, username, act)


@router.post("/staff/admin/accounts/{username}/password")
async def reset(request: Request, username: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        password = str(entered.get("password", ""))
        return await administration.reset_password(desk, username, password)

    return await changed(request, desk, username, act)


@router.post("/staff/admin/accounts/{username}/closing")
async def close(request: Request, username: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await administration.disable_account(desk, username)

    return await changed(request, desk, username, act)


@router.post("/staff/admin/accounts/{username}/opening")
async def reopen(request: Request, username: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        password = str(entered.get("password", ""))
        return await administration.reopen_account(desk, username, password)

    return await changed(request, desk, username, act)


@router.get("/staff/password")
async def own_password(request: Request, desk: Person) -> Response:
    require_staff(desk)
    return page(request, desk, "staff/own_password.html")


@router.post("/staff/password")
async def change_own_password(request: Request, desk: Person) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> Place:
        name, address = desk.actor.subject.removeprefix(STAFF), address_of(request)
        desk.parts.attempts.begin(name, address)
        present, password = (str(entered.get(n, "")) for n in ("present", "password"))
        place = await administration.change_password(desk, present, password)
        desk.parts.attempts.succeeded(name, address)
        return place

    async def again(attempt: Attempt) -> Response:
        return page(request, desk, "staff/own_password.html", attempt)

    then = f"/{desk.language}/staff/sign-in?done=password_changed"
    return await submitted(request, desk, act, again, then=then)


async def changed(request: Request, desk: Desk, username: str, act: Act) -> Response:
    require_staff(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, username, attempt)

    then = f"{here(desk)}/{username}?done=done"
    return await submitted(request, desk, act, again, then=then)


async def show_new(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    require_administrator(desk.actor)
    return page(request, desk, "staff/account_new.html", attempt, **choices(desk))


async def show(
    request: Request, desk: Desk, username: str, attempt: Attempt
) -> Response:
    require_staff(desk)
    item, past = await administration.account_with_history(desk, username)
    told = [
        each | {"sentence": history.sentence(each["topic"], desk.language)}
        for each in past
    ]
    return page(
        request,
        desk,
        "staff/account_admin.html",
        attempt,
        item=item,
        history=told,
        called=await naming(desk),
        **choices(desk),
    )


def changes_in(entered: Entered) -> Changes:
    name, roles = text(entered, "name"), ticked(entered, "roles")
    if not name:
        raise NothingChosenError("name")
    if not roles:
        raise NothingChosenError("roles")
    return Changes(name, text(entered, "agency") or None, roles, text(entered, "email"))


def choices(desk: Desk) -> dict[str, Any]:
    return {"units": desk.parts.directory.units, "roles": sorted(ROLES)}


def apart(desk: Desk, part: str) -> Desk:
    """What one request asks for besides has a key of its own."""
    return replace(desk, key=desk.key_of(part))


def here(desk: Desk) -> str:
    return f"/{desk.language}/staff/admin/accounts"
