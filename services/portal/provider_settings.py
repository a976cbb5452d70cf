"""The identity providers of this deployment, as the environment names them."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from services.portal import profiles
from services.portal.profiles import PROFILES, Name, Profile

HERE = ("127.0.0.1", "::1", "localhost")


class ProviderSettings(BaseModel):
    """One provider: how it speaks, where it is, and as whom it knows us."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")  # in its callback's address
    profile: Name
    issuer: str
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    level: str = ""  # the least we ask for; else the weakest its profile knows
    names: dict[str, str] = {}  # on the button, by language
    businesses: bool = True  # where the profile knows them

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if self.level and self.level not in self.known.levels:
            known = ", ".join(self.known.levels)
            raise ValueError(f"{self.id}: level {self.level} is none of {known}")
        where = urlsplit(self.issuer)
        is_private = where.scheme == "https" or where.hostname in HERE
        if not (is_private and where.hostname) or where.query or where.fragment:
            raise ValueError(f"{self.id}: the issuer must be an https address")
        return self

    @property
    def known(self) -> Profile:
        return PROFILES[self.profile]

    @property
    def least(self) -> str:
        return self.level or next(iter(self.known.levels))

    @property
    def takes_businesses(self) -> bool:
        return self.businesses and bool(self.known.for_businesses)

    def name(self, language: str) -> str:
        return self.names.get(language) or profiles.NAMES[self.profile][language]


def different(found: tuple[ProviderSettings, ...]) -> tuple[ProviderSettings, ...]:
    """No two share an id or an issuer: each answer belongs to one of them."""
    for what in ("id", "issuer"):
        values = [getattr(each, what) for each in found]
        if len(set(values)) < len(values):
            raise ValueError(f"two providers have the same {what}")
    return found


Providers = Annotated[tuple[ProviderSettings, ...], Field(min_length=1)]
