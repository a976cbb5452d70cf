"""Starts the whole of Guichet on this machine, and ends it."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from infra.embedded import processes
from infra.embedded.broker_accounts import OPERATOR
from infra.embedded.ending import wait_for_leftovers
from infra.embedded.processes import KINDS
from infra.embedded.running import Citizen, Places, ProcessState, Running, locked
from infra.embedded.servers import Servers
from infra.embedded.settings import LauncherSettings
from infra.embedded.system import System
from infra.standins.citizens import CITIZENS


class Launch:
    """`with Launch(home) as system:` Guichet runs inside, and nothing of it after."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        settings: LauncherSettings | None = None,
        scale: Mapping[str, int] | None = None,
        servers_only: bool = False,
        say: Callable[[str], None] = print,
        warn: Callable[[str], None] = print,
    ) -> None:
        self._settings = settings or LauncherSettings()
        self._home = (home or self._settings.home).resolve()
        self._scale = scale or {}
        self._servers_only = servers_only
        self._say = say
        self._warn = warn
        self._stack = ExitStack()
        self._is_up = False

    def __enter__(self) -> System:
        raise_limit_of_open_files()
        self._home.mkdir(mode=0o711, parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(locked(self._home))
            wait_for_leftovers(self._home)
            self._start(stack)
            self._stack = stack.pop_all()
        return System(self._home)

    def __exit__(self, *_: object) -> None:
        self._say("ending the processes")
        self._stack.close()

    def _start(self, stack: ExitStack) -> None:
        self._servers = servers = Servers(
            self._home,
            settings=self._settings,
            warn=self._warn,
            on_change=self._publish,
        )
        stack.callback((self._home / "running.json").unlink, missing_ok=True)
        stack.callback(servers.stop)
        servers.start(say=self._say)
        if not self._servers_only:
            self._start_services(stack)
        self._is_up = True
        self._publish()

    def _start_services(self, stack: ExitStack) -> None:
        self._say("starting the services")
        supervisor, built = self._servers.supervisor, self._servers.built
        own = processes.programs(*built, scale=self._scale)
        names = [program.name for program in own]
        supervisor.start(own)
        stack.callback(supervisor.stop, names)
        supervisor.wait(names)

    def _publish(self) -> None:
        """For whoever looks from outside: the state of everything, as of now."""
        Running(
            pid=os.getpid(),
            is_up=self._is_up,
            places=places(self._servers),
            ports=self._servers.site.ports.known(),
            processes={
                name: ProcessState(
                    state=child.state,
                    pid=child.pid,
                    restarts=child.restarts,
                    log=child.log,
                )
                for name, child in list(self._servers.supervisor.children.items())
            },
        ).write()


def raise_limit_of_open_files() -> None:
    """As far as we may; what we start inherits it."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def places(servers: Servers) -> Places:
    site, addresses = servers.site, servers.addresses
    storage = addresses.s3(OPERATOR)
    return Places(
        home=site.home,
        public_url=addresses.public_url,
        issuer=addresses.oidc.issuer,
        standins_url=addresses.standins_url,
        mail_folder=site.home / "mail",
        sms_folder=site.home / "sms",
        trust_root=site.home / "pki" / "root.pem",
        catalogue=site.settings.catalogue_dir,
        citizens=[
            Citizen.model_validate(each, from_attributes=True)
            for each in CITIZENS.values()
        ],
        admin_password=site.secrets.password("admin"),
        amqp_uri=addresses.amqp(OPERATOR),
        postgres_dsn=addresses.postgres.dsn(),
        s3_endpoint=storage.endpoint,
        s3_access_key=storage.access_key,
        s3_secret_key=storage.secret_key,
        health_ports=health_ports(servers),
    )


def health_ports(servers: Servers) -> dict[str, int]:
    known = servers.site.ports.known()
    return {
        name.removeprefix("health."): port
        for name, port in known.items()
        if name.startswith("health.") and name.split(".")[1] in KINDS
    }
