"""The two providers that are stood in for: how each speaks, and whom it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from infra.standins.citizens import BUSINESSES, CITIZENS, USAGERS

Claims = dict[str, object]


class Known(Protocol):
    """Whoever can sign in at a provider."""

    @property
    def sub(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def birthdate(self) -> str: ...

    def claims(self) -> Claims: ...


@dataclass(frozen=True)
class Choice:
    """One button of the page where one says who one is, and what it vouches for."""

    value: str
    label: str
    detail: str
    claims: Claims


@dataclass(frozen=True)
class Flavour:
    """Where the provider is, which levels it knows, and how it tells more."""

    id: str  # of its callback at the portal
    path: str
    levels: tuple[str, ...]
    signs_userinfo: bool
    needs_proof: bool  # PKCE

    def level_for(self, asked: Mapping[str, str]) -> str | None:
        """Its strongest, as everybody has it; none when it knows none asked for."""
        wanted = asked.get("acr_values", "").split()
        is_known = not wanted or not set(wanted).isdisjoint(self.levels)
        return self.levels[-1] if is_known else None

    def choices(self, asked: Mapping[str, str]) -> list[Choice]:
        if self.id == "franceconnect":
            return [choice(each) for each in USAGERS.values()]
        if "organization" in asked.get("scope", "").split():
            return businesses()
        return [choice(each) for each in CITIZENS.values()]


VNEID = Flavour("vneid", "oidc", ("1", "2"), signs_userinfo=False, needs_proof=True)
FRANCECONNECT = Flavour(
    "franceconnect",
    "franceconnect",
    ("eidas1",),
    signs_userinfo=True,
    needs_proof=False,
)


def choice(person: Known) -> Choice:
    return Choice(person.sub, person.name, person.birthdate, person.claims())


def businesses() -> list[Choice]:
    """Everybody may try; who stands for no business comes back without one."""
    found = [
        Choice(
            value=each.sub,
            label=each.name,
            detail=f"{each.tax_code} · {CITIZENS[each.representative].name}",
            claims=CITIZENS[each.representative].claims() | each.claims(),
        )
        for each in BUSINESSES.values()
    ]
    alone = CITIZENS["tuan"]
    return [*found, choice(alone)]
