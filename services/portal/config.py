"""What the portal reads from its environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Base64Bytes, PositiveInt, SecretStr
from pydantic_settings import SettingsConfigDict

from services.portal.provider_settings import Providers, different
from shared.settings import ServiceSettings


class PortalSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_PORTAL_")

    postgres_dbname: str = "portal"
    postgres_user: str = "portal"

    host: str = "127.0.0.1"
    port: PositiveInt = 8080
    public_url: str = "http://127.0.0.1:8080"
    streams: PositiveInt = 25_000  # open pages that are told of changes, at most

    actor_private_key: SecretStr
    admin_password: SecretStr
    pseudonym_key: Base64Bytes
    session_secret: Base64Bytes

    uploads_dir: Path = Path("/var/lib/guichet/uploads")

    oidc_providers: Annotated[Providers, AfterValidator(different)]

    codes_per_minute: PositiveInt = 120  # sent to phones and mailboxes, in all

    @property
    def is_secure(self) -> bool:
        """People reach us over TLS."""
        return self.public_url.startswith("https://")

    def database(self) -> dict[str, str | int]:
        """Where the read models and the sessions are, as psycopg wants to know it."""
        return {
            "host": self.postgres_host,
            "port": self.postgres_port,
            "dbname": self.postgres_dbname,
            "user": self.postgres_user,
            "password": self.postgres_password.get_secret_value(),
        }
