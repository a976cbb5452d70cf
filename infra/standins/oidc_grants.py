"""Who was granted what: codes good for once, and the access they turn into."""

from __future__ import annotations

import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import unquote

from infra.standins.oidc_flavours import Claims, Flavour
from infra.standins.settings import StandinsSettings
from shared import clock

CODE_LIVES = timedelta(minutes=1)
ACCESS_LIVES = timedelta(minutes=10)


class GrantError(Exception):
    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True)
class Grant:
    claims: Claims
    level: str
    challenge: str
    redirect_uri: str
    nonce: str | None
    at: datetime


class Grants:
    def __init__(self, settings: StandinsSettings, flavour: Flavour) -> None:
        self._flavour = flavour
        self._client_id = settings.oidc_client_id
        self._client_secret = settings.oidc_client_secret.get_secret_value()
        self._redirect_uri = f"{settings.oidc_redirect_uri}/{flavour.id}"
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Grant] = {}

    def knows(self, asked: Mapping[str, str]) -> bool:
        """The client, and the very address it registered."""
        return (
            asked.get("client_id") == self._client_id
            and asked.get("redirect_uri") == self._redirect_uri
        )

    def what_is_wrong(self, asked: Mapping[str, str]) -> str | None:
        if asked.get("response_type") != "code":
            return "unsupported_response_type"
        if "openid" not in asked.get("scope", "").split():
            return "invalid_scope"
        if not (self._is_proof_fit(asked) and asked.get("state")):
            return "invalid_request"
        if not self._flavour.needs_proof and not asked.get("nonce"):
            return "invalid_request"
        if self._flavour.level_for(asked) is None:
            return "invalid_acr"
        if asked.get("prompt") == "none":
            return "login_required"
        return None

    def _is_proof_fit(self, asked: Mapping[str, str]) -> bool:
        """Where the provider takes none, none may be sent: it would be ignored."""
        proof = asked.get("code_challenge"), asked.get("code_challenge_method")
        if self._flavour.needs_proof:
            return bool(proof[0]) and proof[1] == "S256"
        return proof == (None, None)

    def grant(self, claims: Claims, asked: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(32)
        self._codes[code] = Grant(
            claims,
            level=self._flavour.level_for(asked) or "",
            challenge=asked.get("code_challenge", ""),
            redirect_uri=asked["redirect_uri"],
            nonce=asked.get("nonce"),
            at=clock.now(),
        )
        return code

    def require_client(
        self, authorization: str | None, form: Mapping[str, str]
    ) -> None:
        given = form.get("client_id", ""), form.get("client_secret", "")
        if authorization and authorization.lower().startswith("basic "):
            name, _, secret = b64decode(authorization[6:]).decode().partition(":")
            given = unquote(name), unquote(secret)
        known = compare_digest(given[0].encode(), self._client_id.encode())
        proven = compare_digest(given[1].encode(), self._client_secret.encode())
        if not (known and proven):
            raise GrantError("invalid_client", 401)

    def redeem(self, form: Mapping[str, str]) -> Grant:
        """Once, in time, for the same address, by who holds the verifier."""
        if form.get("grant_type") != "authorization_code":
            raise GrantError("unsupported_grant_type")
        grant = self._codes.pop(form.get("code", ""), None)
        if grant is None or clock.now() - grant.at > CODE_LIVES:
            raise GrantError("invalid_grant")
        if form.get("redirect_uri") != grant.redirect_uri:
            raise GrantError("invalid_grant")
        given = challenge(form.get("code_verifier", ""))
        if grant.challenge and not compare_digest(given, grant.challenge):
            raise GrantError("invalid_grant")
        return grant

    def open_access(self, grant: Grant) -> str:
        token = secrets.token_urlsafe(32)
        self._access[token] = grant
        return token

    def opened_by(self, token: str) -> Grant | None:
        grant = self._access.get(token)
        if grant is None or clock.now() - grant.at > ACCESS_LIVES:
            return None
        return grant


def challenge(verifier: str) -> str:
    digest = sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
