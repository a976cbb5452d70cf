"""A time-stamp authority (RFC 3161): openssl stamps, we carry the bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

LONGEST = 10_000  # bytes; a request is some fifty
REPLY = "application/timestamp-reply"
CONFIGURATION = """[tsa]
default_tsa = stamps
[stamps]
serial = {folder}/tsa.serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/issuing.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(folder: Path) -> Endpoint:
    configuration = folder / "tsa.cnf"
    configuration.write_text(CONFIGURATION.format(folder=folder))
    one_at_a_time = asyncio.Lock()  # they share the file of serial numbers

    async def stamp(request: Request) -> Response:
        query = await request.body()
        if len(query) > LONGEST:
            return PlainTextResponse("Too long for a time-stamp query.\n", 413)
        async with one_at_a_time:
            reply = await openssl(configuration, query)
        if reply is None:
            return PlainTextResponse("Not a time-stamp query.\n", 400)
        return Response(reply, media_type=REPLY)

    return stamp


async def openssl(configuration: Path, query: bytes) -> bytes | None:
    with TemporaryDirectory() as folder:
        asked, told = Path(folder, "query"), Path(folder, "reply")
        asked.write_bytes(query)
        process = await asyncio.create_subprocess_exec(
            *("/usr/bin/openssl", "ts", "-reply", "-config", str(configuration)),
            *("-queryfile", str(asked), "-out", str(told)),
            stderr=asyncio.subprocess.DEVNULL,
        )
        failed = await process.wait()
        return None if failed else told.read_bytes()
