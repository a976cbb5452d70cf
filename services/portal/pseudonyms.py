"""Under which name a citizen is known: never the number they are known by elsewhere."""

from __future__ import annotations

import hmac
from hashlib import sha256
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
LENGTH = 12


def citizen(key: bytes, identity: str) -> str:
    """The pseudonym of whoever has this personal number, or this name at an issuer."""
    digest = hmac.new(key, identity.strip().encode(), sha256).hexdigest()
    return f"citizen:{digest[:32]}"


def known(key: bytes, person: str) -> str:
    """The pseudonym of a personal number; a pseudonym stays what it is."""
    return person if person.startswith("citizen:") else citizen(key, person)


def tracking_code(key: bytes, dossier_id: UUID) -> str:
    """The address of a dossier's public page: guessed by nobody, the same each time."""
    digest = hmac.new(key, b"tracking " + dossier_id.bytes, sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def written(code: str) -> str:
    """A tracking code as a person may have typed it."""
    return code.replace("-", "").replace(" ", "").upper()
