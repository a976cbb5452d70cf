"""Prepares compose.yaml: `python -m infra.containers [prepare | furnish]`.

`prepare` makes the secrets once and writes each container's settings; what stands
outside is named as for the launcher. `furnish` fills the servers, and may run again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kombu import Connection

from infra.declare import declare
from infra.embedded import buckets, databases
from infra.embedded.addresses import Addresses
from infra.embedded.broker_accounts import OPERATOR, definitions
from infra.embedded.environment import environment
from infra.embedded.errors import LauncherError
from infra.embedded.files import private_folder, write_private
from infra.embedded.seaweedfs import client, identities
from infra.embedded.secrets import Secrets
from infra.embedded.settings import ROOT, LauncherSettings
from infra.embedded.site import Site

FOLDER = ROOT / "infra" / "containers"
OUTSIDE = (
    "public_url",
    "external_smtp",
    "external_smpp",
    "external_oidc",
    "external_tsa",
)
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- inside a container, behind its network
LISTENING = {"HEALTH_HOST": EVERYWHERE, "HEALTH_PORT": "8000"}
UPLOADS = "/var/lib/guichet/uploads"
PORTAL = {"HOST": EVERYWHERE, "PORT": "8080", "UPLOADS_DIR": UPLOADS}
OF_THE_HSM = ("PKCS11_", "TRUST_ROOTS", "SOFTHSM2_")  # in containers/signing.own.env
IF_NAMED = {"external_vnpay": "VNPAY_", "bank_account": "BANK_"}  # else not offered


def installation(folder: Path, settings: LauncherSettings) -> Site:
    secret = Secrets(private_folder(folder) / "secrets.json").password("postgres")
    inside = {
        "external_postgres": f"postgresql://postgres:{secret}@postgres:5432",
        "external_amqp": "amqp://rabbitmq:5672//",
        "external_s3": "http://seaweedfs:8333",
    }
    return Site.at(folder, settings=settings.model_copy(update=inside))


def prepare(folder: Path, settings: LauncherSettings) -> None:
    if missing := [name for name in OUTSIDE if not getattr(settings, name)]:
        names = ", ".join(f"GUICHET_{name.upper()}" for name in missing)
        raise LauncherError(f"Say where they are: {names}")
    site = installation(folder, settings)
    for service in databases.SERVICES:
        write_private(folder / f"{service}.env", lines(own_settings(site, service)))
    superuser = {"POSTGRES_PASSWORD": site.secrets.password("postgres")}
    write_private(folder / "postgres.env", lines(superuser))
    accounts = json.dumps(definitions(site.secrets), indent=1)
    write_private(folder / "definitions.json", accounts)
    write_private(folder / "s3.json", json.dumps(identities(site.secrets), indent=1))


def own_settings(site: Site, service: str) -> dict[str, str]:
    prefix = f"GUICHET_{service.upper()}_"
    fixed = LISTENING | (PORTAL if service == "portal" else {})
    found = environment(site, Addresses(site), service, f"{service}.serve")
    unnamed = (IF_NAMED[each] for each in IF_NAMED if not getattr(site.settings, each))
    others = (*OF_THE_HSM, *unnamed)
    return {
        name: value
        for name, value in found.items()
        if not name.removeprefix(prefix).startswith(others)
    } | {prefix + name: value for name, value in fixed.items()}


def lines(values: dict[str, str]) -> str:
    return "".join(f"{name}={json.dumps(value)}\n" for name, value in values.items())


def furnish(folder: Path, settings: LauncherSettings) -> None:
    site = installation(folder, settings)
    addresses = Addresses(site)
    databases.make(site, addresses.postgres)
    buckets.make(client(addresses.s3(OPERATOR)))
    with Connection(addresses.amqp(OPERATOR)) as broker:
        declare(broker)


DEEDS = {"prepare": prepare, "furnish": furnish}

if __name__ == "__main__":
    if sys.argv[1:] not in [[name] for name in DEEDS]:
        raise SystemExit(__doc__)
    try:
        DEEDS[sys.argv[1]](FOLDER, LauncherSettings())
    except LauncherError as error:
        raise SystemExit(str(error)) from error
