"""Keeps papers in a bucket of any S3 server, locked against everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import MinioException, S3Error
from minio.retention import Retention
from pydantic import SecretStr
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from services.signing.ports import StoreAwayError
from shared.clock import Clock, now

PAPERS = "papers"
ABSENT = ("NoSuchKey", "NoSuchObject")


@dataclass(frozen=True)
class Bucket:
    """Where the papers are, and as whom we come."""

    endpoint: str
    access_key: str
    secret_key: SecretStr
    secure: bool
    region: str

    def open(self) -> Minio:
        patience = Timeout(connect=3, read=30)
        return Minio(
            self.endpoint,
            access_key=self.access_key,
            secret_key=self.secret_key.get_secret_value(),
            secure=self.secure,
            region=self.region,
            http_client=PoolManager(maxsize=10, timeout=patience, retries=Retry(2)),
        )


class LockedStore:
    """What is put stays as it is, for as many years as the law asks."""

    def __init__(self, s3: Minio, *, keep_years: int, clock: Clock = now) -> None:
        self._s3 = s3
        self._keep = timedelta(days=366 * keep_years)
        self._clock = clock

    def put(self, sha256: str, pdf: bytes) -> None:
        kept = Retention(COMPLIANCE, self._clock() + self._keep)
        with reached():
            self._s3.put_object(
                PAPERS,
                sha256,
                BytesIO(pdf),
                len(pdf),
                content_type="application/pdf",
                retention=kept,
            )

    def get(self, sha256: str) -> bytes | None:
        try:
            with reached(), self._s3.get_object(PAPERS, sha256) as answer:
                return bytes(answer.read())
        except S3Error:
            return None


@contextmanager
def reached() -> Iterator[None]:
    try:
        yield
    except S3Error as error:
        if error.code in ABSENT:
            raise
        raise StoreAwayError from error
    except (MinioException, HTTPError, OSError) as error:
        raise StoreAwayError from error
