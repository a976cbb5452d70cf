"""The database's account reaches its files, wherever the checkout is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from infra.embedded.account import Account, unprivileged

SETPRIV, TEST = "/usr/bin/setpriv", "/usr/bin/test"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return Path(shutil.copy("/usr/bin/true", tmp_path))


@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["open", "closed"])
def test_it_passes_through_folders_of_others(
    tmp_path: Path, program: Path, mode: int
) -> None:
    own = tmp_path / "home" / "own"
    own.mkdir(parents=True)
    own.parent.chmod(mode)

    account = unprivileged(own, program)
    account.give(own)

    assert runs(account, TEST, "-x", str(own))
    assert runs(account, TEST, "-w", str(own))


@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["for all", "for its owner"])
def test_it_runs_the_program(tmp_path: Path, program: Path, mode: int) -> None:
    program.chmod(mode)

    assert runs(unprivileged(tmp_path, program), str(program))


def test_it_is_never_root(tmp_path: Path, program: Path) -> None:
    assert unprivileged(tmp_path, program).uid != 0


def runs(account: Account, *command: str) -> bool:
    done = subprocess.run([SETPRIV, *account.privileges, "--", *command], check=False)
    return done.returncode == 0
