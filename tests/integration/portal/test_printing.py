"""The press of the portal: a process of its own beside the event loop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from services.portal.bus import ServiceUnavailableError
from services.portal.printing import Press

PAGE = "<html lang=vi><title>x</title><body><p>Sổ theo dõi hồ sơ</p></body></html>"


@pytest.fixture
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


def workers() -> list[psutil.Process]:
    """The processes that print; others, which watch over them, do not count."""
    ours = psutil.Process().children()
    return [each for each in ours if "spawn_main" in " ".join(each.cmdline())]


def test_the_loop_goes_on_while_a_sheet_is_printed(press: Press) -> None:
    async def both() -> tuple[bytes, int]:
        work = asyncio.create_task(press.print(PAGE))
        beats = 0
        while not work.done():
            beats += 1
            await asyncio.sleep(0.005)
        return await work, beats

    pdf, beats = asyncio.run(both())

    assert pdf.startswith(b"%PDF")
    assert beats > 10


def test_nothing_runs_before_somebody_prints(press: Press) -> None:
    before = set(workers())

    asyncio.run(press.print(PAGE))

    assert len(set(workers()) - before) == 1


def test_a_press_that_broke_is_set_up_anew(press: Press) -> None:
    known = set(workers())
    asyncio.run(press.print(PAGE))
    [worker] = set(workers()) - known
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)

    with pytest.raises(ServiceUnavailableError):
        asyncio.run(press.print(PAGE))

    assert asyncio.run(press.print(PAGE)).startswith(b"%PDF")
