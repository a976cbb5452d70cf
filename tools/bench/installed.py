"""The environment of a process of the running installation."""

from __future__ import annotations

from pathlib import Path

from infra.embedded.addresses import Addresses
from infra.embedded.environment import environment
from infra.embedded.site import Site


def environment_of(home: Path, service: str, process: str) -> dict[str, str]:
    """As its own processes have it; the ports are those in use."""
    site = Site.at(home)
    site.ports.trust()
    return environment(site, Addresses(site), service, process)
