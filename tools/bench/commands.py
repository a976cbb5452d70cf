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

Command = Callable[[str, int], Awaitable[None]]  # to a draft, and the number of it
TOKEN_SECONDS = 40
NAMES = [a_person(str(number)).full_name for number in range(20)]


async def measured_commands(system: System, terms: Terms) -> Figures:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        unit, desk, drafts = await some_drafts(here, terms.concurrency)
        http = await through_http(here, desk, drafts, terms)
        rpc = await through_rpc(places.home, places.amqp_uri, unit, drafts, terms)
    yardsticks = await asyncio.to_thread(measured_pgbench, places, terms)
    return Figures(
        name="commands",
        seconds=terms.seconds,
        concurrency=terms.concurrency,
        figures=[*(beside(each, yardsticks[0]) for each in (http, rpc)), *yardsticks],
    )


async def some_drafts(here: World, count: int) -> tuple[str, Person, list[str]]:
    """Each client has a draft of its own, as people do."""
    slug, definition = next(
        (slug, found)
        for slug, found in here.definitions.items()
        if "counter" in found["channels"]
    )
    unit = str(definition["steps"][0]["agency"])
    desk, drafts = await here.staff.officer(unit, "front_desk"), []
    for number in range(count):
        opened = {
            "id": str(uuid4()),
            "procedure": slug,
            "channel": "counter",
            "applicant": {"personal_id": a_person(f"bench {number}").personal_id},
        }
        await desk.order("POST", "/dossiers", opened)
        drafts.append(str(opened["id"]))
    return unit, desk, drafts


def answers(number: int) -> dict[str, Any]:
    return {"full_name": NAMES[number % len(NAMES)], "acting_as": "self"}


async def through_http(
    here: World, desk: Person, drafts: list[str], terms: Terms
) -> Figure:
    headers = {"Authorization": desk.http.headers["Authorization"]}
    url = here.places.public_url
    async with aiohttp.ClientSession(url, headers=headers) as session:

        async def command(draft: str, number: int) -> None:
            async with session.put(
                f"{API}/dossiers/{draft}/answers",
                json={"answers": answers(number)},
                headers={"Idempotency-Key": str(uuid4())},
            ) as answer:
                if answer.status != 200:
                    raise RuntimeError(f"{answer.status}: {await answer.text()}")

        return await repeated("commands through HTTP", command, drafts, terms)


async def through_rpc(
    home: Path, amqp_uri: str, unit: str, drafts: list[str], terms: Terms
) -> Figure:
    private_key, signed_at, caller = actor_key(home), 0.0, Caller("", "bench")
    officer = Actor("staff:bench", unit, ("front_desk",), kind="staff")
    async with await aio_pika.connect(amqp_uri) as connection:
        bus = await Bus.on(connection, "bench")

        async def command(draft: str, number: int) -> None:
            nonlocal caller, signed_at
            if monotonic() - signed_at > TOKEN_SECONDS:
                signed_at = monotonic()
                token = tokens.sign(officer, private_key, now=clock.now())
                caller = Caller(token, "bench")
            await bus.order(
                caller,
                uuid4(),
                "intake.give_answers",
                dossier_id=draft,
                answers=answers(number),
            )

        return await repeated("commands through RPC", command, drafts, terms)


async def repeated(
    what: str, command: Command, drafts: list[str], terms: Terms
) -> Figure:
    """Every client one command after the other, for so many seconds."""
    begun, times = monotonic(), list[float]()

    async def client(draft: str) -> None:
        number = 0
        while (now := monotonic()) < begun + terms.seconds:
            await command(draft, number)
            times.append(monotonic() - now)
            number += 1

    await asyncio.gather(*map(client, drafts))
    return rate(what, times, monotonic() - begun)


def actor_key(home: Path) -> str:
    """The portal's half of the key pair that actor tokens are signed with."""
    own = environment_of(home, "portal", "portal.web")
    return own["GUICHET_PORTAL_ACTOR_PRIVATE_KEY"]
