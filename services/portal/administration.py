"""The portal's own commands: its accounts live in its own log."""

from __future__ import annotations

import json
from asyncio import to_thread
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from services.portal import one_time
from services.portal.application import STAFF, Changes, NewAccount
from services.portal.desk import Desk, Place
from services.portal.domain import NO_CONTACT, Account, Contact, subject
from services.portal.errors import AccountNotFoundError
from shared import actor, commands
from shared.commands import Command


async def open_account(desk: Desk, new: NewAccount) -> Place:
    """The password is no part of what the command's digest remembers."""
    accounts, by = desk.parts.accounts, desk.actor
    what = ["open_account", new.username, new.name, new.agency, new.roles]
    return await acted(desk, what, lambda: accounts.open_account(new, by=by))


async def disable_account(desk: Desk, username: str) -> Place:
    """Out at once, wherever they are signed in."""
    accounts, by = desk.parts.accounts, desk.actor
    what = ["disable_account", username]
    place = await acted(desk, what, lambda: accounts.disable_account(username, by=by))
    await desk.parts.sessions.end_all(subject(username))
    return place


async def reopen_account(desk: Desk, username: str, password: str) -> Place:
    accounts, by = desk.parts.accounts, desk.actor
    what = ["reopen_account", username]
    return await acted(
        desk, what, lambda: accounts.reopen_account(username, password, by=by)
    )


async def change_account(desk: Desk, username: str, changes: Changes) -> Place:
    """Wherever they are signed in as who they were, they are out."""
    accounts, by = desk.parts.accounts, desk.actor
    what = ["change_account", username, changes.agency, changes.roles, changes.name]
    place = await acted(
        desk, what, lambda: accounts.change_account(username, changes, by=by)
    )
    if username != by.subject.removeprefix(STAFF):
        await desk.parts.sessions.end_all(subject(username))
    return place


async def reset_password(desk: Desk, username: str, password: str) -> Place:
    accounts, by = desk.parts.accounts, desk.actor
    what = ["reset_password", username]
    place = await acted(
        desk, what, lambda: accounts.reset_password(username, password, by=by)
    )
    await desk.parts.sessions.end_all(subject(username))
    return place


async def change_password(desk: Desk, present: str, password: str) -> Place:
    """One's own; from then on one signs in with it, everywhere anew."""
    accounts, by = desk.parts.accounts, desk.actor
    username = by.subject.removeprefix(STAFF)
    what = ["change_password", username]
    place = await acted(
        desk,
        what,
        lambda: accounts.change_password(username, present, password, by=by),
    )
    await desk.parts.sessions.end_all(by.subject)
    return place


async def change_contact(desk: Desk, username: str, contact: Contact) -> Place:
    """The address is no part of what the command's digest remembers."""
    accounts, by = desk.parts.accounts, desk.actor
    what = ["change_contact", username, contact.language, contact.wants_digest]
    return await acted(
        desk, what, lambda: accounts.change_contact(username, contact, by=by)
    )


async def contact_of(desk: Desk) -> Contact:
    """The reader's own."""
    username = desk.actor.subject.removeprefix(STAFF)
    account = await to_thread(desk.parts.accounts.find_account, username)
    return account.contact if account else NO_CONTACT


async def accounts(desk: Desk) -> list[dict[str, Any]]:
    by = desk.actor
    found = await to_thread(lambda: desk.parts.accounts.accounts(by=by))
    return [shown(account) for account in found]


async def account_with_history(
    desk: Desk, username: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    known, by = desk.parts.accounts, desk.actor
    history = await to_thread(lambda: known.account_history(username, by=by))
    account = await to_thread(known.find_account, username)
    if account is None:
        raise AccountNotFoundError(username)
    return shown(account), history


def shown(account: Account) -> dict[str, Any]:
    return {
        "username": account.username,
        "name": account.actor.name,
        "agency": account.agency,
        "roles": account.roles,
        "disabled": account.is_disabled,
        "email": account.contact.email,
        "must_change_password": account.must_change_password,
    }


async def add_factor(desk: Desk, secret: str, codes: list[str]) -> Place:
    """Neither secret nor spare codes are part of what the digest remembers."""
    accounts, by = desk.parts.accounts, desk.actor
    name, spare = by.subject.removeprefix(STAFF), [one_time.digest(x) for x in codes]
    what = ["add_factor", name]
    return await acted(
        desk, what, lambda: accounts.add_factor(name, secret, spare, by=by)
    )


async def remove_factor(desk: Desk, username: str) -> Place:
    accounts, by = desk.parts.accounts, desk.actor
    what = ["remove_factor", username]
    return await acted(desk, what, lambda: accounts.remove_factor(username, by=by))


async def forget(desk: Desk, subject: str) -> Place:
    """Out at once; then all that is kept of them goes, as our follower hears of it."""
    position = await desk.order_at_once("intake.forget", subject=subject)
    await desk.parts.sessions.end_all(subject)
    return await desk.place("intake", position)


async def acted(desk: Desk, what: list[Any], act: Callable[[], int]) -> Place:
    """Once under its key, on a thread of its own; the log knows who and why."""
    body = json.dumps([desk.actor.subject, what])
    command = Command(desk.key_of(), sha256(body.encode()).digest())

    def once() -> int:
        actor.bind(desk.actor)
        commands.bind(command)
        commands.bind_version(desk.version)
        return desk.parts.accounts.once(act)

    return Place("portal", await to_thread(once), is_fresh=True)
