"""What audit reads from its environment."""

from __future__ import annotations

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class AuditSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_AUDIT_")

    postgres_dbname: str = "audit"
    postgres_user: str = "audit"
