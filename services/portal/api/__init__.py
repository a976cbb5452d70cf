"""The JSON API: every command and question, for programs and for other screens."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from services.portal.api import (
    administration,
    cases,
    conversation,
    dossiers,
    due_dates,
    feedback,
    figures,
    files,
    filing,
    handling,
    invitations,
    law,
    money,
    operations,
    procedures,
    queue,
    records,
    review,
    session,
    sheets,
)
from services.portal.api.models import ProblemAnswer

PREFIX = "/api/v1"
MEDIA = "application/problem+json"

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer, "description": meaning, "content": {MEDIA: {}}}
    for status, meaning in {
        400: "The key of the order is missing",
        401: "Nobody has proven who asks",
        403: "Not for this person",
        404: "There is no such thing",
        422: "Understood, and refused; `errors` says item by item why",
        503: "A service is away for the moment",
    }.items()
}


def router() -> APIRouter:
    whole = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    for each in (
        session,
        procedures,
        due_dates,
        dossiers,
        filing,
        conversation,
        invitations,
        feedback,
        files,
        records,
        review,
        queue,
        cases,
        handling,
        law,
        figures,
        money,
        sheets,
        operations,
        administration,
    ):
        for route in each.router.routes:
            if isinstance(route, APIRoute):
                route.summary = route.description.partition(". ")[0].rstrip(".")
        whole.include_router(each.router)
    return whole
