"""The least a web server can do: Starlette on uvicorn, one answer for everything."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

READY = "ready at "


def application(content: bytes) -> Starlette:
    async def answer(request: Request) -> Response:
        return HTMLResponse(content)

    return Starlette(routes=[Route("/", answer)])


def serve(content: bytes) -> None:
    listening = socket.socket(proto=socket.IPPROTO_TCP)  # else no TCP_NODELAY
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    port = listening.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(application(content), log_config=None, access_log=False)
    )
    print(f"{READY}http://127.0.0.1:{port}/", flush=True)
    asyncio.run(server.serve(sockets=[listening]))


if __name__ == "__main__":
    serve(Path(sys.argv[1]).read_bytes())
