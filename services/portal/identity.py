"""Who a citizen is: said by the identity provider, checked before it is believed."""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.portal.errors import IdentityRefusedError
from shared.clock import Clock

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
SCOPE = "openid profile email phone"
KEPT = 3600.0  # seconds the provider's own description is believed
LEEWAY = 30  # seconds that clocks may differ

LEVELS = {"1": 1, "2": 2, "eidas1": 1, "eidas2": 2, "eidas3": 2}
PREFILLED = (
    "name",
    "family_name",
    "given_name",
    "birthdate",
    "gender",
    "personal_id",
    "phone_number",
    "email",
)


@dataclass(frozen=True)
class Pending:
    """A sign-in that waits for the person to come back from the provider."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, next: str) -> Pending:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, next)

    @property
    def challenge(self) -> str:
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them, and how sure it is."""

    name: str  # unique for ever; never shown, never stored
    level: int
    claims: dict[str, Any]


@dataclass(frozen=True)
class Client:
    """What the provider knows of us."""

    issuer: str
    id: str
    secret: str
    redirect_uri: str


class Provider:
    def __init__(self, client: Client, http: httpx.AsyncClient, clock: Clock) -> None:
        self._client = client
        self._http = http
        self._clock = clock
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    async def address(self, pending: Pending) -> str:
        """Where the person says who they are."""
        endpoint = (await self._metadata())["authorization_endpoint"]
        asked = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": self._client.redirect_uri,
            "scope": SCOPE,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": pending.challenge,
            "code_challenge_method": "S256",
        }
        return f"{endpoint}?{urlencode(asked)}"

    async def sign_out_address(self, back: str) -> str | None:
        """Where the provider forgets the person too, if it offers that."""
        endpoint = (await self._metadata()).get("end_session_endpoint")
        if endpoint is None:
            return None
        asked = {"client_id": self._client.id, "post_logout_redirect_uri": back}
        return f"{endpoint}?{urlencode(asked)}"

    async def identity(self, pending: Pending, answer: dict[str, str]) -> Identity:
        """Who came back. Raises IdentityRefusedError unless all of it fits."""
        came_back = answer.get("state", "").encode()
        if not compare_digest(came_back, pending.state.encode()):
            raise IdentityRefusedError
        if "code" not in answer:
            raise IdentityRefusedError
        tokens = await self._redeem(answer["code"], pending.verifier)
        claims = await self._claims(tokens["id_token"], pending.nonce)
        claims = await self._with_userinfo(claims, tokens)
        return self._identity(claims)

    async def _redeem(self, code: str, verifier: str) -> dict[str, Any]:
        answer = await self._http.post(
            (await self._metadata())["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._client.redirect_uri,
                "code_verifier": verifier,
            },
            auth=(quote(self._client.id), quote(self._client.secret, safe="")),
        )
        tokens: dict[str, Any] = answer.json() if answer.is_success else {}
        if "id_token" not in tokens:
            raise IdentityRefusedError
        return tokens

    async def _claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        """What the provider signed: for us, for this sign-in, and still valid."""
        try:
            token = jwt.decode(id_token, await self._keys(id_token), ALGORITHMS)
            jwt.JWTClaimsRegistry(
                now=int(self._clock().timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self._client.issuer},
                aud={"essential": True, "value": self._client.id},
                nonce={"essential": True, "value": nonce},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
            ).validate(token.claims)
        except (JoseError, ValueError) as error:
            raise IdentityRefusedError from error
        self._require_meant_for_us(token.claims)
        return dict(token.claims)

    def _require_meant_for_us(self, claims: dict[str, Any]) -> None:
        """Several readers, or a named one: it must be us."""
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._client.id:
            raise IdentityRefusedError

    async def _with_userinfo(
        self, claims: dict[str, Any], tokens: dict[str, Any]
    ) -> dict[str, Any]:
        """Providers that say more elsewhere are asked there."""
        endpoint = (await self._metadata()).get("userinfo_endpoint")
        if "name" in claims or "family_name" in claims or not endpoint:
            return claims
        bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        answer = await self._http.get(endpoint, headers=bearer)
        more: dict[str, Any] = answer.json() if answer.is_success else {}
        if more.get("sub") != claims["sub"]:
            raise IdentityRefusedError
        return {**more, **claims}

    def _identity(self, claims: dict[str, Any]) -> Identity:
        level = LEVELS.get(str(claims.get("loa") or claims.get("acr")))
        if level is None:
            raise IdentityRefusedError
        elsewhere = f"{self._client.issuer}|{claims['sub']}"
        return Identity(
            name=str(claims.get("personal_id") or elsewhere),
            level=level,
            claims={key: claims[key] for key in PREFILLED if key in claims},
        )

    async def _keys(self, id_token: str) -> KeySet:
        """The provider's keys, fetched anew when one is not among them."""
        place = (await self._metadata())["jwks_uri"]
        keys = await self._described(place)
        if not any(key.get("kid") == key_of(id_token) for key in keys.get("keys", [])):
            self._known.pop(place, None)
            keys = await self._described(place)
        return KeySet.import_key_set(keys)  # type: ignore[arg-type]

    async def _metadata(self) -> dict[str, Any]:
        issuer = self._client.issuer.rstrip("/")
        found = await self._described(f"{issuer}/.well-known/openid-configuration")
        if found.get("issuer") != self._client.issuer:
            raise IdentityRefusedError
        return found

    async def _described(self, place: str) -> dict[str, Any]:
        until, known = self._known.get(place, (0.0, {}))
        if until < time.monotonic():
            answer = await self._http.get(place)
            answer.raise_for_status()
            known = answer.json()
            self._known[place] = (time.monotonic() + KEPT, known)
        return known


def key_of(token: str) -> str | None:
    """Which key a token says it was signed with; nothing of it is believed yet."""
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError):
        return None
    kid = header.get("kid")
    return str(kid) if kid else None
