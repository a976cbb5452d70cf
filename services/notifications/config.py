"""What notifications reads from its environment."""

from __future__ import annotations

from pydantic import Field, PositiveInt, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings

LONGEST_URL = 36  # with a longer one the link would not fit into a short message


class NotificationsSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_NOTIFICATIONS_")

    postgres_dbname: str = "notifications"
    postgres_user: str = "notifications"

    public_url: str = Field(max_length=LONGEST_URL)  # of the portal

    smtp_host: str
    smtp_port: PositiveInt = 25
    mail_from: str

    smpp_host: str
    smpp_port: PositiveInt = 2775
    smpp_system_id: str
    smpp_password: SecretStr
    sms_sender: str

    s3_endpoint: str
    s3_access_key: str
    s3_secret_key: SecretStr
    s3_secure: bool = True

    retry_after: tuple[PositiveInt, ...] = (2, 30, 300, 1800)  # seconds, then it failed
