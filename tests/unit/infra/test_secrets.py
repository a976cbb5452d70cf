"""Secrets are random, kept, and nobody else's to read."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from infra.embedded.secrets import Secrets


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    first = Secrets(tmp_path / "secrets.json").password("amqp.intake")

    assert Secrets(tmp_path / "secrets.json").password("amqp.intake") == first


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    one, other = (Secrets(tmp_path / name) for name in ("one.json", "other.json"))

    assert one.key("master_key") != other.key("master_key")
    assert one.actor_private_key() != other.actor_private_key()


def test_a_key_has_32_bytes(tmp_path: Path) -> None:
    assert len(b64decode(Secrets(tmp_path / "secrets.json").key("master_key"))) == 32


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    Secrets(tmp_path / "secrets.json").pin("pkcs11")

    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
