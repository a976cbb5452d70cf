"""A PostgreSQL whose service's tables lie on a disk so small that it can be filled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from infra.embedded import databases
from infra.embedded.account import first_account
from infra.embedded.addresses import Addresses, PostgresAddress
from infra.embedded.postgres import Postgres
from infra.embedded.program import Program
from infra.embedded.site import Site
from infra.embedded.supervisor import Supervisor

SIZE = 24  # MiB: an empty database, the tables of a service, and a little
MOUNT = 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"'
FILL = "dd if=/dev/zero of={} bs=4k 2>/dev/null || true"


@dataclass(frozen=True)
class Disk:
    """Only the server sees it, so the server fills it and empties it."""

    folder: Path
    address: PostgresAddress

    def fill(self) -> None:
        self._run(FILL.format(self.folder / "filler"))

    def empty(self) -> None:
        self._run(f"rm {self.folder / 'filler'}")

    def _run(self, command: str) -> None:
        with psycopg.connect(self.address.dsn()) as owner:
            owner.execute(f"COPY (SELECT) TO PROGRAM '{command}'".encode())


@contextmanager
def small_disk(home: Path) -> Iterator[tuple[Site, Disk]]:
    """The server runs; the database `documents` lies on the small disk."""
    site = Site.at(home)
    disk = Disk(home / "small", Addresses(site).postgres)
    disk.folder.mkdir()
    server = Postgres(site, Addresses(site))
    server.prepare()
    supervisor = Supervisor(home / "logs")
    try:
        [program] = server.programs()
        supervisor.start([on_small_disk(program, disk.folder)])
        supervisor.wait([program.name])
        furnish(site, disk)
        yield site, disk
    finally:
        supervisor.close()


def on_small_disk(program: Program, folder: Path) -> Program:
    """The same server; before it becomes itself it mounts a disk that only it sees."""
    is_root = os.geteuid() == 0
    account = first_account() if is_root else None
    owner = f"uid={account.pw_uid},gid={account.pw_gid}" if account else "uid=0,gid=0"
    options = f"size={SIZE}m,mode=0700,{owner}"
    space = ("--mount",) if is_root else ("--mount", "--map-root-user")
    become = ("/usr/bin/setpriv", *program.privileges) if is_root else as_oneself()
    command = (
        *("/usr/bin/unshare", *space, "/bin/sh", "-c", MOUNT, "mount"),
        *(options, str(folder)),
        *(*become, "--", *program.command),
    )
    return replace(program, command=command, privileges=())


def as_oneself() -> tuple[str, ...]:
    """Root of its own name space it may mount, but not serve: it is itself again."""
    user, group = os.getuid(), os.getgid()
    return ("/usr/bin/unshare", f"--map-user={user}", f"--map-group={group}")


def furnish(site: Site, disk: Disk) -> None:
    with psycopg.connect(disk.address.dsn(), autocommit=True) as owner:
        owner.execute(f"CREATE TABLESPACE small LOCATION '{disk.folder}'".encode())
        owner.execute("CREATE DATABASE documents TABLESPACE small")
    databases.make(site, disk.address)
