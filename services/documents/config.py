"""What documents reads from its environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class DocumentsSettings(ServiceSettings):
    """Without a `clamav_socket` nothing is scanned for viruses.

    Its clamd must take streams of 200 MB (StreamMaxLength).
    """

    model_config = SettingsConfigDict(env_prefix="GUICHET_DOCUMENTS_")

    postgres_dbname: str = "documents"
    postgres_user: str = "documents"

    s3_endpoint: str
    s3_access_key: str
    s3_secret_key: SecretStr
    s3_secure: bool = True
    s3_region: str = "us-east-1"

    clamav_socket: Path | None = None
