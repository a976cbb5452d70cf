"""What a person may set for the launcher; all of it has a default that works."""

from __future__ import annotations

from pathlib import Path

from pydantic import PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parents[2]


class LauncherSettings(BaseSettings):
    """GUICHET_PORTS__PORTAL=8080 fixes a port; an external address spares a server."""

    model_config = SettingsConfigDict(
        env_prefix="GUICHET_", env_nested_delimiter="__", frozen=True
    )

    home: Path = ROOT / ".guichet"
    catalogue_dir: Path = ROOT / "catalogue"
    postgres_bin: Path | None = None
    public_url: str | None = None  # when people reach the portal through a proxy
    ports: dict[str, PositiveInt] = {}

    external_postgres: str | None = None
    external_amqp: str | None = None
    external_s3: str | None = None
    external_smtp: str | None = None
    external_smpp: str | None = None
    external_oidc: str | None = None
    external_tsa: str | None = None
    external_vnpay: str | None = None  # https://TERMINAL:SECRET@host/page
    bank_account: str | None = None  # BIN/number/name, for transfers
