"""A token in software that keeps the agency's seal key, and never shows it."""

from __future__ import annotations

import sys
from pathlib import Path

from infra.embedded.addresses import Addresses
from infra.embedded.errors import MissingProgramError
from infra.embedded.files import private_folder, write_private
from infra.embedded.program import Program, run_once
from infra.embedded.site import Site

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
UTIL = Path("/usr/bin/softhsm2-util")


class SoftHSM:
    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._addresses = addresses
        self._folder = site.home / "softhsm"
        self.configuration = self._folder / "softhsm2.conf"

    def prepare(self) -> None:
        """The token, the key in it, and the certificates around it."""
        if not MODULE.exists() or not UTIL.exists():
            raise MissingProgramError("SoftHSM", "softhsm2")
        tokens = private_folder(self._folder / "tokens")
        form = f"directories.tokendir = {tokens}\nobjectstore.backend = file\n"
        write_private(self.configuration, form + "log.level = ERROR\n")
        if not any(tokens.iterdir()):
            self._run(str(UTIL), *self._new_token())
        self._run(sys.executable, "-m", "infra.embedded.authority")

    def programs(self) -> list[Program]:
        return []

    def furnish(self) -> None:
        """Nothing: it is a library, not a server."""

    def _new_token(self) -> list[str]:
        pins = ["--pin", self._site.secrets.pin("pkcs11")]
        pins += ["--so-pin", self._site.secrets.pin("pkcs11.officer")]
        return ["--init-token", "--free", "--label", "guichet", *pins]

    def _run(self, *command: str) -> None:
        """In a process of its own: the library reads its settings once for all."""
        own = {
            "SOFTHSM2_CONF": str(self.configuration),
            "GUICHET_AUTHORITY_FOLDER": str(private_folder(self._site.home / "pki")),
            "GUICHET_AUTHORITY_URL": f"{self._addresses.standins_url}/pki",
            "GUICHET_AUTHORITY_MODULE": str(MODULE),
            "GUICHET_AUTHORITY_PIN": self._site.secrets.pin("pkcs11"),
        }
        run_once("SoftHSM", command, **own)
