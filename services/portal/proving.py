"""That it is really this officer: by their password, or by what they have."""

from __future__ import annotations

from asyncio import to_thread

from services.portal import one_time, passwords
from services.portal.domain import Account, subject
from services.portal.parts import Parts
from shared.errors import DomainError
from shared.personal import Personal


async def has_code(parts: Parts, account: Account, entered: str) -> bool:
    """A code of their app, not used before; or one of the spare codes."""
    if not isinstance(account.factor, Personal):
        return False
    step = one_time.step_of(account.factor.value, entered, parts.now())
    if step is not None:
        return await parts.used_steps.use(subject(account.username), step)
    digest = one_time.digest(entered)
    if digest not in account.spare:
        return False
    try:
        await to_thread(parts.accounts.use_spare, account.username, digest)
    except DomainError:
        return False
    return True


async def proves(parts: Parts, account: Account | None, proof: str) -> bool:
    """Once more: by the second factor where there is one, else by the password."""
    if account is not None and account.factor and not account.is_disabled:
        return await has_code(parts, account, proof)
    is_open = account is not None and not account.is_disabled
    hash = account.password_hash if account and is_open else None
    return await to_thread(passwords.matches, proof, hash)
