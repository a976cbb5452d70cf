"""Any S3 server, through calls that every one of them has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from minio import Minio
from minio.error import S3Error
from urllib3 import PoolManager, Retry, Timeout

from services.documents.ports import (
    INCOMING,
    Attachment,
    Content,
    ObjectMissingError,
)

PIECE = 1 << 18  # bytes handled at a time
ABSENT = {"NoSuchKey", "NoSuchObject"}


class MinioStore:
    def __init__(
        self,
        endpoint: str,
        *,
        access_key: str,
        secret_key: str,
        secure: bool,
        region: str,
    ) -> None:
        """The region is named, so that signing an address asks nobody."""
        patience = Timeout(connect=3, read=30)
        self._s3 = Minio(
            endpoint,
            access_key=access_key,
            secret_key=secret_key,
            secure=secure,
            region=region,
            http_client=PoolManager(maxsize=10, timeout=patience, retries=Retry(2)),
        )

    def upload_grant(self, key: str, lifetime: timedelta) -> str:
        return self._s3.presigned_put_object(INCOMING, key, expires=lifetime)

    def download_grant(
        self, bucket: str, key: str, attachment: Attachment, lifetime: timedelta
    ) -> str:
        shown: dict[str, str | list[str] | tuple[str]] = {
            "response-content-disposition": disposition(attachment.name),
            "response-content-type": attachment.media_type,
        }
        return self._s3.presigned_get_object(
            bucket, key, expires=lifetime, response_headers=shown
        )

    def size(self, bucket: str, key: str) -> int:
        with missing_told(bucket, key):
            return int(self._s3.stat_object(bucket, key).size or 0)

    def digest(self, bucket: str, key: str) -> str:
        digest = sha256()
        for piece in self._pieces(bucket, key):
            digest.update(piece)
        return digest.hexdigest()

    @contextmanager
    def fetched(self, bucket: str, key: str, *, at_most: int) -> Iterator[Content]:
        size, digest = self.size(bucket, key), sha256()
        with NamedTemporaryFile(prefix="guichet-") as file:
            if size > at_most:
                yield Content(Path(file.name), size, "")
                return
            for piece in self._pieces(bucket, key):
                digest.update(piece)
                file.write(piece)
            file.flush()
            yield Content(Path(file.name), file.tell(), digest.hexdigest())

    def keep(self, bucket: str, key: str, content: Content) -> None:
        self._s3.fput_object(bucket, key, str(content.path))

    def remove(self, bucket: str, key: str) -> None:
        self._s3.remove_object(bucket, key)

    def _pieces(self, bucket: str, key: str) -> Iterator[bytes]:
        with missing_told(bucket, key):
            answer = self._s3.get_object(bucket, key)
        try:
            yield from answer.stream(PIECE)
        finally:
            answer.close()
            answer.release_conn()


@contextmanager
def missing_told(bucket: str, key: str) -> Iterator[None]:
    try:
        yield
    except S3Error as error:
        if error.code in ABSENT:
            raise ObjectMissingError(bucket, key) from None
        raise


def disposition(name: str) -> str:
    """Never shown in place; with its name in any script (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
