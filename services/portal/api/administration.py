"""Accounts, the catalogue, and the right to be forgotten."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.portal import administration
from services.portal.api.answers import done
from services.portal.api.models import (
    AccountAnswer,
    Catalogue,
    ChangeAccount,
    Done,
    Erasure,
    NewPassword,
    OpenAccount,
)
from services.portal.application import Changes, NewAccount
from services.portal.asking import Known, Ordering

router = APIRouter(tags=["administration"])


@router.put("/catalogue", response_model=Done)
async def publish(wanted: Catalogue, desk: Ordering) -> Any:
    """Publish versions of procedures, all of them or none."""
    place = await desk.order("intake.publish_procedures", **wanted.model_dump())
    return done(place)


@router.post("/accounts", status_code=201, response_model=Done)
async def open_account(wanted: OpenAccount, desk: Ordering) -> Any:
    """Let an officer in."""
    new = NewAccount(
        wanted.username,
        wanted.name,
        wanted.agency,
        wanted.roles,
        wanted.password.get_secret_value(),
    )
    return done(await administration.open_account(desk, new), 201)


@router.get("/accounts", response_model=list[AccountAnswer])
async def accounts(desk: Known) -> Any:
    """Who may sign in."""
    return await administration.accounts(desk)


@router.delete("/accounts/{username}", response_model=Done)
async def disable_account(username: str, desk: Ordering) -> Any:
    """Let an officer in no more; wherever they are signed in, they are out."""
    return done(await administration.disable_account(desk, username))


@router.put("/accounts/{username}", response_model=Done)
async def change_account(username: str, wanted: ChangeAccount, desk: Ordering) -> Any:
    """Say who an officer is now; wherever they are signed in, they are out."""
    changes = Changes(wanted.name, wanted.agency, wanted.roles, wanted.email)
    return done(await administration.change_account(desk, username, changes))


@router.post("/accounts/{username}/password", response_model=Done)
async def reset_password(username: str, wanted: NewPassword, desk: Ordering) -> Any:
    """Give an officer a password that is good for one sign-in."""
    password = wanted.password.get_secret_value()
    return done(await administration.reset_password(desk, username, password))


@router.post("/accounts/{username}/opening", response_model=Done)
async def reopen_account(username: str, wanted: NewPassword, desk: Ordering) -> Any:
    """Let an officer in again."""
    password = wanted.password.get_secret_value()
    return done(await administration.reopen_account(desk, username, password))


@router.post("/erasures", response_model=Done)
async def forget(wanted: Erasure, desk: Ordering) -> Any:
    """Make all that is personal about somebody unreadable, for ever."""
    return done(await administration.forget(desk, wanted.subject))
