"""From the first page of a form to the proof of sending it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from shared.errors import Refused
from tests.builders.filing_pages import (
    CONTENT,
    HERE,
    LANGUAGES,
    a_filing,
    form_of,
    wrong,
)
from tests.builders.portal import DOSSIER


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_task_list_says_it_is_not_sent_and_what_is_missing(language: str) -> None:
    _, browser = a_filing(wrong("full_name"))

    html = browser.get(f"/{language}/dossiers/{DOSSIER}/tasks").text

    states = re.findall(r'id="tasks_\w+-\d+-status">(?:<[^>]+>)?([^<]+)', html)
    assert len(states) == 5
    assert len(set(states)) == 2  # all to do, the last cannot be begun yet
    assert f"/{language}/dossiers/{DOSSIER}/form/full_name" in html


def test_a_page_that_is_in_order_is_kept_and_leads_to_the_next() -> None:
    portal, browser = a_filing()
    html = browser.get(f"{HERE}/form/full_name").text

    answer = browser.post(
        f"{HERE}/form/full_name",
        data=form_of(html)
        | {
            "f-full_name": "Nguyễn Thị Mai",
            "f-personal_id": "001 190 012 345",
            "f-birth_date-day": "14",
            "f-birth_date-month": "3",
            "f-birth_date-year": "1990",
            "f-gender": "female",
            "f-phone": "0912.345.678",
            "f-email": "",
        },
    )

    (order,) = portal.bus.orders
    assert order.method == "intake.give_answers"
    assert order.arguments["answers"] == {
        "full_name": "Nguyễn Thị Mai",
        "personal_id": "001190012345",
        "birth_date": "1990-03-14",
        "gender": "female",
        "phone": "0912345678",
        "email": None,
    }
    assert answer.headers["location"] == f"{HERE}/form/residence"


def test_what_cannot_be_right_is_shown_again_as_it_was_typed() -> None:
    portal, browser = a_filing(wrong("phone", "phone"), wrong("residence"))
    html = browser.get(f"{HERE}/form/full_name").text

    answer = browser.post(
        f"{HERE}/form/full_name",
        data=form_of(html) | {"f-full_name": "Mai", "f-phone": "12 ab"},
    )

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert '<a href="#f-phone">Give phone</a>' in answer.text
    assert 'value="12 ab"' in answer.text
    assert "Give residence" not in answer.text
    assert portal.bus.orders == []
    again = browser.get(f"{HERE}/form/full_name").text
    assert 'value="12 ab"' in again


def test_what_is_typed_is_kept_for_later_right_or_wrong() -> None:
    portal, browser = a_filing(wrong("phone", "phone"))
    html = browser.get(f"{HERE}/form/full_name").text

    later = browser.post(
        f"{HERE}/form/full_name",
        data=form_of(html) | {"f-phone": "12 ab", "go": "later"},
    )
    tasks = browser.get(f"{HERE}/tasks").text

    assert later.headers["location"].startswith(f"{HERE}/tasks")
    assert portal.bus.orders == []
    assert "In progress" in tasks
    assert "Saved at 12:00" in tasks


def test_typing_is_kept_by_itself_and_says_when() -> None:
    _, browser = a_filing()

    answer = browser.post(
        f"{HERE}/form/full_name/draft",
        data={"f-full_name": "Nguyễn"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    strange = browser.post(
        f"{HERE}/form/full_name/draft",
        data={"f-full_name": "Mallory"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.json() == {"saved": True, "at": "12:00"}
    assert strange.status_code == 401
    assert 'value="Nguyễn"' in browser.get(f"{HERE}/form/full_name").text


def test_nobody_keeps_anything_in_the_dossier_of_another() -> None:
    portal, browser = a_filing()
    portal.bus.answers["intake.dossier"] = Refused("not-allowed", "no")

    answer = browser.post(f"{HERE}/form/full_name/draft", data={"f-full_name": "x"})

    assert answer.status_code == 403


def test_a_dossier_that_was_sent_is_not_typed_into() -> None:
    _, browser = a_filing(status=1)

    draft = browser.post(f"{HERE}/form/full_name/draft", data={"f-full_name": "x"})
    looks = [browser.get(f"{HERE}/{each}") for each in ("form/full_name", "tasks")]

    assert draft.status_code == 409
    assert [each.status_code for each in looks] == [303, 303]


def test_what_the_sign_in_knows_is_filled_in_and_cannot_be_changed() -> None:
    portal, browser = a_filing()
    session = next(iter(portal.parts.sessions._known.values()))  # type: ignore[attr-defined]
    session.claims.update(
        name="Nguyễn Thị Mai",
        personal_id="001190012345",
        birthdate="1990-03-14",
        phone_number="+84912345678",
    )

    html = browser.get(f"{HERE}/form/full_name").text
    browser.post(
        f"{HERE}/form/full_name",
        data=form_of(html) | {"f-full_name": "Mallory", "f-phone": "0912 345 679"},
    )

    answers = portal.bus.orders[0].arguments["answers"]
    assert 'name="f-full_name"' not in html
    assert "•••••••••345" in html
    assert "Taken from your sign-in" in html
    assert 'value="0912345678"' in html
    assert answers["full_name"] == "Nguyễn Thị Mai"
    assert answers["phone"] == "0912345679"


def test_changing_one_answer_leads_straight_back_to_the_check() -> None:
    _, browser = a_filing()
    html = browser.get(f"{HERE}/form/full_name?back=check").text

    answer = browser.post(
        f"{HERE}/form/full_name?back=check",
        data=form_of(html) | {"f-full_name": "Mai"},
    )

    assert answer.headers["location"] == f"{HERE}/check"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_answers_are_looked_through_in_words(language: str) -> None:
    answers = CONTENT["answers"] | {
        "full_name": "Mai <b>",
        "personal_id": "001190012345",
        "birth_date": "1990-03-14",
        "gender": "female",
    }
    _, browser = a_filing(wrong("phone"), answers=answers)

    html = browser.get(f"/{language}/dossiers/{DOSSIER}/check").text

    here = f"/{language}/dossiers/{DOSSIER}"
    assert "Mai &lt;b&gt;" in html
    assert "14/03/1990" in html
    assert "001190012345" not in html
    assert "•••••••••345" in html
    assert f"{here}/form/full_name?back=check#f-phone" in html
    assert {"vi": "Không khai", "en": "Not provided", "fr": "Non renseigné"}[
        language
    ] in html
    assert 'name="f-declared_true"' in html


def test_sending_declares_and_hands_in_once() -> None:
    portal, browser = a_filing()
    html = browser.get(f"{HERE}/check").text
    data = form_of(html) | {"f-declared_true": "true"}

    first = browser.post(f"{HERE}/submission", data=data)
    second = browser.post(f"{HERE}/submission", data=data)

    methods = [each.method for each in portal.bus.orders]
    keys = {each.key for each in portal.bus.orders}
    assert first.headers["location"] == f"{HERE}/confirmation"
    assert second.headers["location"] == f"{HERE}/confirmation"
    assert methods == ["intake.give_answers", "intake.submit_dossier"] * 2
    assert len(keys) == 2
    assert portal.bus.orders[0].arguments["answers"] == {"declared_true": True}


def test_a_page_that_was_typed_on_and_not_finished_holds_up_the_sending() -> None:
    portal, browser = a_filing()
    browser.post(f"{HERE}/form/plot_no/draft", data={"f-plot_no": "7"})
    html = browser.get(f"{HERE}/check").text

    answer = browser.post(f"{HERE}/submission", data=form_of(html))

    assert answer.status_code == 422
    assert portal.bus.orders == []
    assert "open it again" in html


def test_a_refusal_to_take_it_names_every_place_where_it_is_mended() -> None:
    portal, browser = a_filing()
    paper = wrong("") | {"document": "XD01", "field": None}
    refusal = Refused("form-invalid", "no", [wrong("gender"), paper])
    portal.bus.answers["intake.submit_dossier"] = refusal
    html = browser.get(f"{HERE}/check").text

    answer = browser.post(
        f"{HERE}/submission", data=form_of(html) | {"f-declared_true": "true"}
    )

    assert answer.status_code == 422
    assert f'href="{HERE}/form/full_name?back=check#f-gender"' in answer.text
    assert f'href="{HERE}/documents#document-XD01"' in answer.text


def test_the_confirmation_says_what_happens_next_and_gives_a_proof() -> None:
    _, browser = a_filing(status=1, balance=75000)

    page = browser.get(f"{HERE}/confirmation")
    proof = browser.get(f"{HERE}/receipt.pdf")

    assert "BHWSGQMZSVVN" in page.text
    assert "75,000 VND" in page.text
    assert f"{HERE}/receipt.pdf" in page.text
    assert proof.headers["content-type"] == "application/pdf"
    assert "BHWSGQMZSVVN" in proof.text
    assert "data:image/png" in proof.text


def test_what_was_not_sent_is_not_confirmed() -> None:
    _, browser = a_filing()

    assert browser.get(f"{HERE}/confirmation").status_code == 303
    assert browser.get(f"{HERE}/receipt.pdf").status_code == 303


def test_an_unknown_page_of_a_form_is_not_there() -> None:
    _, browser = a_filing()

    assert browser.get(f"{HERE}/form/nothing").status_code == 404
    assert browser.get(f"{HERE}/form/declared_true").status_code == 404


def test_a_form_that_came_back_too_late_is_shown_as_it_was_filled() -> None:
    portal, browser = a_filing()

    answer = browser.post(
        f"{HERE}/form/full_name",
        data={"form_token": "old", "key": str(uuid4()), "f-full_name": "Nguyễn"},
    )

    assert answer.status_code in (403, 422)
    assert 'value="Nguyễn"' in answer.text
    assert portal.bus.orders == []
