"""Sealed papers, fetched by their hash from any S3 server."""

from __future__ import annotations

from hashlib import sha256

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from services.notifications.ports import PutOffError, RejectedError

BUCKET = "papers"


class StoredPapers:
    def __init__(self, client: Minio) -> None:
        self._client = client

    def get(self, sha256: str) -> bytes:
        """A paper that is not the one the log speaks of goes to nobody."""
        content = self._read(sha256)
        if digest(content) != sha256:
            raise RejectedError("attachment-damaged")
        return content

    def _read(self, key: str) -> bytes:
        try:
            with self._client.get_object(BUCKET, key) as response:
                return bytes(response.read())
        except S3Error as error:
            if error.code == "NoSuchKey":
                raise RejectedError("attachment-missing") from error
            raise PutOffError("attachment-unreachable") from error
        except (MinioException, urllib3.exceptions.HTTPError) as error:
            raise PutOffError("attachment-unreachable") from error


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
