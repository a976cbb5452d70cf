"""The OpenID Connect providers for the people of the demonstration.

Code flow only, one registered client, exact addresses. VNeID's wants PKCE and says
`loa`; FranceConnect's wants a nonce, says `acr`, and signs what it tells of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Mount, Route

from infra.standins.oidc_flavours import FRANCECONNECT, VNEID, Flavour
from infra.standins.oidc_grants import Grant, GrantError, Grants
from infra.standins.oidc_keys import Signer
from infra.standins.oidc_page import login_page
from infra.standins.settings import StandinsSettings
from shared import clock

LIFETIME = timedelta(minutes=10)


class Provider:
    def __init__(self, settings: StandinsSettings, flavour: Flavour) -> None:
        self._settings = settings
        self._flavour = flavour
        self._issuer = f"{settings.url}/{flavour.path}"
        self._signer = Signer(settings.home / "pki" / f"{flavour.path}.jwk")
        self._grants = Grants(settings, flavour)

    async def discovery(self, _: Request) -> Response:
        names = ("authorization", "token", "userinfo", "end_session")
        paths = ("authorize", "token", "userinfo", "logout")
        places = {
            f"{name}_endpoint": f"{self._issuer}/{path}"
            for name, path in zip(names, paths, strict=True)
        }
        return JSONResponse(
            {
                "issuer": self._issuer,
                **places,
                "jwks_uri": f"{self._issuer}/jwks",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "profile", "email", "phone"],
                "acr_values_supported": list(self._flavour.levels),
                "token_endpoint_auth_methods_supported": [
                    "client_secret_basic",
                    "client_secret_post",
                ],
                **self._more_discovered(),
            }
        )

    def _more_discovered(self) -> dict[str, object]:
        if self._flavour.needs_proof:
            return {"code_challenge_methods_supported": ["S256"]}
        return {"userinfo_signing_alg_values_supported": ["RS256"]}

    async def jwks(self, _: Request) -> Response:
        return JSONResponse(self._signer.public_keys())

    async def authorize(self, request: Request) -> Response:
        """The page where one says who one is; sent back, the way home with a code."""
        asked = dict(request.query_params)
        if not self._grants.knows(asked):
            return PlainTextResponse("Unknown client or redirect address.\n", 400)
        if error := self._grants.what_is_wrong(asked):
            return home(asked, {"error": error})
        if request.method == "GET":
            return HTMLResponse(login_page(self._flavour.choices(asked)))
        said = str((await request.form()).get("sub", ""))
        known = {each.value: each.claims for each in self._flavour.choices(asked)}
        if said not in known:
            return home(asked, {"error": "access_denied"})
        answer = {"code": self._grants.grant(known[said], asked)}
        return home(asked, answer | {"iss": self._issuer})

    async def token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        try:
            self._grants.require_client(request.headers.get("authorization"), form)
            grant = self._grants.redeem(form)
        except GrantError as error:
            return JSONResponse({"error": error.code}, error.status)
        return JSONResponse(
            {
                "access_token": self._grants.open_access(grant),
                "token_type": "Bearer",
                "expires_in": int(LIFETIME.total_seconds()),
                "id_token": self._id_token(grant),
            },
            headers={"Cache-Control": "no-store"},
        )

    async def userinfo(self, request: Request) -> Response:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self._grants.opened_by(token) if kind.lower() == "bearer" else None
        if grant is None:
            return JSONResponse({"error": "invalid_token"}, 401)
        if not self._flavour.signs_userinfo:
            return JSONResponse(grant.claims)
        audience = {"iss": self._issuer, "aud": self._settings.oidc_client_id}
        signed = self._signer.sign(grant.claims | audience)
        return Response(signed, media_type="application/jwt")

    async def logout(self, request: Request) -> Response:
        target = request.query_params.get("post_logout_redirect_uri")
        if not self._signer.knows(request.query_params.get("id_token_hint", "")):
            return PlainTextResponse("Who leaves? The token is missing.\n", 400)
        if target is None:
            return PlainTextResponse("Đã đăng xuất. Signed out. Déconnecté.\n")
        if target != self._settings.oidc_logout_uri:
            return PlainTextResponse("Unknown address after signing out.\n", 400)
        state = request.query_params.get("state")
        return RedirectResponse(
            f"{target}?{urlencode({'state': state})}" if state else target
        )

    def _id_token(self, grant: Grant) -> str:
        now = clock.now()
        nonce = {"nonce": grant.nonce} if grant.nonce else {}
        return self._signer.sign(
            {
                **self._told_at_once(grant),
                **nonce,
                "iss": self._issuer,
                "aud": self._settings.oidc_client_id,
                "iat": int(now.timestamp()),
                "auth_time": int(grant.at.timestamp()),
                "exp": int((now + LIFETIME).timestamp()),
            }
        )

    def _told_at_once(self, grant: Grant) -> dict[str, object]:
        """The level always; the person too, unless that is told signed elsewhere."""
        if self._flavour.signs_userinfo:
            return {"sub": grant.claims["sub"], "acr": grant.level}
        return {**grant.claims, "acr": grant.level, "loa": grant.level}


def home(asked: Mapping[str, str], answer: dict[str, str]) -> Response:
    """Back to where the person came from; the state lets that page know its own."""
    if state := asked.get("state"):
        answer["state"] = state
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)


def routes(settings: StandinsSettings, flavour: Flavour) -> list[Route]:
    provider = Provider(settings, flavour)
    return [
        Route("/.well-known/openid-configuration", provider.discovery),
        Route("/jwks", provider.jwks),
        Route("/authorize", provider.authorize, methods=["GET", "POST"]),
        Route("/token", provider.token, methods=["POST"]),
        Route("/userinfo", provider.userinfo),
        Route("/logout", provider.logout),
    ]


def mounts(settings: StandinsSettings) -> list[Mount]:
    return [
        Mount(f"/{each.path}", routes=routes(settings, each))
        for each in (VNEID, FRANCECONNECT)
    ]
