"""Invitations to help with a dossier: looked at, proven by a code, accepted."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from services.portal import codes, helping
from services.portal.api.answers import done
from services.portal.api.conversation_models import Acceptance, CodeSent
from services.portal.api.models import Done
from services.portal.asking import Known, Ordering
from services.portal.helping import Token
from services.portal.signing_in import address_of

router = APIRouter(prefix="/invitations", tags=["conversation"])


@router.get("/{token}")
async def invitation(token: str, desk: Known) -> Any:
    """What is offered to you; where its code goes is only hinted at."""
    found = await helping.offered(desk, Token.read(token))
    return found | {"to": codes.masked(found["to"])}


@router.post("/{token}/code", response_model=CodeSent)
async def send_code(request: Request, token: str, desk: Ordering) -> Any:
    """Have the code sent to the phone or mailbox the applicant named."""
    read = Token.read(token)
    return {"code_id": await helping.send_code(desk, read, address_of(request))}


@router.post("/{token}", response_model=Done)
async def accept(token: str, wanted: Acceptance, desk: Ordering) -> Any:
    """Accept with the code: from now on you may act for the applicant."""
    read = Token.read(token)
    return done(await helping.accept(desk, read, wanted.code_id, wanted.code))
