"""Whose help ended is shown nothing more, on pages that stand open as well."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from services.portal.streams.hub import Hub
from services.portal.streams.listening import Listener
from services.portal.streams.revisions import Revisions
from tests.builders.portal import DOSSIER


def test_everybody_is_let_in_anew_when_fewer_may_see_it() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def story() -> None:
        hub = Hub(10, lambda: 0.0)
        listener = Listener("amqp://nowhere", hub, cast(Revisions, None))
        hub.join(DOSSIER, 1, send, seen=1)
        told = {"dossier_id": str(DOSSIER), "revision": 2, "is_for_fewer": True}
        listener.hear(json.dumps(told).encode())
        await asyncio.sleep(0)

    asyncio.run(story())

    assert sent[-1]["more_body"] is False
