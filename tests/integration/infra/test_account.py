"""The database's account reaches its files, wherever the checkout is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infra.embedded.account import unprivileged

SETPRIV, TEST = "/usr/bin/setpriv", "/usr/bin/test"


@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["open", "closed"])
def test_it_passes_through_folders_of_others(tmp_path: Path, mode: int) -> None:
    own = tmp_path / "home" / "own"
    own.mkdir(parents=True)
    own.parent.chmod(mode)

    account = unprivileged(own)
    account.give(own)

    for right in ("-x", "-w"):
        command = [SETPRIV, *account.privileges, "--", TEST, right, str(own)]
        assert subprocess.run(command, check=False).returncode == 0


def test_it_is_never_root(tmp_path: Path) -> None:
    assert unprivileged(tmp_path).uid != 0
