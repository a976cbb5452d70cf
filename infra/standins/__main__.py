"""`python -m infra.standins`: mail, SMS, sign-in, payments, stamps, in one process."""

from __future__ import annotations

import asyncio

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from infra.standins import mail, oidc, pki, sms, tsa, vnpay
from infra.standins.settings import StandinsSettings


async def ready(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ready\n")


def web(settings: StandinsSettings) -> Starlette:
    return Starlette(
        routes=[
            Route("/ready", ready),
            *oidc.mounts(settings),
            Mount("/vnpay", routes=vnpay.routes(settings)),
            Mount("/pki", routes=pki.routes(settings.home / "pki")),
            Route("/tsa", tsa.endpoint(settings.home / "pki"), methods=["POST"]),
        ]
    )


async def main() -> None:
    settings = StandinsSettings()
    await mail.listen(settings)
    await sms.listen(settings)
    await uvicorn.Server(
        uvicorn.Config(
            web(settings), host=settings.host, port=settings.port, log_level="warning"
        )
    ).serve()


if __name__ == "__main__":
    asyncio.run(main())
