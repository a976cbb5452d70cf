"""The provider's signing key, kept so that a restart troubles nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from infra.embedded.files import write_private


class Signer:
    def __init__(self, file: Path) -> None:
        if not file.exists():
            made = RSAKey.generate_key(2048, auto_kid=True)
            write_private(file, json.dumps(made.as_dict(private=True)))
        self._key = RSAKey.import_key(json.loads(file.read_text()))

    def public_keys(self) -> dict[str, Any]:
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "alg": "RS256", "use": "sig"}]}

    def sign(self, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key)

    def knows(self, token: str) -> bool:
        """It signed this once; how long ago does not matter to who leaves."""
        try:
            jwt.decode(token, self._key, ["RS256"])
        except (JoseError, ValueError):
            return False
        return True
