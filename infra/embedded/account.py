"""PostgreSQL refuses to run as root: for root, its programs run as another account."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.errors import LauncherError

ACCOUNTS = ("postgres", "nobody")
KEEP = "--securebits=+no_setuid_fixup"  # access(2), too, shall know the capability
CAPABILITIES = {"dac_override": 1, "dac_read_search": 2}  # by their number
RUN = ("dac_override",)  # what only its owner may run
ENTER = ("dac_read_search", *RUN)  # folders that only their owner may enter


@dataclass(frozen=True)
class Account:
    """Who a program runs as, and the options of setpriv that make it so."""

    uid: int
    gid: int
    privileges: tuple[str, ...]

    def give(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def unprivileged(folder: Path, program: Path) -> Account:
    """Ourselves; for root another, who may reach this folder and run this program."""
    if os.geteuid() != 0:
        return Account(os.getuid(), os.getgid(), ())
    entry = first_account()
    change = (f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups")
    passing = all(map(is_open, [*folder.parents, *program.parents]))
    if passing and is_open(program):
        return Account(entry.pw_uid, entry.pw_gid, change)
    grant = f"-all,+{capability(*ENTER if is_open(program) else RUN)}"
    caps = (f"--inh-caps={grant}", f"--ambient-caps={grant}", KEEP)
    return Account(entry.pw_uid, entry.pw_gid, (*change, *caps))


def first_account() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    raise LauncherError("No account `nobody` here; run Guichet as an ordinary user.")


def is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o001)


def capability(*wanted: str) -> str:
    """The first of these that we may hand on."""
    status = Path("/proc/self/status").read_text()
    [bounding] = [
        int(line.split()[1], 16)
        for line in status.splitlines()
        if line.startswith("CapBnd:")
    ]
    for name in wanted:
        if bounding >> CAPABILITIES[name] & 1:
            return name
    raise LauncherError(
        "PostgreSQL cannot reach this folder as another account. "
        "Run Guichet as an ordinary user, or from a folder that all may enter."
    )
