"""Bad input, as people meet it: each a clear refusal, and nothing accepted is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from infra.embedded.system import System
from tests.acceptance.callers import problem
from tests.acceptance.towns import PROCEDURE, Town
from tools.demo.world import procedures_in

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

BROKEN = Path(__file__).parent / "catalogues" / "broken"
LANGUAGES = ("vi", "en", "fr")
FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON intake_events
    EXECUTE FUNCTION full_disk()
"""


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


def test_while_the_disk_is_full_orders_are_refused_and_none_is_half_done(
    system: System, town: Town
) -> None:
    key, wanted = {"Idempotency-Key": str(uuid4())}, {"procedure": PROCEDURE}

    with full_disk(system):
        refused = town.citizen.order("POST", "/dossiers", headers=key, json=wanted)
        assert town.citizen.ask(town.received).is_success

    told = problem(refused, 503, "service-unavailable")
    assert told["title"].startswith("The service is away for a moment.")
    done = town.citizen.order("POST", "/dossiers", headers=key, json=wanted)
    again = town.citizen.order("POST", "/dossiers", headers=key, json=wanted)
    assert done.status_code == 201
    assert again.json() == done.json()


@contextmanager
def full_disk(system: System) -> Iterator[None]:
    """The database refuses what intake wants to keep, in the words of a full disk."""
    dsn = system.connect().postgres_dsn
    with psycopg.connect(dsn, dbname="intake", autocommit=True) as database:
        database.execute(FULL)
        try:
            yield
        finally:
            database.execute("DROP FUNCTION full_disk CASCADE")
