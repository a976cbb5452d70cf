"""Pages people wait for, against bare Starlette that sends the same bytes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import aiohttp

from infra.embedded.system import System
from tools.bench.figures import Figure, Figures, Terms, beside, rate
from tools.pages.inventory import PAGES, Shown
from tools.pages.stage import SESSION, Stage, staged
from tools.pages.yardstick import READY

MEASURED = ("tracking", "queue", "form")
LANGUAGE = "vi"


async def measured_pages(system: System, terms: Terms) -> Figures:
    """Each page by as many clients as asked, then its yardstick by as many."""
    stage, figures = await staged(system.connect()), list[Figure]()
    for shown in (each for each in PAGES if each.name in MEASURED):
        address = stage.url + stage.path(shown, LANGUAGE)
        async with client_of(stage, shown) as client:
            content = await fetched(client, address)
            page = await repeated(f"{shown.name} page", client, address, terms)
        async with yardstick(content) as bare, aiohttp.ClientSession() as client:
            what = f"bare Starlette, the same {len(content):,} bytes"
            figure = await repeated(what, client, bare, terms)
        figures += [beside(page, figure), figure]
    return Figures(
        name="pages",
        seconds=terms.seconds,
        concurrency=terms.concurrency,
        figures=figures,
    )


def client_of(stage: Stage, shown: Shown) -> aiohttp.ClientSession:
    session = stage.session(shown)
    jar = aiohttp.CookieJar(unsafe=True)  # the address is a number
    cookies = {SESSION: session} if session else {}
    return aiohttp.ClientSession(cookies=cookies, cookie_jar=jar, auto_decompress=False)


async def fetched(client: aiohttp.ClientSession, address: str) -> bytes:
    async with client.get(address) as answer:
        answer.raise_for_status()
        return await answer.read()


async def repeated(
    what: str, client: aiohttp.ClientSession, address: str, terms: Terms
) -> Figure:
    begun, times = monotonic(), list[float]()

    async def person() -> None:
        while monotonic() < begun + terms.seconds:
            asked = monotonic()
            await fetched(client, address)
            times.append(monotonic() - asked)

    await asyncio.gather(*(person() for _ in range(terms.concurrency)))
    return rate(what, times, monotonic() - begun)


@asynccontextmanager
async def yardstick(content: bytes) -> AsyncIterator[str]:
    """A server of its own, as the portal is one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        await asyncio.to_thread(file.write_bytes, content)
        server = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tools.pages.yardstick",
            str(file),
            stdout=subprocess.PIPE,
        )
        try:
            yield await said(server.stdout)
        finally:
            server.terminate()
            await server.wait()


async def said(output: asyncio.StreamReader | None) -> str:
    """Where the server answers, once it does."""
    line = await output.readline() if output else b""
    return line.decode().removeprefix(READY).strip()
