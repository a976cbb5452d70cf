"""Starts what stands in for the world: mail, SMS, sign-in, payments, stamps."""

from __future__ import annotations

import sys

from infra.embedded.addresses import TERMINAL, Addresses
from infra.embedded.files import private_folder
from infra.embedded.ports import HOST
from infra.embedded.processes import ready_at
from infra.embedded.program import Program
from infra.embedded.rehearsal import RehearsalClock
from infra.embedded.site import Site

SIGNED_OUT_AT = "/sign-out/callback"
SIGNED_IN_AT = "/sign-in/callback"  # the portal's page the provider returns to
NOTICES_AT = "/api/v1/payments/vnpay/ipn"  # where it hears how payments ended


class Standins:
    name = "standins"

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._addresses = addresses

    def prepare(self) -> None:
        for folder in ("mail", "sms"):
            private_folder(self._site.home / folder)

    def programs(self) -> list[Program]:
        url = self._addresses.standins_url
        return [
            Program(
                name=self.name,
                command=(sys.executable, "-m", "infra.standins"),
                environment=self._environment(),
                is_ready=ready_at(f"{url}/ready"),
            )
        ]

    def furnish(self) -> None:
        """They start empty."""

    def _environment(self) -> dict[str, str]:
        secret, ports = self._site.secrets.password, self._site.ports
        own = {
            "URL": self._addresses.standins_url,
            "PORT": str(ports["standins"]),
            "SMTP_PORT": str(ports["smtp"]),
            "SMPP_PORT": str(ports["smpp"]),
            "SMPP_PASSWORD": secret("smpp")[:8],
            "OIDC_CLIENT_SECRET": secret("oidc"),
            "OIDC_REDIRECT_URI": f"{self._addresses.public_url}{SIGNED_IN_AT}",
            "OIDC_LOGOUT_URI": f"{self._addresses.public_url}{SIGNED_OUT_AT}",
            "VNPAY_TERMINAL": TERMINAL,
            "VNPAY_SECRET": secret("vnpay"),
            "VNPAY_IPN_URL": f"http://{HOST}:{ports['portal']}{NOTICES_AT}",
            "HOME": str(self._site.home),
        }
        named = {f"GUICHET_STANDINS_{name}": value for name, value in own.items()}
        return {**named, "GUICHET_CLOCK": str(RehearsalClock(self._site.home).file)}
