"""Where files live: those that came in, were accepted, are suspect, were issued."""

from __future__ import annotations

from io import BytesIO
from time import monotonic, sleep

from minio import Minio
from minio.commonconfig import ENABLED
from minio.error import S3Error
from minio.versioningconfig import VersioningConfig

INCOMING, FILES, QUARANTINE, PAPERS = "incoming", "files", "quarantine", "papers"
PLAIN = (INCOMING, FILES, QUARANTINE)
KEEP = ("PutObjectRetention", "GetObjectRetention")

RIGHTS = {
    "operator": ["Admin", "Read", "Write", "List", "Tagging"],
    "documents": [
        *(f"{each}:{b}" for b in PLAIN for each in ("Read", "Write", "List")),
        f"Read:{PAPERS}",
    ],
    "signing": [f"{each}:{PAPERS}" for each in ("Read", "Write", "List", *KEEP)],
    "notifications": [f"Read:{PAPERS}"],
}

PROBE = ".probe"
PATIENCE = 20.0  # seconds until the first volume takes a write


def make(server: Minio) -> None:
    for name in PLAIN:
        if not server.bucket_exists(name):
            server.make_bucket(name)
    if not server.bucket_exists(PAPERS):
        server.make_bucket(PAPERS, object_lock=True)
        server.set_bucket_versioning(PAPERS, VersioningConfig(ENABLED))
    require_writable(server)


def require_writable(server: Minio) -> None:
    """It answers before its volumes do."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            server.put_object(INCOMING, PROBE, BytesIO(b"?"), 1)
        except S3Error:
            if monotonic() > deadline:
                raise
            sleep(0.1)
        else:
            server.remove_object(INCOMING, PROBE)
            return
