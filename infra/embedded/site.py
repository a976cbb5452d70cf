"""One installation on this machine: its folder, its ports, its secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from infra.embedded.files import private_folder
from infra.embedded.ports import Ports
from infra.embedded.rehearsal import RehearsalClock
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
        warn: Callable[[str], None] = print,
    ) -> Site:
        settings = settings or LauncherSettings()
        home = (home or settings.home).resolve()
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        home.chmod(0o711)  # the database's account must be able to pass through
        RehearsalClock(home).begin()
        ports = Ports(home / "state.json", settings.ports, warn=warn)
        return cls(settings, home, ports, Secrets(home / "secrets.json"))

    @classmethod
    def running(cls, home: Path) -> Site:
        """Somebody else runs it: its ports are taken, and that is as it should be."""
        site = cls.at(home)
        site.ports.trust()
        return site

    def folder(self, name: str) -> Path:
        return private_folder(self.home / name)
