"""The processes of Guichet itself, and how one sees that they are ready."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import urlopen

from infra.embedded.addresses import Addresses
from infra.embedded.environment import environment
from infra.embedded.ports import HOST
from infra.embedded.program import Program
from infra.embedded.settings import ROOT
from infra.embedded.site import Site

KINDS: dict[str, tuple[str, ...]] = {
    "intake": ("serve", "follow"),
    "workflow": ("serve", "follow"),
    "documents": ("serve", "follow"),
    "signing": ("serve", "follow"),
    "notifications": ("serve", "follow"),
    "audit": ("serve",),
    "portal": ("web", "follow"),
}


def programs(
    site: Site, addresses: Addresses, *, scale: Mapping[str, int]
) -> list[Program]:
    return [
        program(site, addresses, service, kind, name)
        for service, kinds in KINDS.items()
        if (ROOT / "services" / service / "__main__.py").exists()
        for kind in kinds
        for name in names(f"{service}.{kind}", scale.get(f"{service}.{kind}", 1))
    ]


def names(process: str, count: int) -> Iterator[str]:
    """`workflow.serve`, then `workflow.serve.2` and so on."""
    yield process
    for number in range(2, count + 1):
        yield f"{process}.{number}"


def program(
    site: Site, addresses: Addresses, service: str, kind: str, name: str
) -> Program:
    own = environment(site, addresses, service, name)
    port = site.ports["portal" if kind == "web" else f"health.{name}"]
    return Program(
        name=name,
        command=(sys.executable, "-m", f"services.{service}", kind),
        environment=own,
        is_ready=ready_at(f"http://{HOST}:{port}/ready"),
    )


def ready_at(url: str) -> Callable[[], bool]:
    return partial(answers, url)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 -- our own loopback address
            return bool(answer.status == 200)
    except (URLError, HTTPException, OSError):
        return False
