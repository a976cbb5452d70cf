"""Officers' passwords: hashed by argon2id, compared in the same time for all."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.portal.errors import PasswordWeakError

SHORTEST = 12

_hasher = PasswordHasher()
_nobodys = _hasher.hash("the password of nobody")


def hashed(password: str) -> str:
    """What is stored. Raises PasswordWeakError before anything is."""
    if len(password) < SHORTEST:
        raise PasswordWeakError
    return _hasher.hash(password)


def matches(password: str, hash: str | None) -> bool:
    """The password belongs to the hash; without a hash it takes as long to say no."""
    try:
        return _hasher.verify(hash or _nobodys, password) and hash is not None
    except (VerificationError, InvalidHashError):
        return False
