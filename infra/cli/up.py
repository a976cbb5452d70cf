"""`./guichet up`: everything runs until Ctrl-C."""

from __future__ import annotations

import subprocess
import sys
from time import sleep
from typing import Annotated

import typer
from rich.panel import Panel

from infra.cli.output import err, out
from infra.cli.started import launched
from infra.embedded import System
from infra.embedded.errors import AlreadyRunningError, DidNotStartError, LauncherError
from infra.embedded.files import private_folder
from infra.embedded.program import State, last_lines
from infra.embedded.running import Places, Running, is_locked
from infra.embedded.settings import ROOT, LauncherSettings

LOOK_EVERY = 2.0  # seconds

Scale = Annotated[
    list[str],
    typer.Option(metavar="NAME=N", help="Run N of a process, as in workflow.serve=2."),
]
Port = Annotated[int | None, typer.Option(help="The port of the portal.")]
Detach = Annotated[bool, typer.Option(help="Return when it is up; leave it running.")]
ServersOnly = Annotated[
    bool, typer.Option(help="PostgreSQL, RabbitMQ and the others, without Guichet.")
]


def up(
    scale: Scale = [],  # noqa: B006 -- typer reads it, nobody writes it
    port: Port = None,
    detach: Detach = False,
    servers_only: ServersOnly = False,
) -> None:
    """Start everything on this machine, and keep it running until Ctrl-C.

    A process that dies is started again. State is kept in .guichet; the second
    start takes seconds.
    """
    settings = chosen(port)
    if is_locked(settings.home):
        raise AlreadyRunningError(settings.home)
    if detach:
        begin_detached(settings)
        show(System(settings.home).connect(), servers_only=servers_only)
        return
    try:
        with launched(
            settings, scale=counts(scale), servers_only=servers_only
        ) as system:
            show(system.connect(), servers_only=servers_only)
            watch(system)
    except KeyboardInterrupt:
        err.print("Everything has ended.")


def chosen(port: int | None) -> LauncherSettings:
    settings = LauncherSettings()
    if port is None:
        return settings
    return settings.model_copy(update={"ports": {**settings.ports, "portal": port}})


def counts(scale: list[str]) -> dict[str, int]:
    found = {}
    for each in scale:
        name, _, count = each.partition("=")
        if not count.isdigit() or int(count) < 1:
            raise typer.BadParameter(f"{each} is not of the form workflow.serve=2")
        found[name] = int(count)
    return found


def show(places: Places, *, servers_only: bool = False) -> None:
    if servers_only:
        out.print("The servers are up: ./guichet doctor", highlight=False)
        return
    out.print(
        Panel.fit(
            f"Guichet   [bold]{places.public_url}[/]\n"
            f"Staff     account [bold]{places.admin_name}[/], "
            f"password [bold]{places.admin_password}[/]\n"
            f"Letters   {places.mail_folder}\n"
            f"SMS       {places.sms_folder}",
            title="Guichet is up",
            subtitle="Ctrl-C ends everything",
        )
    )


def watch(system: System) -> None:
    """Until somebody ends it; says so when a process could not be kept running."""
    lost: set[str] = set()
    while True:
        sleep(LOOK_EVERY)
        for name, process in system.processes().items():
            if process.state == State.GIVEN_UP and name not in lost:
                lost.add(name)
                err.print(f"[bold red]✗[/] {name} dies again and again: {process.log}")


def begin_detached(settings: LauncherSettings) -> None:
    """The same command in a session of its own; we wait until it is up."""
    log = private_folder(settings.home / "logs") / "guichet.log"
    arguments = [each for each in sys.argv[1:] if each != "--detach"]
    with log.open("wb") as to:
        child = subprocess.Popen(
            [sys.executable, "-m", "infra.cli", *arguments],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with err.status("starting …"):
        while not is_up(settings):
            if child.poll() is not None:
                raise DidNotStartError("Guichet", last_lines(log))
            sleep(0.1)


def is_up(settings: LauncherSettings) -> bool:
    try:
        return Running.read(settings.home).is_up
    except LauncherError:
        return False
