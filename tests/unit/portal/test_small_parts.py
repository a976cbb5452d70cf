from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from services.portal import answers, languages, overview, pseudonyms, words
from services.portal.read_models import cursor_after, place
from services.portal.sessions import Box
from shared.directory import Directory
from tests.builders.portal import NOON, a_row

KEY = bytes(32)
FORM = answers.Form(
    {
        "fields": [
            {"name": "sex", "label": {"vi": "Giới tính"}, "type": "select"}
            | {"options": [{"value": "f", "label": {"vi": "Nữ"}}]},
            {"name": "born", "label": {"vi": "Sinh"}, "type": "date"},
            {"name": "fee", "label": {"vi": "Phí"}, "type": "money"},
            {"name": "homes", "label": {"vi": "Nơi ở"}, "type": "table"}
            | {"columns": [{"name": "from", "type": "text"}]},
        ]
    },
    Directory.load().common,
)


def test_a_search_is_words_and_no_pattern() -> None:
    assert words.patterns("50% _x") == [r"%50\%%", r"%\_x%"]


def test_a_pseudonym_is_stable_and_says_nothing() -> None:
    pseudonym = pseudonyms.citizen(KEY, " 001190012345 ")

    assert pseudonym == pseudonyms.citizen(KEY, "001190012345")
    assert pseudonym != pseudonyms.citizen(b"1" * 32, "001190012345")
    assert "001190012345" not in pseudonym
    assert len(pseudonym) == len("citizen:") + 32


def test_a_tracking_code_is_read_as_people_type_it() -> None:
    code = pseudonyms.tracking_code(KEY, UUID(int=1))

    assert code != pseudonyms.tracking_code(KEY, UUID(int=2))
    assert pseudonyms.written(f" {code[:4]}-{code[4:].lower()} ") == code


def test_what_is_sealed_is_opened_for_its_purpose_only() -> None:
    box = Box(KEY)
    sealed = box.seal({"name": "Mai"}, b"session 1")

    assert box.open(sealed, b"session 1") == {"name": "Mai"}
    assert box.open(sealed, b"session 2") is None
    assert Box(b"1" * 32).open(sealed, b"session 1") is None
    assert box.open(b"", b"session 1") is None
    assert b"Mai" not in sealed


@pytest.mark.parametrize(
    ("wish", "language"),
    [(None, "vi"), ("fr-CA;q=0.8, en", "en"), ("de", "vi"), ("en;q=x, fr", "fr")],
)
def test_one_is_answered_in_the_language_one_likes(wish: str, language: str) -> None:
    assert languages.preferred(wish) == language


def test_money_and_time_are_written_as_people_write_them() -> None:
    assert languages.shown_money(150_000, "vi") == "150.000 đồng"
    assert languages.shown_money(150_000, "en") == "150,000 VND"
    assert languages.shown_money(150_000, "fr") == "150\u202f000\u00a0VND"
    assert languages.shown_time("2026-11-30T10:00:00+00:00") == "30/11/2026 17:00"
    assert languages.shown_date("2026-11-30") == "30/11/2026"


def test_answers_are_told_by_their_labels_in_the_order_of_the_form() -> None:
    given = {"fee": 5000, "sex": "f", "homes": [{"from": "2020"}], "born": "1990-03-14"}

    rows = FORM.rows(given | {"unknown": True}, "vi")

    assert [(row["label"], row["value"]) for row in rows] == [
        ("Giới tính", "Nữ"),
        ("Sinh", "14/03/1990"),
        ("Phí", "5.000 đồng"),
        ("Nơi ở", "2020"),
        ("unknown", "Có"),
    ]


def test_an_address_is_told_by_its_names() -> None:
    address = {"province_code": "66", "commune_code": "24496", "street": "1 Lê Duẩn"}

    assert FORM.value({}, address, "vi").startswith("1 Lê Duẩn, Xã Ea Kly, ")
    assert "66" not in FORM.value({}, address, "vi")


def test_what_an_officer_finds_out_has_its_kind() -> None:
    kinds = {"a": "boolean", "b": "money", "c": "text", "d": "text"}
    expected = [{"name": name, "type": kind} for name, kind in kinds.items()]
    entered = {"fact.a": "true", "fact.b": "1.500", "fact.c": " ok ", "fact.d": ""}

    assert answers.facts(entered, expected) == {"a": True, "b": 1500, "c": "ok"}


@pytest.mark.parametrize(
    ("status", "days", "urgency"),
    [(4, -1, "late"), (4, 1, "soon"), (2, 5, "in_time"), (5, -1, ""), (9, -1, "")],
)
def test_only_running_time_can_be_late(status: int, days: int, urgency: str) -> None:
    due = NOON + timedelta(days=days)

    assert overview.urgency(due, status, NOON) == urgency


def test_a_list_goes_on_where_its_page_ended() -> None:
    row = a_row()

    assert place(cursor_after(row)) == (row["opened_at"], row["id"])
    assert place("spoilt") == (None, None)
    assert place(None) == (None, None)


def test_intake_knows_both_ends_and_the_case_what_is_between() -> None:
    directory = Directory.load()

    def between(kept: int, shown: int) -> int | None:
        rows = ({"status": kept}, {"status": shown})
        status: int | None = overview.between(*rows, directory).get("status")
        return status

    assert between(2, 4) == 4
    assert between(2, 1) is None
    assert between(9, 4) is None
