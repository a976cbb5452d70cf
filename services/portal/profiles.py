"""What is known of each kind of identity provider: what to ask, what to believe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Name = Literal["vneid", "franceconnect", "plain"]
Text3 = Mapping[str, str]

PERSON = (
    "name",
    "family_name",
    "given_name",
    "birthdate",
    "gender",
    "personal_id",
    "phone_number",
    "email",
)
PIVOT = ("birthplace", "birthcountry", "preferred_username")


@dataclass(frozen=True)
class Profile:
    """One way of speaking OpenID Connect; `levels` from the weakest to the strongest.

    `says` names the claims of the signed token that may state the level.
    """

    scope: str
    levels: Mapping[str, int]
    says: tuple[str, ...]
    asks_level: bool = True  # by `acr_values`
    signs_userinfo: bool = False
    posts_secret: bool = False
    keeps: tuple[str, ...] = PERSON
    for_businesses: str = ""  # the scope under which a business signs in

    def is_enough(self, said: str, asked: str) -> bool:
        """What the provider vouches for is at least what it was asked for."""
        ranks = list(self.levels)
        return said in ranks and ranks.index(said) >= ranks.index(asked)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "vneid": Profile(  # e-identity accounts of levels 1 and 2, Decree 69/2024
            scope="openid profile email phone",
            levels=MappingProxyType({"1": 1, "2": 2}),
            says=("loa", "acr"),
            for_businesses="organization",
        ),
        "franceconnect": Profile(  # v2: eIDAS low, substantial, high
            scope="openid given_name family_name preferred_username gender birthdate "
            "birthplace birthcountry email",
            levels=MappingProxyType({"eidas1": 1, "eidas2": 2, "eidas3": 2}),
            says=("acr",),
            signs_userinfo=True,
            posts_secret=True,
            keeps=(*(each for each in PERSON if each != "personal_id"), *PIVOT),
        ),
        "plain": Profile(
            scope="openid profile email phone",
            levels=MappingProxyType({"1": 1, "2": 2}),
            says=("acr",),
        ),
    }
)

NAMES: Mapping[str, Text3] = MappingProxyType(
    {
        "vneid": {"vi": "VNeID", "en": "VNeID", "fr": "VNeID"},
        "franceconnect": {
            "vi": "FranceConnect",
            "en": "FranceConnect",
            "fr": "FranceConnect",
        },
        "plain": {"vi": "OpenID", "en": "OpenID", "fr": "OpenID"},
    }
)
