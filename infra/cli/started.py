"""A running system for the time of a command: the one that runs, or our own."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from infra.cli.output import Steps, said, warned
from infra.embedded import Launch, System
from infra.embedded.running import is_locked
from infra.embedded.settings import LauncherSettings

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LISTS = ("agencies.json", "common.json", "units.json")


class Interrupted(KeyboardInterrupt):
    """The terminal was closed, or `./guichet down` was called."""


def interrupt(number: int, frame: FrameType | None) -> None:
    ignore_signals()
    raise Interrupted


def listen_to_signals() -> None:
    """However one asks, all is ended in order; asking twice changes nothing."""
    for number in ENDING:
        signal.signal(number, interrupt)


def ignore_signals() -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def launched(
    settings: LauncherSettings,
    *,
    scale: dict[str, int] | None = None,
    servers_only: bool = False,
) -> Iterator[System]:
    listen_to_signals()
    shown = Steps()
    launch = Launch(
        settings=settings,
        scale=scale,
        servers_only=servers_only,
        say=shown,
        warn=warned,
    )
    try:
        with launch as system:
            shown.close()
            yield system
        shown.close()
    finally:
        shown.abandon()


def is_whole(catalogue: Path) -> bool:
    """It brings its own agencies; else its procedures are published beside ours."""
    return all((catalogue / name).exists() for name in LISTS)


@contextmanager
def started(
    *, catalogue: Path | None = None, servers_only: bool = False
) -> Iterator[System]:
    """What already runs is used, and left running."""
    settings = LauncherSettings()
    if catalogue and is_whole(catalogue):
        settings = settings.model_copy(update={"catalogue_dir": catalogue})
    if is_locked(settings.home):
        said(f"Using the system that runs from {settings.home}.")
        yield System(settings.home)
        return
    with launched(settings, servers_only=servers_only) as system:
        yield system
