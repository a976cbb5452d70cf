"""Files of people who mean harm, and files that nobody can take."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.acceptance.callers import problem, until
from tests.acceptance.towns import Town
from tests.builders.documents import a_pdf
from tools.demo.client import API

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

LANGUAGES = ("vi", "en", "fr")
MIB = 1024 * 1024
PDF = "application/pdf"


def hand_in(
    town: Town, path: str, content: Any, media_type: str = PDF, **headers: str
) -> Any:
    named = {"Content-Type": media_type, "X-File-Name": "paper"} | headers
    target = f"{path}/documents/CT01/file"
    return town.citizen.order("PUT", target, headers=named, content=content)


def document(town: Town, path: str) -> dict[str, Any]:
    """The document, once somebody has looked into all of its files."""

    def ask() -> dict[str, Any]:
        documents: list[dict[str, Any]] = town.citizen.ask(path).json()["documents"]
        return next(each for each in documents if each["code"] == "CT01")

    found: dict[str, Any] = until(ask, lambda now: now["state"] != "being-checked")
    return found


def scripted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


LOCKED = pikepdf.Encryption(owner="owner", user="user")
HOSTILE = [
    ("type-mismatch", b"MZ" + b"\0" * 3000, PDF),
    ("type-mismatch", a_pdf(), "image/png"),
    ("encrypted", a_pdf(encryption=LOCKED), PDF),
    ("active-content", a_pdf(scripted), PDF),
]


@pytest.mark.parametrize(
    ("reason", "content", "media_type"),
    HOSTILE,
    ids=["program", "other type", "encrypted", "scripted"],
)
def test_a_hostile_file_is_kept_from_everybody_and_another_one_may_follow(
    town: Town, filled: str, reason: str, content: bytes, media_type: str
) -> None:
    file_id = hand_in(town, filled, content, media_type).json()["file_id"]

    assert document(town, filled)["state"] == "rejected"
    [file] = until(lambda: town.citizen.ask(f"{filled}/files").json()["items"], bool)
    assert (file["id"], file["reason"]) == (file_id, reason)
    assert file["reason_text"].keys() == {*LANGUAGES}
    refused = town.citizen.ask(f"/files/{file_id}/content")
    problem(refused, 422, "file-quarantined")

    assert hand_in(town, filled, a_pdf()).status_code == 202
    taken = town.citizen.order("DELETE", f"{filled}/documents/CT01/files/{file_id}")
    assert taken.is_success
    assert document(town, filled)["state"] == "clean"


def test_a_type_that_is_never_taken_is_refused_at_once(town: Town, filled: str) -> None:
    refused = hand_in(town, filled, b"MZ", "application/x-msdownload")

    problem(refused, 422, "media-type-not-allowed")
    assert document(town, filled)["files"] == []


@pytest.mark.parametrize(
    ("target", "size", "code"),
    [
        ("answers", 2 * MIB, "body-too-large"),
        ("documents/CT01/file", 201 * MIB, "file-too-large"),
    ],
)
def test_what_is_announced_as_too_large_is_refused_before_it_comes(
    town: Town, draft: str, target: str, size: int, code: str
) -> None:
    before = town.version(draft)
    address = urlsplit(town.citizen.url)
    line = HTTPConnection(str(address.hostname), address.port, timeout=20)
    cookies = [f"{name}={value}" for name, value in town.citizen.cookies.items()]
    headers = {
        **town.citizen.headers,
        "Cookie": "; ".join(cookies),
        "Content-Type": "application/json",
        "Content-Length": str(size),
        "Idempotency-Key": str(uuid4()),
    }

    line.request("PUT", f"{API}{draft}/{target}", headers=headers)
    answer = line.getresponse()
    said = answer.read().decode()
    line.close()

    assert answer.status == 413
    assert code in said
    assert town.version(draft) == before


@pytest.mark.parametrize(
    ("target", "size", "code"),
    [
        ("answers", 2 * MIB, "body-too-large"),
        ("documents/CT01/file", 202 * MIB, "file-too-large"),
    ],
)
def test_what_grows_too_large_is_refused_as_it_comes(
    town: Town, draft: str, target: str, size: int, code: str
) -> None:
    def grows() -> Iterator[bytes]:
        for _ in range(0, size, MIB):
            yield b" " * MIB

    before = town.version(draft)

    headers = {"Content-Type": "application/json"}
    refused = town.citizen.order(
        "PUT", f"{draft}/{target}", headers=headers, content=grows()
    )

    problem(refused, 413, code)
    assert town.version(draft) == before
