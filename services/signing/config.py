"""What signing reads from its environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import PositiveInt, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class SigningSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_SIGNING_")

    postgres_dbname: str = "signing"
    postgres_user: str = "signing"

    public_url: str  # of the portal, as the QR codes on papers name it

    s3_endpoint: str
    s3_access_key: str
    s3_secret_key: SecretStr
    s3_secure: bool = True
    s3_region: str = "us-east-1"
    keep_years: PositiveInt = 20  # how long nobody can remove an issued paper

    pkcs11_module: Path
    pkcs11_token: str
    pkcs11_pin: SecretStr
    pkcs11_key: str  # the label of the key and of its certificate
    tsa_url: str
    trust_roots: Path
