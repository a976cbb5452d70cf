"""Signing in: officers by their password, citizens by the word of their provider."""

from __future__ import annotations

from asyncio import to_thread
from datetime import datetime

from fastapi import Request

from services.portal import codes, passwords, proving, pseudonyms
from services.portal.application import STAFF
from services.portal.errors import CodeNeededError, ProofWrongError, SignInRefusedError
from services.portal.identity import Identity
from services.portal.parts import Parts, parts_of
from services.portal.sessions import Session
from shared.actor import Actor


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


async def officer(
    request: Request, username: str, password: str, code: str = ""
) -> tuple[str, Session]:
    """Unknown, closed or wrong: the same answer, after the same time."""
    parts, address = parts_of(request), address_of(request)
    name = username.strip().lower()
    parts.attempts.begin(name, address)
    account = await to_thread(parts.accounts.find_account, name)
    hash = account.password_hash if account and not account.is_disabled else None
    if not await to_thread(passwords.matches, password, hash) or account is None:
        raise SignInRefusedError
    if account.factor and not code.strip():
        raise CodeNeededError
    if account.factor and not await proving.has_code(parts, account, code):
        raise SignInRefusedError
    parts.attempts.succeeded(name, address)
    known = account.newcomer if account.must_change_password else account.actor
    token, session = await parts.sessions.begin(known)
    await require_still_open(parts, name, session)
    return token, session


async def step_up(request: Request, session: Session, proof: str) -> datetime:
    """The officer is still the one before the screen: they can show it."""
    parts, address = parts_of(request), address_of(request)
    name = session.actor.subject.removeprefix(STAFF)
    parts.attempts.begin(name, address)
    account = await to_thread(parts.accounts.find_account, name)
    if not await proving.proves(parts, account, proof):
        raise ProofWrongError
    parts.attempts.succeeded(name, address)
    return await parts.sessions.step_up(session)


async def require_still_open(parts: Parts, name: str, session: Session) -> None:
    """Closed between the look at the account and the session: out again."""
    account = await to_thread(parts.accounts.find_account, name)
    if account is None or account.is_disabled:
        await parts.sessions.end(session)
        raise SignInRefusedError


async def citizen(parts: Parts, identity: Identity) -> tuple[str, Session]:
    """Known by a pseudonym from now on; the number itself is for their forms only.

    Who represents a business acts for it: what is filed is the business's.
    """
    key = parts.settings.pseudonym_key
    code = identity.business
    business = pseudonyms.citizen(key, code) if code else None
    actor = Actor(
        pseudonyms.citizen(key, identity.name),
        kind="citizen",
        level=identity.level,
        on_behalf_of=business,
        business=business,
    )
    return await parts.sessions.begin(
        actor,
        identity.claims,
        provider=identity.provider,
        id_token=identity.id_token,
    )


async def phone(parts: Parts, number: str) -> tuple[str, Session]:
    """Known by a pseudonym of the number: nobody vouches for more than the phone."""
    name = codes.name_of(number)
    subject = pseudonyms.citizen(parts.settings.pseudonym_key, name)
    actor = Actor(subject, kind="citizen", level=1)
    return await parts.sessions.begin(actor, {"phone_number": number})
