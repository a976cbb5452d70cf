"""Random secrets, made once, kept in one file that only its owner can read."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from threading import RLock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from infra.embedded.files import write_private


class Secrets:
    """Asked for a secret it does not have, it makes one and remembers it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = RLock()
        self._values: dict[str, str] = (
            json.loads(file.read_text()) if file.exists() else {}
        )

    def password(self, name: str) -> str:
        return self._get(name, lambda: secrets.token_urlsafe(24))

    def pin(self, name: str) -> str:
        return self._get(name, lambda: f"{secrets.randbelow(10**8):08}")

    def key(self, name: str) -> str:
        """32 random bytes, in base64."""
        return self._get(name, lambda: b64encode(secrets.token_bytes(32)).decode())

    def actor_private_key(self) -> str:
        return self._get("actor_private_key", new_private_key)

    def actor_public_key(self) -> str:
        private = load_pem_private_key(self.actor_private_key().encode(), None)
        form = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return private.public_key().public_bytes(*form).decode()

    def _get(self, name: str, make: Callable[[], str]) -> str:
        with self._lock:
            if name not in self._values:
                self._values[name] = make()
                write_private(self._file, json.dumps(self._values, indent=1))
            return self._values[name]


def new_private_key() -> str:
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Ed25519PrivateKey.generate().private_bytes(*form).decode()
