from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from services.portal.errors import IdentityRefusedError
from services.portal.identity import Client, Identity, Pending, Provider
from tests.builders.portal import NOON

ISSUER = "https://issuer.test"
KEY = RSAKey.generate_key(2048, {"kid": "1"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1"})
PENDING = Pending.begin("/vi/dossiers")
SEEN = {"state": PENDING.state, "code": "the-code"}


@dataclass
class Issuer:
    """Speaks the protocol; says what a test wants it to say."""

    id_token: str
    issuer: str = ISSUER
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self.metadata())
            case "/jwks":
                keys = [KEY.as_dict(private=False)]
                return httpx.Response(200, json={"keys": keys})
            case "/userinfo":
                return httpx.Response(200, json=self.userinfo)
        token = {"id_token": self.id_token, "access_token": "a"}
        return httpx.Response(200, json=token)

    def metadata(self) -> dict[str, str]:
        names = ("authorization", "token", "userinfo", "end_session")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{ISSUER}/jwks",
            **{f"{name}_endpoint": f"{ISSUER}/{name}" for name in names},
        }


def claims(**changed: Any) -> dict[str, Any]:
    said = {
        "iss": ISSUER,
        "sub": "mai",
        "aud": "guichet",
        "nonce": PENDING.nonce,
        "iat": int(NOON.timestamp()),
        "exp": int((NOON + timedelta(minutes=5)).timestamp()),
        "acr": "2",
        "name": "Nguyễn Thị Mai",
        "personal_id": "001190012345",
    }
    return {key: value for key, value in (said | changed).items() if value is not None}


def signed(key: RSAKey = KEY, **changed: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims(**changed), key)


def written(algorithm: str) -> str:
    """Header and claims, as they stand before a signature."""
    parts = ({"alg": algorithm, "kid": "1"}, claims())
    encoded = (urlsafe_b64encode(json.dumps(part).encode()) for part in parts)
    return ".".join(each.decode().rstrip("=") for each in encoded)


def said_by(issuer: Issuer, answer: dict[str, str] | None = None) -> Identity:
    async def ask() -> Identity:
        transport = httpx.MockTransport(issuer)
        async with httpx.AsyncClient(transport=transport) as http:
            client = Client(ISSUER, "guichet", "hush", f"{ISSUER}/back")
            provider = Provider(client, http, lambda: NOON)
            return await provider.identity(PENDING, answer or SEEN)

    return asyncio.run(ask())


def test_who_the_provider_vouches_for_is_believed() -> None:
    identity = said_by(Issuer(signed()))

    assert (identity.name, identity.level) == ("001190012345", 2)
    assert identity.claims["name"] == "Nguyễn Thị Mai"


def test_without_a_personal_number_the_issuers_own_name_counts() -> None:
    identity = said_by(Issuer(signed(personal_id=None)))

    assert identity.name == f"{ISSUER}|mai"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.test"},
        {"aud": "somebody-else"},
        {"aud": ["guichet", "other"]},
        {"azp": "somebody-else"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": int((NOON - timedelta(minutes=5)).timestamp())},
        {"exp": None},
        {"iat": int((NOON + timedelta(minutes=5)).timestamp())},
        {"sub": None},
        {"acr": None},
        {"acr": "0"},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(IdentityRefusedError):
        said_by(Issuer(signed(**changed)))


def test_what_another_key_signed_is_refused() -> None:
    with pytest.raises(IdentityRefusedError):
        said_by(Issuer(signed(OTHER_KEY)))


def test_what_nobody_signed_is_refused() -> None:
    with pytest.raises(IdentityRefusedError):
        said_by(Issuer(f"{written('none')}."))


def test_a_public_key_is_no_shared_secret() -> None:
    content = written("HS256")
    public = KEY.as_pem(private=False)
    mark = urlsafe_b64encode(hmac.digest(public, content.encode(), "sha256"))

    with pytest.raises(IdentityRefusedError):
        said_by(Issuer(f"{content}.{mark.decode().rstrip('=')}"))


@pytest.mark.parametrize(
    "answer",
    [
        {"state": "of somebody else", "code": "the-code"},
        {"state": "é", "code": "the-code"},
        {"code": "the-code"},
        {"state": PENDING.state, "error": "access_denied"},
    ],
    ids=["of somebody else", "not in ASCII", "without a state", "denied"],
)
def test_an_answer_to_another_sign_in_is_refused(answer: dict[str, str]) -> None:
    issuer = Issuer(signed())

    with pytest.raises(IdentityRefusedError):
        said_by(issuer, answer)

    assert issuer.asked == []


def test_a_provider_that_is_another_one_is_refused() -> None:
    with pytest.raises(IdentityRefusedError):
        said_by(Issuer(signed(), issuer="https://other.test"))


def test_what_is_not_in_the_token_is_asked_for() -> None:
    issuer = Issuer(signed(name=None), userinfo={"sub": "mai", "name": "Mai"})

    assert said_by(issuer).claims["name"] == "Mai"


def test_what_is_said_of_another_person_is_refused() -> None:
    issuer = Issuer(signed(name=None), userinfo={"sub": "hung", "name": "Hùng"})

    with pytest.raises(IdentityRefusedError):
        said_by(issuer)


def test_the_code_is_redeemed_by_who_began() -> None:
    issuer = Issuer(signed())

    said_by(issuer)

    [redeemed] = [each for each in issuer.asked if each.method == "POST"]
    sent = parse_qs(redeemed.content.decode())
    assert sent["code_verifier"] == [PENDING.verifier]
    assert redeemed.headers["authorization"].startswith("Basic ")


def test_the_person_is_sent_with_state_nonce_and_a_challenge() -> None:
    async def address() -> str:
        transport = httpx.MockTransport(Issuer(""))
        async with httpx.AsyncClient(transport=transport) as http:
            client = Client(ISSUER, "guichet", "hush", f"{ISSUER}/back")
            return await Provider(client, http, lambda: NOON).address(PENDING)

    asked = parse_qs(urlsplit(asyncio.run(address())).query)

    assert asked["state"] == [PENDING.state]
    assert asked["nonce"] == [PENDING.nonce]
    assert asked["code_challenge"] == [PENDING.challenge]
    assert asked["code_challenge_method"] == ["S256"]
    assert PENDING.verifier not in str(asked)
