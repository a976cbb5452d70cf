"""One installation on this machine: its folder, its ports, its secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.files import private_folder
from infra.embedded.ports import Ports
from infra.embedded.secrets import Secrets
from infra.embedded.settings import LauncherSettings


@dataclass(frozen=True)
class Site:
    settings: LauncherSettings
    home: Path
    ports: Ports
    secrets: Secrets

    @classmethod
    def at(
        cls,
        home: Path | None = None,
        *,
        settings: LauncherSettings | None = None,
        say: Callable[[str], None] = print,
    ) -> Site:
        settings = settings or LauncherSettings()
        home = (home or settings.home).resolve()
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        home.chmod(0o711)  # the database's account must be able to pass through
        return cls(
            settings=settings,
            home=home,
            ports=Ports(home / "state.json", settings.ports, say=say),
            secrets=Secrets(home / "secrets.json"),
        )

    def folder(self, name: str) -> Path:
        return private_folder(self.home / name)
