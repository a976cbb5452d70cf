"""Who a citizen is: said by their identity provider, checked before it is believed."""

from __future__ import annotations

import re
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from services.portal.discovery import Discovery
from services.portal.errors import BusinessMissingError, IdentityRefusedError
from services.portal.provider_settings import ProviderSettings
from services.portal.tokens_read import Reader
from shared.clock import Clock

TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")
LONGEST = 200  # characters of a claim we keep


@dataclass(frozen=True)
class Pending:
    """A sign-in that waits for the person to come back from the provider."""

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str
    language: str = "vi"
    as_business: bool = False

    @classmethod
    def begin(cls, provider: str, next: str, **more: Any) -> Pending:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(provider, state, nonce, verifier, next, **more)

    @property
    def challenge(self) -> str:
        digest = sha256(self.verifier.encode()).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them, and how sure it is."""

    name: str  # unique for ever; never shown, never stored
    level: int
    claims: dict[str, Any] = field(repr=False)
    business: str | None = None  # the tax code of whom they represent
    provider: str = ""
    id_token: str = field(default="", repr=False)  # says at sign-out who leaves


class Provider:
    """One provider, as its profile says it speaks."""

    def __init__(
        self,
        settings: ProviderSettings,
        http: httpx.AsyncClient,
        clock: Clock,
        *,
        redirect_uri: str,
    ) -> None:
        self.settings = settings
        self._profile = settings.known
        self._http = http
        self._redirect_uri = redirect_uri
        self._discovery = Discovery(settings.issuer, http)
        self._reader = Reader(settings.issuer, settings.client_id, clock)

    async def address(self, pending: Pending) -> str:
        """Where the person says who they are."""
        known = await self._discovery.metadata()
        more = self._profile.for_businesses if pending.as_business else ""
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": f"{self._profile.scope} {more}".strip(),
            "state": pending.state,
            "nonce": pending.nonce,
        }
        if self._profile.asks_level:
            asked["acr_values"] = self.settings.least
        if "S256" in known.get("code_challenge_methods_supported", []):
            asked["code_challenge"] = pending.challenge
            asked["code_challenge_method"] = "S256"
        return f"{known['authorization_endpoint']}?{urlencode(asked)}"

    async def sign_out_address(self, id_token: str, back: str, state: str) -> str:
        """Where the provider forgets the person too; empty when it offers none."""
        endpoint = (await self._discovery.metadata()).get("end_session_endpoint")
        asked = {
            "client_id": self.settings.client_id,
            "id_token_hint": id_token,
            "post_logout_redirect_uri": back,
            "state": state,
        }
        given = {name: value for name, value in asked.items() if value}
        return f"{endpoint}?{urlencode(given)}" if endpoint else ""

    async def identity(self, pending: Pending, answer: Mapping[str, str]) -> Identity:
        """Who came back. Raises IdentityRefusedError unless all of it fits."""
        self._require_answered(pending, answer)
        tokens = await self._redeem(answer["code"], pending.verifier)
        token = str(tokens["id_token"])
        claims = self._reader.id_token(
            token, await self._discovery.keys(token), pending.nonce
        )
        level = self._level(claims)
        claims = await self._with_userinfo(claims, tokens)
        business = self._business(claims) if pending.as_business else None
        return Identity(
            name=self._name(claims),
            level=level,
            claims=self._kept(claims, business),
            business=business["tax_code"] if business else None,
            provider=self.settings.id,
            id_token=token,
        )

    async def check(self) -> None:
        """Ask for its description: what is wrong is said before anybody comes."""
        await self._discovery.metadata()

    def _require_answered(self, pending: Pending, answer: Mapping[str, str]) -> None:
        """The answer is to this sign-in, and of this provider."""
        came_back = answer.get("state", "").encode()
        if not compare_digest(came_back, pending.state.encode()):
            raise IdentityRefusedError
        if pending.provider != self.settings.id:
            raise IdentityRefusedError
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:
            raise IdentityRefusedError
        if "code" not in answer:
            raise IdentityRefusedError

    async def _redeem(self, code: str, verifier: str) -> dict[str, Any]:
        known, client = await self._discovery.metadata(), self.settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        headers: dict[str, str] = {}
        secret = client.client_secret.get_secret_value()
        if self._profile.posts_secret:
            form |= {"client_id": client.client_id, "client_secret": secret}
        else:
            named = f"{quote(client.client_id)}:{quote(secret, safe='')}"
            headers["Authorization"] = f"Basic {b64encode(named.encode()).decode()}"
        place = known["token_endpoint"]
        answer = await self._http.post(place, data=form, headers=headers)
        tokens: dict[str, Any] = answer.json() if answer.is_success else {}
        if "id_token" not in tokens:
            raise IdentityRefusedError
        return tokens

    async def _with_userinfo(
        self, claims: dict[str, Any], tokens: dict[str, Any]
    ) -> dict[str, Any]:
        """Providers that say more elsewhere are asked there."""
        endpoint = (await self._discovery.metadata()).get("userinfo_endpoint")
        is_complete = "name" in claims or "family_name" in claims
        if is_complete or not endpoint:
            return claims
        bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        answer = await self._http.get(endpoint, headers=bearer)
        more = await self._told(answer)
        if more.get("sub") != claims["sub"]:
            raise IdentityRefusedError
        return {**more, **claims}

    async def _told(self, answer: httpx.Response) -> dict[str, Any]:
        """Signed where the profile wants it; nothing unsigned is believed there."""
        if not answer.is_success:
            raise IdentityRefusedError
        if not self._profile.signs_userinfo:
            told: dict[str, Any] = answer.json()
            return told
        token = answer.text.strip()
        return self._reader.userinfo(token, await self._discovery.keys(token))

    def _level(self, claims: dict[str, Any]) -> int:
        """At least what was asked for, as the signed token says it."""
        said = [str(claims[name]) for name in self._profile.says if name in claims]
        if not said or not self._profile.is_enough(said[0], self.settings.least):
            raise IdentityRefusedError
        return self._profile.levels[said[0]]

    def _name(self, claims: dict[str, Any]) -> str:
        number = claims.get("personal_id") if self._knows_numbers else None
        return str(number or f"{self.settings.issuer}|{claims['sub']}")

    @property
    def _knows_numbers(self) -> bool:
        """Only a provider of personal numbers may say whose number it is."""
        return "personal_id" in self._profile.keeps

    def _business(self, claims: dict[str, Any]) -> dict[str, str]:
        found = claims.get("organization")
        told = found if isinstance(found, dict) else {}
        code, name = str(told.get("tax_code", "")), str(told.get("name", ""))
        if not TAX_CODE.fullmatch(code) or not name.strip():
            raise BusinessMissingError
        return {"tax_code": code, "name": name.strip()[:LONGEST]}

    def _kept(
        self, claims: dict[str, Any], business: dict[str, str] | None
    ) -> dict[str, Any]:
        kept = {
            key: claims[key][:LONGEST]
            for key in self._profile.keeps
            if isinstance(claims.get(key), str)
        }
        spoken = " ".join(
            kept[key] for key in ("given_name", "family_name") if key in kept
        )
        named = kept if "name" in kept or not spoken else kept | {"name": spoken}
        return named | ({"organization": business} if business else {})
