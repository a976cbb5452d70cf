"""Packages are found by what they bring; who may not install is told how."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.launcher import debian
from infra.launcher.debian import Package


def test_a_package_is_known_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "x86_64").mkdir()
    (tmp_path / "x86_64" / "lib.so").touch()
    here = Package("here", f"{tmp_path}/*/lib.so")
    gone = Package("gone", f"{tmp_path}/*/other.so")

    assert debian.missing([here, gone]) == ["gone"]


def test_an_ordinary_user_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    wanted = [Package("rabbitmq-server", f"{tmp_path}/rabbitmq")]

    with pytest.raises(SystemExit, match=r"sudo apt-get install .*rabbitmq-server"):
        debian.ensure(wanted)


def test_a_machine_without_apt_is_told_the_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(SystemExit, match=r"softhsm2.*compose"):
        debian.ensure([Package("softhsm2", f"{tmp_path}/softhsm")])


@pytest.mark.parametrize("before", [None, b"#!/bin/sh\nexit 0\n"])
def test_the_policy_for_services_is_put_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, before: bytes | None
) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(debian, "POLICY", policy)
    if before:
        policy.write_bytes(before)

    with debian.services_kept_still():
        assert "exit 101" in policy.read_text()

    assert (policy.read_bytes() if policy.exists() else None) == before
