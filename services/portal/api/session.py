"""Signing in and out, and the question who one is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from services.portal import signing_in
from services.portal.api.models import Me, Proof, SignedIn, SignIn, Staying, SteppedUp
from services.portal.asking import Anybody, Known
from shared.errors import NotAllowedError

router = APIRouter(tags=["session"])


@router.post("/session", status_code=201, response_model=SignedIn)
async def sign_in(wanted: SignIn, request: Request, desk: Anybody) -> Any:
    """Sign in as an officer. Five failures in a minute, and one has to wait."""
    password = wanted.password.get_secret_value()
    token, session = await signing_in.officer(
        request, wanted.username, password, wanted.code
    )
    account = {
        "username": wanted.username.strip().lower(),
        "name": session.actor.name,
        "agency": session.actor.agency,
        "roles": list(session.actor.roles),
        "disabled": False,
    }
    return {"token": token, "expires_at": session.expires_at, "account": account}


@router.get("/session", response_model=Staying)
async def stay(desk: Known) -> Any:
    """Stay signed in, and hear until when: asking is a sign of life."""
    now = desk.parts.now()
    until = desk.session.until(now) if desk.session else now
    return {"until": until, "expires_at": desk.session and desk.session.expires_at}


@router.post("/session/step-up", response_model=SteppedUp)
async def step_up(wanted: Proof, request: Request, desk: Known) -> Any:
    """Prove once more that it is you. For five minutes you may answer for decisions."""
    if desk.session is None or not desk.is_staff:
        raise NotAllowedError(desk.actor.subject)
    proof = wanted.proof.get_secret_value()
    return {"until": await signing_in.step_up(request, desk.session, proof)}


@router.delete("/session", status_code=204)
async def sign_out(desk: Known) -> Response:
    """Sign out. The token is worth nothing from now on."""
    if desk.session:
        await desk.parts.sessions.end(desk.session)
    return Response(status_code=204)


@router.get("/me", response_model=Me)
async def me(desk: Known) -> Any:
    """Who is signed in here."""
    actor = desk.actor
    return {
        "subject": actor.subject,
        "kind": actor.kind,
        "name": desk.session.name if desk.session else "",
        "agency": actor.agency,
        "roles": list(actor.roles),
        "level": actor.level,
        "on_behalf_of": actor.on_behalf_of,
        "claims": desk.session.claims if desk.session else {},
    }
