"""Durable commands: answers recorded on drafts, through HTTP and through RPC alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import aio_pika
import aiohttp

from infra.embedded.running import Places
from infra.embedded.system import System
from services.portal.bus import Bus, Caller
from shared import clock, tokens
from shared.actor import Actor
from tools.bench.figures import Figure, Figures, Terms, beside, rate
from tools.bench.installed import environment_of
from tools.bench.pgbench import measured_pgbench
from tools.demo.client import API, Person
from tools.demo.people import a_person
from tools.demo.world import World, world

Command = Callable[[str, int], Awaitable[None]]  # on a draft, which one it is
ON_ONE_DRAFT = 10  # commands, then the next is opened, as in a real office
TOKEN_SECONDS = 40
NAMES = [a_person(str(number)).full_name for number in range(20)]


async def measured_commands(system: System, terms: Terms) -> Figures:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        slug, unit = a_procedure(here)
        desk = await here.staff.officer(unit, "front_desk")
        http = await through_http(here, desk, slug, terms)
        rpc = await through_rpc(places, slug, unit, terms)
    yardsticks = await asyncio.to_thread(measured_pgbench, places, terms)
    return Figures(
        name="commands",
        seconds=terms.seconds,
        concurrency=terms.concurrency,
        figures=[*(beside(each, yardsticks[0]) for each in (http, rpc)), *yardsticks],
    )


def a_procedure(here: World) -> tuple[str, str]:
    """One that is filed at a counter, and the unit whose counter it is."""
    return next(
        (slug, str(found["steps"][0]["agency"]))
        for slug, found in here.definitions.items()
        if "counter" in found["channels"]
    )


def answers(number: int) -> dict[str, Any]:
    return {"full_name": NAMES[number % len(NAMES)], "acting_as": "self"}


async def through_http(here: World, desk: Person, slug: str, terms: Terms) -> Figure:
    headers = {"Authorization": desk.http.headers["Authorization"]}
    async with aiohttp.ClientSession(here.places.public_url, headers=headers) as web:

        async def order(method: str, path: str, body: Any) -> None:
            key = {"Idempotency-Key": str(uuid4())}
            async with web.request(method, path, json=body, headers=key) as answer:
                if answer.status >= 300:
                    raise RuntimeError(f"{answer.status}: {await answer.text()}")

        async def command(draft: str, number: int) -> None:
            if number == 0:
                person = {"personal_id": a_person(draft[:4]).personal_id}
                opened = {"id": draft, "procedure": slug, "channel": "counter"}
                await order("POST", f"{API}/dossiers", opened | {"applicant": person})
            else:
                said = {"answers": answers(number)}
                await order("PUT", f"{API}/dossiers/{draft}/answers", said)

        return await repeated("commands through HTTP", command, terms)


async def through_rpc(places: Places, slug: str, unit: str, terms: Terms) -> Figure:
    private_key, signed_at, caller = actor_key(places.home), 0.0, Caller("", "bench")
    officer = Actor("staff:bench", unit, ("front_desk",), kind="staff")
    async with await aio_pika.connect(places.amqp_uri) as connection:
        bus = await Bus.on(connection, "bench")

        async def command(draft: str, number: int) -> None:
            nonlocal caller, signed_at
            if monotonic() - signed_at > TOKEN_SECONDS:
                signed_at = monotonic()
                token = tokens.sign(officer, private_key, now=clock.now())
                caller = Caller(token, "bench")
            method, said = an_order(slug, unit, number)
            await bus.order(caller, uuid4(), method, dossier_id=draft, **said)

        return await repeated("commands through RPC", command, terms)


def an_order(slug: str, unit: str, number: int) -> tuple[str, dict[str, Any]]:
    if number:
        return "intake.give_answers", {"answers": answers(number)}
    return "intake.open_dossier", {
        "procedure": slug,
        "channel": "counter",
        "applicant": f"citizen:bench-{unit}",
        "tracking_code": uuid4().hex[:12].upper(),
        "language": "vi",
        "unit": unit,
    }


async def repeated(what: str, command: Command, terms: Terms) -> Figure:
    """Every client one command after the other, for so many seconds."""
    begun, times = monotonic(), list[float]()

    async def client() -> None:
        while monotonic() < begun + terms.seconds:
            draft = str(uuid4())
            for number in range(ON_ONE_DRAFT):
                asked = monotonic()
                await command(draft, number)
                times.append(monotonic() - asked)

    await asyncio.gather(*(client() for _ in range(terms.concurrency)))
    return rate(what, times, monotonic() - begun)


def actor_key(home: Path) -> str:
    """The portal's half of the key pair that actor tokens are signed with."""
    own = environment_of(home, "portal", "portal.web")
    return own["GUICHET_PORTAL_ACTOR_PRIVATE_KEY"]
