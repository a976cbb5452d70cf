"""Debian packages: found by what they bring, installed when we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from glob import glob
from importlib.util import find_spec
from pathlib import Path

POLICY = Path("/usr/sbin/policy-rc.d")
KEEP_STILL = "#!/bin/sh\nexit 101\n"  # no service starts because it was installed


@dataclass(frozen=True)
class Package:
    name: str
    brings: str  # a file; * stands for the machine's own folder

    @property
    def is_here(self) -> bool:
        return bool(glob(self.brings))


@dataclass(frozen=True)
class PythonModule(Package):
    @property
    def is_here(self) -> bool:
        return find_spec(self.brings) is not None


FONTS = "/usr/share/fonts/truetype"

ALWAYS: tuple[Package, ...] = (PythonModule("python3-venv", "ensurepip"),)
SERVERS: tuple[Package, ...] = (
    Package("rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server"),
    Package("softhsm2", "/usr/bin/softhsm2-util"),
    Package("openssl", "/usr/bin/openssl"),
    Package("poppler-utils", "/usr/bin/pdftotext"),
    Package("fonts-noto-core", f"{FONTS}/noto/NotoSans-Regular.ttf"),
    Package("fonts-dejavu-core", f"{FONTS}/dejavu/DejaVuSans.ttf"),
    Package("libpango-1.0-0", "/usr/lib/*/libpango-1.0.so.0"),
    Package("libpangoft2-1.0-0", "/usr/lib/*/libpangoft2-1.0.so.0"),
    Package("libharfbuzz-subset0", "/usr/lib/*/libharfbuzz-subset.so.0"),
)
BROWSER: tuple[Package, ...] = (
    Package("chromium", "/usr/bin/chromium"),
    Package("chromium-headless-shell", "/usr/bin/chromium-headless-shell"),
)


def missing(wanted: Sequence[Package]) -> list[str]:
    return [package.name for package in wanted if not package.is_here]


def ensure(wanted: Sequence[Package]) -> None:
    """Installed by us as root; otherwise the person is told the command."""
    names = missing(wanted)
    if not names:
        return
    if shutil.which("apt-get") is None:
        sys.exit(
            f"Guichet needs what Debian calls {', '.join(names)}. This machine has no "
            "apt-get: install them in its own way, or use infra/compose.yaml."
        )
    if os.geteuid() != 0:
        sys.exit(
            f"Guichet needs {len(names)} Debian packages. Install them with\n\n"
            f"  sudo apt-get install --no-install-recommends {' '.join(names)}\n\n"
            "and start again. (Stop the system service that rabbitmq-server brings, if "
            "you do not want it: sudo systemctl disable --now rabbitmq-server)"
        )
    install(names)
    if still := missing(wanted):
        sys.exit(
            f"apt-get installed everything, and yet {', '.join(still)} is missing."
        )


def install(names: list[str]) -> None:
    print(f"Installing Debian packages: {' '.join(names)}", file=sys.stderr)
    with services_kept_still():
        options = ["install", "-y", "--no-install-recommends", *names]
        if apt(*options).returncode != 0:
            apt("update")
            result = apt(*options)
            if result.returncode != 0:
                sys.exit(f"apt-get failed:\n{result.stdout[-3000:]}")


def apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/usr/bin/apt-get", "-qq", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@contextmanager
def services_kept_still() -> Iterator[None]:
    """A policy of the machine's own is put back as it was."""
    before = POLICY.read_bytes() if POLICY.exists() else None
    POLICY.write_text(KEEP_STILL)
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        if before is None:
            POLICY.unlink()
        else:
            POLICY.write_bytes(before)
