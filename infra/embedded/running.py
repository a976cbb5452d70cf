"""Which installation runs, and what others must know to reach it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel

from infra.embedded.errors import AlreadyRunningError, NotRunningError
from infra.embedded.files import write_private
from infra.embedded.program import State


class Citizen(BaseModel):
    sub: str
    name: str
    personal_id: str
    phone_number: str
    email: str


class Places(BaseModel):
    """Where a tool or a test finds everything, with an operator's rights."""

    home: Path
    public_url: str
    issuer: str
    standins_url: str
    mail_folder: Path
    sms_folder: Path
    trust_root: Path
    catalogue: Path
    citizens: list[Citizen]
    admin_name: str = "admin"
    admin_password: str
    amqp_uri: str
    postgres_dsn: str
    s3_endpoint: str
    s3_access_key: str
    s3_secret_key: str
    health_ports: dict[str, int]


class ProcessState(BaseModel):
    state: State
    pid: int | None
    restarts: int
    log: Path


class Running(BaseModel):
    """The content of running.json, written anew with every change."""

    pid: int
    is_up: bool
    places: Places
    ports: dict[str, int]
    processes: dict[str, ProcessState]

    @classmethod
    def read(cls, home: Path) -> Running:
        file = home / "running.json"
        if not file.exists() or not is_locked(home):
            raise NotRunningError(home)
        return cls.model_validate_json(file.read_text())

    def write(self) -> None:
        write_private(self.places.home / "running.json", self.model_dump_json(indent=1))


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """One launcher for each folder; the kernel lets go when it dies."""
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(home) from None
        yield


def is_locked(home: Path) -> bool:
    try:
        lock = os.open(home / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
