"""What a provider says of itself: its endpoints and its keys, kept for a while."""

from __future__ import annotations

import time
from typing import Any

import httpx
from joserfc.jwk import KeySet

from services.portal.errors import IdentityRefusedError
from services.portal.tokens_read import key_of

KEPT = 3600.0  # seconds the provider's own description is believed
AGAIN = 10.0  # seconds before keys are fetched anew for an unknown one


class Discovery:
    def __init__(self, issuer: str, http: httpx.AsyncClient) -> None:
        self._issuer = issuer
        self._http = http
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    async def metadata(self) -> dict[str, Any]:
        place = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        found = await self._described(place)
        if found.get("issuer") != self._issuer:
            raise IdentityRefusedError
        return found

    async def keys(self, token: str) -> KeySet:
        """The provider's keys, fetched anew when one is not among them."""
        place = (await self.metadata())["jwks_uri"]
        keys: Any = await self._described(place)
        if not any(key.get("kid") == key_of(token) for key in keys.get("keys", [])):
            keys = await self._described(place, at_most=AGAIN)
        return KeySet.import_key_set(keys)

    async def _described(self, place: str, *, at_most: float = KEPT) -> dict[str, Any]:
        since, known = self._known.get(place, (float("-inf"), {}))
        if time.monotonic() - since > at_most:
            answer = await self._http.get(place)
            answer.raise_for_status()
            known = answer.json()
            self._known[place] = (time.monotonic(), known)
        return known
