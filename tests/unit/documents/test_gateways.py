"""The world behind the ports: a scanner's protocol, a process that may die."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from clamav_client.clamd import CommunicationError

from services.documents.domain import Finding
from services.documents.gateways import ClamdScanner, NoScanner, SeparateInspector
from services.documents.gateways import inspector as module
from services.documents.gateways.scanner import ScannerUnavailableError
from services.documents.gateways.store import disposition
from tests.builders.documents import a_pdf, an_image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 5000


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does: sized pieces, an empty one, one line back."""

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        received = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(size)
        self.wfile.write(self.verdict(received))

    def verdict(self, received: bytes) -> bytes:
        if len(received) > LIMIT:
            return b"INSTREAM size limit exceeded. ERROR\n"
        if b"no database" in received:
            return b"stream: Can't load signatures ERROR\n"
        if EICAR in received:
            return b"stream: Eicar-Test-Signature FOUND\n"
        return b"stream: OK\n"


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Path]:
    address = tmp_path / "clamd"
    with socketserver.ThreadingUnixStreamServer(str(address), Clamd) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def a_file_of(tmp_path: Path, stored: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(stored)
    return path


@pytest.mark.parametrize(
    ("stored", "finding"),
    [
        (b"harmless" * 300, None),
        (b"see: " + EICAR, Finding.INFECTED),
        (bytes(LIMIT + 1), Finding.NOT_SCANNABLE),
    ],
    ids=["clean", "eicar", "large"],
)
def test_the_scanner_decides(
    clamd: Path, tmp_path: Path, stored: bytes, finding: Finding | None
) -> None:
    assert ClamdScanner(clamd).scan(a_file_of(tmp_path, stored)) == finding


def test_a_scanner_that_cannot_scan_gives_no_verdict(
    clamd: Path, tmp_path: Path
) -> None:
    with pytest.raises(ScannerUnavailableError):
        ClamdScanner(clamd).scan(a_file_of(tmp_path, b"no database"))


def test_a_scanner_that_is_away_gives_no_verdict(tmp_path: Path) -> None:
    scanner = ClamdScanner(tmp_path / "nobody")

    with pytest.raises(CommunicationError):
        scanner.scan(a_file_of(tmp_path, b"harmless"))


def test_without_a_scanner_every_file_passes(tmp_path: Path) -> None:
    assert NoScanner().scan(tmp_path) is None


@pytest.fixture
def inspector() -> Iterator[SeparateInspector]:
    inspector = SeparateInspector()
    yield inspector
    inspector.close()


def test_files_are_opened_one_after_the_other_by_a_process_apart(
    inspector: SeparateInspector, tmp_path: Path
) -> None:
    picture, locked = an_image(), a_pdf()[:30]

    looked = [
        inspector.inspect(a_file_of(tmp_path, picture), "image/jpeg"),
        inspector.inspect(a_file_of(tmp_path, locked), "application/pdf"),
        inspector.inspect(a_file_of(tmp_path, a_pdf()), "application/pdf"),
    ]

    assert looked == [None, Finding.DAMAGED, None]


def test_a_file_that_kills_who_opens_it_is_damaged_and_the_next_one_is_served(
    inspector: SeparateInspector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "COMMAND", ["/bin/false"])
        assert inspector.inspect(tmp_path, "image/png") == Finding.DAMAGED

    picture = a_file_of(tmp_path, an_image())
    assert inspector.inspect(picture, "image/jpeg") is None


def test_a_name_in_any_script_stays_an_attachment() -> None:
    assert disposition('bản "vẽ".pdf') == (
        "attachment; filename*=UTF-8''b%E1%BA%A3n%20%22v%E1%BA%BD%22.pdf"
    )
