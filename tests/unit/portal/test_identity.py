from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from services.portal.errors import BusinessMissingError, IdentityRefusedError
from services.portal.identity import Identity, Pending, Provider
from services.portal.provider_settings import ProviderSettings
from tests.builders.portal import A_PROVIDER, NOON

ISSUER = "https://issuer.test"
KEY = RSAKey.generate_key(2048, {"kid": "1"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1"})
PENDING = Pending.begin("vneid", "/vi/dossiers")
URL = "http://portal.test/sign-in/callback"
SEEN = {"state": PENDING.state, "code": "the-code"}


@dataclass
class Issuer:
    """Speaks the protocol; says what a test wants it to say."""

    id_token: str
    issuer: str = ISSUER
    userinfo: dict[str, Any] | str = field(default_factory=dict)
    proofs: tuple[str, ...] = ("S256",)
    asked: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self.metadata())
            case "/jwks":
                keys = [KEY.as_dict(private=False)]
                return httpx.Response(200, json={"keys": keys})
            case "/userinfo" if isinstance(self.userinfo, str):
                return httpx.Response(200, text=self.userinfo)
            case "/userinfo":
                return httpx.Response(200, json=self.userinfo)
        token = {"id_token": self.id_token, "access_token": "a"}
        return httpx.Response(200, json=token)

    def metadata(self) -> dict[str, Any]:
        names = ("authorization", "token", "userinfo", "end_session")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{ISSUER}/jwks",
            "code_challenge_methods_supported": list(self.proofs),
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


def settings(**changed: Any) -> ProviderSettings:
    return ProviderSettings.model_validate(A_PROVIDER | changed)


FRANCE = settings(id="france", profile="franceconnect")
FROM_FRANCE = Pending.begin("france", "/fr/dossiers")


def with_provider(
    issuer: Issuer, known: ProviderSettings, act: Callable[[Provider], Any]
) -> Any:
    async def run() -> Any:
        transport = httpx.MockTransport(issuer)
        async with httpx.AsyncClient(transport=transport) as http:
            home = f"{URL}/{known.id}"
            return await act(Provider(known, http, lambda: NOON, redirect_uri=home))

    return asyncio.run(run())


def said_by(
    issuer: Issuer,
    answer: dict[str, str] | None = None,
    *,
    known: ProviderSettings | None = None,
    pending: Pending = PENDING,
) -> Identity:
    seen = answer or SEEN | {"state": pending.state}
    found: Identity = with_provider(
        issuer, known or settings(), lambda each: each.identity(pending, seen)
    )
    return found


def said_in_france(issuer: Issuer, **named: Any) -> Identity:
    return said_by(issuer, known=FRANCE, pending=FROM_FRANCE, **named)


def signed_in_france(**changed: Any) -> str:
    """A token of FranceConnect: it says a level, and nothing of the person."""
    own = {"nonce": FROM_FRANCE.nonce, "acr": "eidas1"}
    return signed(**(own | {"name": None, "personal_id": None} | changed))


def told_in_france(key: RSAKey = KEY, **changed: Any) -> str:
    person = {"iss": ISSUER, "aud": "guichet", "sub": "mai", "nonce": None}
    person |= {"given_name": "Camille", "family_name": "LEFÈVRE", "acr": None}
    return signed(key, **(person | {"name": None, "personal_id": None} | changed))


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


def asked_of(issuer: Issuer, known: ProviderSettings, pending: Pending) -> Any:
    address = with_provider(issuer, known, lambda each: each.address(pending))
    return parse_qs(urlsplit(address).query)


def test_the_person_is_sent_with_state_nonce_level_and_a_challenge() -> None:
    asked = asked_of(Issuer(""), settings(level="2"), PENDING)

    assert asked["state"] == [PENDING.state]
    assert asked["nonce"] == [PENDING.nonce]
    assert asked["acr_values"] == ["2"]
    assert asked["code_challenge"] == [PENDING.challenge]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{URL}/vneid"]
    assert PENDING.verifier not in str(asked)


def test_no_challenge_is_sent_where_nobody_checks_it() -> None:
    asked = asked_of(Issuer("", proofs=()), FRANCE, FROM_FRANCE)
    assert asked["acr_values"] == ["eidas1"]
    assert "code_challenge" not in asked
    assert asked["nonce"] == [FROM_FRANCE.nonce]


@pytest.mark.parametrize(
    ("least", "said", "level"),
    [("1", "1", 1), ("1", "2", 2), ("2", "2", 2), ("2", "1", None), ("2", "3", None)],
)
def test_a_level_below_the_one_asked_for_is_refused(
    least: str, said: str, level: int | None
) -> None:
    issuer, known = Issuer(signed(acr=None, loa=said)), settings(level=least)
    if level is None:
        with pytest.raises(IdentityRefusedError):
            said_by(issuer, known=known)
    else:
        assert said_by(issuer, known=known).level == level


def test_the_level_is_not_taken_from_what_nobody_signed() -> None:
    issuer = Issuer(
        signed(name=None, acr=None),
        userinfo={"sub": "mai", "name": "Mai", "loa": "2", "acr": "2"},
    )

    with pytest.raises(IdentityRefusedError):
        said_by(issuer)


def test_franceconnect_tells_of_a_person_in_a_signed_answer() -> None:
    identity = said_in_france(Issuer(signed_in_france(), userinfo=told_in_france()))

    assert identity.claims["name"] == "Camille LEFÈVRE"
    assert (identity.name, identity.level) == (f"{ISSUER}|mai", 1)


def test_franceconnect_never_states_a_number_of_here() -> None:
    told = told_in_france(personal_id="001190012345")
    identity = said_in_france(Issuer(signed_in_france(), userinfo=told))

    assert (identity.name, identity.claims.get("personal_id")) == (
        f"{ISSUER}|mai",
        None,
    )


@pytest.mark.parametrize(
    "told",
    [
        told_in_france(OTHER_KEY),
        told_in_france(sub="hung"),
        told_in_france(aud="somebody-else"),
        told_in_france(iss="https://other.test"),
        {"sub": "mai", "family_name": "LEFÈVRE"},
        "not a token",
        "",
    ],
    ids=[
        *("another key", "another person", "another client", "another issuer"),
        *("unsigned", "nonsense", "nothing"),
    ],
)
def test_what_is_not_signed_for_this_person_is_not_believed(told: Any) -> None:
    with pytest.raises(IdentityRefusedError):
        said_in_france(Issuer(signed_in_france(), userinfo=told))


@pytest.mark.parametrize("acr", ["eidas0", "2", "", None])
def test_a_level_the_profile_does_not_know_is_refused(acr: str | None) -> None:
    issuer = Issuer(signed_in_france(acr=acr), userinfo=told_in_france())

    with pytest.raises(IdentityRefusedError):
        said_in_france(issuer)


def test_the_secret_travels_as_the_profile_wants_it() -> None:
    issuer = Issuer(signed_in_france(), userinfo=told_in_france())

    said_in_france(issuer)

    [redeemed] = [each for each in issuer.asked if each.method == "POST"]
    sent = parse_qs(redeemed.content.decode())
    assert sent["client_secret"] == ["hush"]
    assert "authorization" not in redeemed.headers


def test_an_answer_of_another_provider_is_refused() -> None:
    issuer = Issuer(signed())

    with pytest.raises(IdentityRefusedError):
        said_by(issuer, known=settings(id="other"))
    with pytest.raises(IdentityRefusedError):
        said_by(issuer, SEEN | {"iss": "https://other.test"})

    assert issuer.asked == []


BUSINESS = {"tax_code": "0100109106", "name": "Công ty Ban Mai"}
FOR_BUSINESS = Pending.begin("vneid", "/vi/dossiers", as_business=True)


def test_a_business_signs_in_with_its_representative() -> None:
    issuer = Issuer(signed(nonce=FOR_BUSINESS.nonce, organization=BUSINESS))

    identity = said_by(issuer, pending=FOR_BUSINESS)

    assert (identity.business, identity.name) == ("0100109106", "001190012345")
    assert identity.claims["organization"] == BUSINESS
    asked = asked_of(issuer, settings(), FOR_BUSINESS)
    assert "organization" in asked["scope"][0].split()


@pytest.mark.parametrize(
    "said",
    [None, "Ban Mai", {}, BUSINESS | {"tax_code": "12"}, BUSINESS | {"name": " "}],
)
def test_who_stands_for_no_business_does_not_act_for_one(said: Any) -> None:
    issuer = Issuer(signed(nonce=FOR_BUSINESS.nonce, organization=said))

    with pytest.raises(BusinessMissingError):
        said_by(issuer, pending=FOR_BUSINESS)


def test_who_signs_in_for_themself_acts_for_no_business() -> None:
    identity = said_by(Issuer(signed(organization=BUSINESS)))

    assert (identity.business, identity.claims.get("organization")) == (None, None)


def test_one_leaves_the_provider_by_name_and_with_a_mark() -> None:
    place = with_provider(
        Issuer(""), settings(), lambda each: each.sign_out_address("token", URL, "s")
    )
    asked = parse_qs(urlsplit(place).query)
    assert asked["id_token_hint"] == ["token"]
    assert asked["post_logout_redirect_uri"] == [URL]
    assert asked["state"] == ["s"]
