"""Asks ClamAV's daemon whether a file is known to be harmful."""

from __future__ import annotations

from pathlib import Path

from clamav_client.clamd import BufferTooLongError, ClamdUnixSocket

from services.documents.domain import Finding

PATIENCE = 120  # seconds


class ScannerUnavailableError(Exception):
    """The scanner gave no verdict: ask again later."""


class ClamdScanner:
    def __init__(self, socket: Path) -> None:
        self._socket = str(socket)

    def scan(self, path: Path) -> Finding | None:
        clamd = ClamdUnixSocket(self._socket, timeout=PATIENCE)
        try:
            with path.open("rb") as file:
                answer = clamd.instream(file)
        except BufferTooLongError:
            return Finding.NOT_SCANNABLE
        match answer.get("stream"):
            case ("OK", _):
                return None
            case ("FOUND", _):
                return Finding.INFECTED
        raise ScannerUnavailableError(answer)


class NoScanner:
    """Where no scanner is set, every file passes it."""

    def scan(self, path: Path) -> Finding | None:
        return None
