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
from infra.embedded.errors import ScaleError
from infra.embedded.ports import HOST
from infra.embedded.program import Program
from infra.embedded.rehearsal import RehearsalClock
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
WORKERS = ("documents", "signing", "notifications")  # whose `work` may run beside
STREAM = "portal.stream"  # here its web tells open pages; a proxy may part them
ALONE = ("follow", "web")  # a relay has one teller; the portal here has one port


def programs(
    site: Site, addresses: Addresses, *, scale: Mapping[str, int]
) -> list[Program]:
    wanted = counts(scale)
    return [
        program(site, addresses, process, name)
        for process, count in wanted.items()
        for name in names(process, count)
    ]


def counts(scale: Mapping[str, int]) -> dict[str, int]:
    """How often each runs. Raises ScaleError for what runs once or is unknown."""
    usual = {f"{service}.{kind}": 1 for service in KINDS for kind in KINDS[service]}
    beside = [*(f"{service}.work" for service in WORKERS), STREAM]
    possible = usual | dict.fromkeys(beside, 0)
    for process, count in scale.items():
        if process not in possible or (process.split(".")[1] in ALONE and count != 1):
            raise ScaleError(process, [x for x in possible if can_be_many(x)])
    return possible | dict(scale)


def can_be_many(process: str) -> bool:
    return process.split(".")[1] not in ALONE


def names(process: str, count: int) -> Iterator[str]:
    """`workflow.serve`, then `workflow.serve.2` and so on."""
    for number in range(1, count + 1):
        yield process if number == 1 else f"{process}.{number}"


def program(site: Site, addresses: Addresses, process: str, name: str) -> Program:
    service, kind = process.split(".")
    own = environment(site, addresses, service, name)
    own["GUICHET_CLOCK"] = str(RehearsalClock(site.home).file)
    if process == STREAM:
        own["GUICHET_PORTAL_PORT"] = str(site.ports[name])
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
