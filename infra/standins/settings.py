"""What the stand-ins read from their environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class StandinsSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_STANDINS_", frozen=True)

    home: Path
    host: str = "127.0.0.1"
    url: str
    port: PositiveInt
    smtp_port: PositiveInt
    smpp_port: PositiveInt
    smpp_system_id: str = "guichet"
    smpp_password: SecretStr

    oidc_client_id: str = "guichet-portal"
    oidc_client_secret: SecretStr
    oidc_redirect_uri: str  # of the portal, before the provider's name
    oidc_logout_uri: str

    vnpay_terminal: str
    vnpay_secret: SecretStr
    vnpay_ipn_url: str  # of the portal, which hears how payments ended
