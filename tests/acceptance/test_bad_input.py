"""Bad input, as people meet it: each a clear refusal, and nothing accepted is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pikepdf
import psycopg
import pytest
from pikepdf import Dictionary, Name

from infra.embedded.system import System
from services.portal.sessions import identifier
from tests.acceptance.callers import Caller, caller, problem, until
from tests.builders.documents import a_pdf
from tools.demo.client import API
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.world import procedures_in, world

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PROCEDURE, UNIT, OTHER_UNIT = "permanent-residence", "ca_xa", "so_noi_vu"
BROKEN = Path(__file__).parent / "catalogues" / "broken"
LANGUAGES = ("vi", "en", "fr")
MIB = 1024 * 1024
PDF = "application/pdf"


@dataclass(frozen=True)
class Town:
    """Who is here, a form filled in properly, and a dossier that was received."""

    citizen: Caller
    administrator: Caller
    strange_reviewer: Caller
    strange_desk: Caller
    answers: dict[str, Any]
    received: str
    desk: Caller


@pytest.fixture(scope="module")
def town(system: System) -> Town:
    return asyncio.run(settle(system))


async def settle(system: System) -> Town:
    async with world(system.connect()) as here:
        await here.learn_procedures()
        plan = Plan(0, PROCEDURE, "online", Ending.GRANTED, "bad input")
        filing = Filing(here, plan)
        await filing.prepare()
        await filing.draft()
        await filing.submit()
        await filing.pay()
        await filing.accept()
        return Town(
            citizen=caller(filing.filer),
            administrator=caller(here.administrator),
            strange_reviewer=caller(await here.staff.officer(OTHER_UNIT, "reviewer")),
            strange_desk=caller(await here.staff.officer(OTHER_UNIT, "front_desk")),
            answers=filing.form(filing.applicant).filled(),
            received=filing.path,
            desk=caller(filing.desk),
        )


@pytest.fixture
def draft(town: Town) -> str:
    """The path of a dossier that its applicant has just begun."""
    opened = town.citizen.order("POST", "/dossiers", json={"procedure": PROCEDURE})
    return f"/dossiers/{opened.json()['id']}"


@pytest.fixture
def filled(town: Town, draft: str) -> str:
    """A draft whose form is in order, with no document yet."""
    given = {"answers": town.answers}
    assert town.citizen.order("PUT", f"{draft}/answers", json=given).is_success
    return draft


def version(town: Town, path: str) -> int:
    return int(town.citizen.ask(path).json()["version"])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Không có thủ tục này."),
        ("en", "There is no such procedure."),
        ("fr", "Cette démarche n'existe pas."),
    ],
)
def test_a_procedure_that_does_not_exist(
    town: Town, language: str, sentence: str
) -> None:
    wanted = {"id": str(uuid4()), "procedure": "moon-walk"}

    refused = town.citizen.order("POST", "/dossiers", language, json=wanted)

    assert problem(refused, 422, "procedure-unknown")["title"] == sentence
    problem(town.citizen.ask("/procedures/moon-walk"), 404, "procedure-not-found")
    problem(town.citizen.ask(f"/dossiers/{wanted['id']}"), 404, "dossier-not-found")


PHONES = {
    "vi": "“Số điện thoại” phải là số di động Việt Nam, ví dụ 0912345678.",
    "en": "“Mobile phone” must be a Vietnamese mobile number, such as 0912345678.",
    "fr": "« Téléphone mobile » doit être un mobile vietnamien, "
    "par exemple 0912345678.",
}
WRONG = {"phone": "12", "birth_date": "2100-13-01", "email": "x", "nonsense": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_wrong_on_a_form_is_said_at_once_field_by_field(
    town: Town, filled: str, language: str
) -> None:
    before = town.citizen.ask(filled).json()
    answers = {"answers": {"request_text": "Something else.", **WRONG}}

    refused = town.citizen.order("PUT", f"{filled}/answers", language, json=answers)

    told = problem(refused, 422, "form-invalid")["errors"]
    said = {each["field"]: plain(each["message"]) for each in told}
    assert said.keys() == WRONG.keys()
    assert said["phone"] == PHONES[language]
    assert all(said.values())
    assert town.citizen.ask(filled).json()["answers"] == before["answers"]


def plain(sentence: str) -> str:
    """With ordinary spaces, whatever the printer of this language prefers."""
    return " ".join(sentence.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_names_every_field_that_must_be_filled_in(
    town: Town, draft: str, language: str
) -> None:
    refused = town.citizen.order("POST", f"{draft}/submission", language)

    told = problem(refused, 422, "form-invalid")["errors"]
    fields = {each["field"] for each in told if "field" in each}
    assert {"full_name", "birth_date", "phone", "declared_true"} <= fields
    assert all(each["message"] for each in told)
    assert town.citizen.ask(draft).json()["status"] == 0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Hãy nộp “Giấy tờ chứng minh chỗ ở hợp pháp”."),
        ("en", "Hand in “Proof of lawful dwelling”."),
        ("fr", "Fournissez « Justificatif de logement »."),
    ],
)
def test_each_document_that_is_missing_is_named(
    town: Town, filled: str, language: str, sentence: str
) -> None:
    refused = town.citizen.order("POST", f"{filled}/submission", language)

    told = problem(refused, 422, "documents-missing")["errors"]
    said = {each["document"]: plain(each["message"]) for each in told}
    assert {"CT01", "CT02"} <= said.keys()
    assert said["CT02"] == sentence
    assert town.citizen.ask(filled).json()["status"] == 0


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
    before = version(town, draft)
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
    assert version(town, draft) == before


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

    before = version(town, draft)

    headers = {"Content-Type": "application/json"}
    refused = town.citizen.order(
        "PUT", f"{draft}/{target}", headers=headers, content=grows()
    )

    problem(refused, 413, code)
    assert version(town, draft) == before


def test_a_key_serves_one_order_only(town: Town, filled: str) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first, second = ({"answers": {"phone": f"091234567{n}"}} for n in (8, 9))
    path = f"{filled}/answers"

    done = town.citizen.order("PUT", path, headers=key, json=first)
    again = town.citizen.order("PUT", path, headers=key, json=first)
    other = town.citizen.order("PUT", path, headers=key, json=second)

    assert again.json() == done.json()
    problem(other, 409, "key-reused")
    assert town.citizen.ask(filled).json()["answers"]["phone"].endswith("78")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({"Idempotency-Key": "seven"}, 422, "invalid"), ({}, 400, "key-missing")],
)
def test_an_order_needs_a_key_of_the_right_kind(
    town: Town, filled: str, headers: dict[str, str], status: int, code: str
) -> None:
    refused = town.citizen.call("POST", f"{filled}/submission", headers)

    problem(refused, status, code)


@pytest.mark.parametrize("seen", ['"1"', '"999"', '"seven"'])
def test_who_looked_at_another_version_is_told_to_look_again(
    town: Town, filled: str, seen: str
) -> None:
    before = town.citizen.ask(filled)
    given = {"answers": {"phone": "0912345670"}}

    refused = town.citizen.order(
        "PUT", f"{filled}/answers", headers={"If-Match": seen}, json=given
    )

    problem(refused, 412, "stale-version")
    assert town.citizen.ask(filled).json() == before.json()
    accepted = town.citizen.order(
        "PUT",
        f"{filled}/answers",
        headers={"If-Match": before.headers["etag"]},
        json=given,
    )
    assert accepted.is_success


def test_an_officer_of_another_agency_sees_nothing_of_a_dossier(town: Town) -> None:
    dossier = town.citizen.ask(town.received).json()
    file_id = next(x["file_id"] for each in dossier["documents"] for x in each["files"])
    questions = ("", "/case", "/files", "/papers", "/messages", "/history", "/problems")

    for question in questions:
        refused = town.strange_reviewer.ask(f"{town.received}{question}")
        problem(refused, 403, "not-allowed")

    refused = town.strange_reviewer.ask(f"/files/{file_id}/content")
    problem(refused, 403, "not-allowed")
    for listing in ("/dossiers", "/queue"):
        assert town.strange_reviewer.ask(listing).json()["items"] == []


def test_an_officer_of_another_agency_gets_no_sealed_paper(town: Town) -> None:
    def issued() -> list[dict[str, Any]]:
        papers = town.citizen.ask(f"{town.received}/papers").json()["items"]
        return [each for each in papers if each["state"] == "issued"]

    [receipt] = until(issued, bool)

    for question in ("", "/content", "/verification"):
        refused = town.strange_reviewer.ask(f"/papers/{receipt['id']}{question}")
        problem(refused, 403, "not-allowed")


def test_an_officer_of_another_agency_does_nothing_to_a_dossier(town: Town) -> None:
    def opened() -> list[dict[str, Any]]:
        case = town.desk.ask(f"{town.received}/case").json()
        steps = [each for each in case.get("steps", []) if each["state"] == "open"]
        return [{"case": case["id"], **each} for each in steps]

    step = until(opened, bool)[0]
    before = town.citizen.ask(town.received).json()

    claimed = town.strange_reviewer.order(
        "POST", f"/cases/{step['case']}/steps/{step['step']}/claim"
    )
    accepted = town.strange_desk.order("POST", f"{town.received}/acceptance")

    problem(claimed, 403, "not-allowed")
    problem(accepted, 403, "not-allowed")
    assert town.citizen.ask(town.received).json() == before


def test_a_session_that_has_expired_proves_nothing(system: System, town: Town) -> None:
    places = system.connect()
    said = {"username": places.admin_name, "password": places.admin_password}
    signed_in = town.administrator.order("POST", "/session", json=said).json()
    late = Caller(town.citizen.url, {"Authorization": f"Bearer {signed_in['token']}"})
    assert late.ask("/me").is_success

    time_passes(places.postgres_dsn, signed_in["token"])

    refused = late.ask("/me", "fr")
    told = problem(refused, 401, "not-proven")
    assert told["title"] == "Connectez-vous pour continuer."
    assert refused.headers["www-authenticate"] == "Bearer"
    problem(late.order("POST", f"{town.received}/acceptance"), 401, "not-proven")


def time_passes(postgres_dsn: str, token: str) -> None:
    """Until nobody is signed in with this token any more."""
    with psycopg.connect(postgres_dsn, dbname="portal") as database:
        database.execute(
            "UPDATE portal_sessions SET expires_at = now() - interval '1 second' "
            "WHERE id = %s",
            [identifier(token)],
        )


def test_a_broken_catalogue_says_where_and_why_and_changes_nothing(town: Town) -> None:
    before = town.citizen.ask("/procedures").json()
    definitions = procedures_in(BROKEN)

    refused = town.administrator.order(
        "PUT", "/catalogue", json={"definitions": definitions}
    )

    errors = problem(refused, 422, "catalogue-invalid")["errors"]
    found = {(each["file"], each["path"]): each for each in errors}
    wrong = found["reading-room-pass.json", "$.steps[1].agency"]
    assert wrong["reason"] == "there is no agency nobody_knows"
    assert wrong["reason"] in wrong["message"]
    assert town.citizen.ask("/procedures").json() == before
    problem(town.citizen.ask("/procedures/library-card-2"), 404, "procedure-not-found")
