"""What a provider signed: read only when it is its own, for us, and still valid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.portal.errors import IdentityRefusedError
from shared.clock import Clock

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY = 30  # seconds that clocks may differ


@dataclass(frozen=True)
class Reader:
    """Reads for one client what one issuer signed."""

    issuer: str
    client_id: str
    clock: Clock

    def id_token(self, token: str, keys: KeySet, nonce: str) -> dict[str, Any]:
        """Who signed in: for us, in this sign-in."""
        more = {
            "nonce": {"essential": True, "value": nonce},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        claims = self._read(token, keys, more)
        self._require_meant_for_us(claims)
        return claims

    def userinfo(self, token: str, keys: KeySet) -> dict[str, Any]:
        """What else is known of them, signed like the token itself."""
        return self._read(token, keys, {})

    def _read(self, token: str, keys: KeySet, more: Any) -> dict[str, Any]:
        try:
            found = jwt.decode(token, keys, ALGORITHMS)
            jwt.JWTClaimsRegistry(
                now=int(self.clock().timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                sub={"essential": True},
                **more,
            ).validate(found.claims)
        except (JoseError, ValueError) as error:
            raise IdentityRefusedError from error
        return dict(found.claims)

    def _require_meant_for_us(self, claims: dict[str, Any]) -> None:
        """Several readers, or a named one: it must be us."""
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.client_id:
            raise IdentityRefusedError


def key_of(token: str) -> str | None:
    """Which key a token says it was signed with; nothing of it is believed yet."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError):
        return None
    kid = header.get("kid")
    return str(kid) if kid else None
