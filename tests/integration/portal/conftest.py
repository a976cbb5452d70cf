"""The portal's own database, and what it keeps there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from services.portal import bootstrap, pools
from services.portal.application import PortalApplication
from services.portal.config import PortalSettings
from services.portal.pools import Pool
from services.portal.views import Views

Answer = TypeVar("Answer")
Ask = Callable[[Callable[[Pool], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture(scope="session")
def settings(environment: None) -> PortalSettings:
    return PortalSettings()


@pytest.fixture(scope="session")
def views(settings: PortalSettings) -> Views:
    return bootstrap.views(settings)


@pytest.fixture(scope="session")
def accounts(settings: PortalSettings) -> Iterator[PortalApplication]:
    with bootstrap.application(settings) as app:
        yield app


@pytest.fixture(scope="session")
def ask(settings: PortalSettings) -> Ask:
    """What a coroutine answers that is handed the pool of the web process."""

    def asked(question: Callable[[Pool], Coroutine[Any, Any, Answer]]) -> Answer:
        async def run() -> Answer:
            async with pools.pool(settings) as pool:
                return await question(pool)

        return asyncio.run(run())

    return asked
