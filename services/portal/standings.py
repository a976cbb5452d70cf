"""How the services stand: who answers, what waits, and what could not be handled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from services.portal import bootstrap
from services.portal.desk import UNANSWERED, Desk
from services.portal.worker import PortalWorker
from shared.messaging import operations
from shared.messaging.operations import Operations, Understood

SERVICES = ("intake", "workflow", "documents", "signing", "notifications", "audit")
OWN = "portal"

Standing = dict[str, Any]


async def standings(desk: Desk) -> list[Standing]:
    """Every service at once; who does not answer is away."""
    operations.require_operator(desk.actor)
    return list(
        await asyncio.gather(own(desk), *(asked(desk, each) for each in SERVICES))
    )


async def asked(desk: Desk, service: str) -> Standing:
    begun = monotonic()
    try:
        told: Standing = await desk.ask(f"{service}.standing")
    except UNANSWERED as error:
        return away(service, getattr(error, "code", type(error).__name__))
    return standing(service, told["inboxes"], told["log"], monotonic() - begun)


async def own(desk: Desk) -> Standing:
    """The portal reads its own inbox; what it tells is for audit alone."""
    begun = monotonic()
    try:
        inboxes = await on_the_broker(desk, Operations.standing)
    except OSError as error:
        return away(OWN, type(error).__name__)
    log = await asyncio.to_thread(desk.parts.accounts.standing)
    return standing(OWN, inboxes, log, monotonic() - begun)


def standing(
    service: str, inboxes: list[Standing], log: dict[str, int], seconds: float
) -> Standing:
    return {
        "service": service,
        "is_up": True,
        "seconds": round(seconds, 3),
        "untold": log["end"] - log["told"],
        "events": log["end"],
        "waiting": sum(each["waiting"] for each in inboxes),
        "dead": sum(each["dead"] for each in inboxes),
        "inboxes": inboxes,
    }


def away(service: str, reason: str) -> Standing:
    return {"service": service, "is_up": False, "reason": reason, "inboxes": []}


async def redrive(desk: Desk, service: str, inbox: str) -> dict[str, int]:
    """Handle again what died in one inbox; those that fail again stay."""
    operations.require_operator(desk.actor)
    if service not in (*SERVICES, OWN):
        raise operations.InboxUnknownError(inbox)
    if service != OWN:
        done: dict[str, int] = await desk.ask(f"{service}.redrive", inbox=inbox)
        return done
    mine: dict[str, int] = await on_the_broker(
        desk, lambda own: own.redrive(inbox, reader(desk))
    )
    return mine


def reader(desk: Desk) -> Understood:
    worker = PortalWorker(desk.parts.accounts, bootstrap.views(desk.parts.settings))
    return Understood(worker.app, worker.handle, PortalWorker.handle)


async def on_the_broker(desk: Desk, act: Callable[[Operations], Any]) -> Any:
    """kombu waits while it works: not where everybody else is answered."""

    def work() -> Any:
        uri = desk.parts.settings.amqp_uri.get_secret_value()
        with operations.reaching(uri) as connection:
            return act(Operations(connection, OWN))

    return await asyncio.to_thread(work)
