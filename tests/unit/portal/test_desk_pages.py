"""The front desk's screen: a filing typed, checked, sent in parts, and told apart."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from services.portal import pseudonyms
from services.portal.bus import ServiceUnavailableError
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.intake import a_definition, an_intake, answers_for, rules
from tests.builders.portal import DOSSIER, NOON, APortal, Browser, a_portal
from tests.unit.portal.test_pages import hidden

HERE = "/vi/staff/desk"
COPY = f"{HERE}?procedure=certified-copy"
NUMBER = "066190123456"
CARD = f"{NUMBER}||Nguyễn Thị Mai|05031990|Nữ|12 Lê Lợi, Ea Kly, Đắk Lắk|20052021"
TYPED = {
    "f-full_name": "Nguyễn Thị Mai",
    "f-personal_id": NUMBER,
    "f-copies": "2",
    "document": ["TP01"],
    "method": "cash",
    "shown": "10000",
}


def rehearsal(**more: Any) -> dict[str, Any]:
    """As intake itself tells it, of a filing in which nothing is wrong."""
    from services.intake.counter import Rehearsal
    from tests.builders.intake import front_desk

    answers = answers_for(rules("certified-copy"), pages=3, copies=2)
    wish = Rehearsal("certified-copy", "counter", answers, ["TP01"])
    intake = an_intake("certified-copy")
    return intake.rehearse(wish, by=front_desk()) | more


def content(**more: Any) -> dict[str, Any]:
    told = rehearsal()
    return {
        "id": str(DOSSIER),
        "version": 3,
        "code": None,
        "tracking_code": "BHWSGQMZSVVN",
        "procedure": "certified-copy",
        "procedure_version": 1,
        "names": a_definition("certified-copy")["names"],
        "channel": "counter",
        "unit": "ttpvhcc_xa",
        "receiving_point": None,
        "applicant": "citizen:1",
        "language": "vi",
        "status": 0,
        "status_label": {"vi": "Bản nháp", "en": "Draft", "fr": "Brouillon"},
        "answers": told["answers"],
        "documents": told["documents"],
        "exemption_groups": [],
        "fees": told["fees"],
        "balance": 10_000,
        "due_at": None,
        "handed_over": None,
        "supplement_reasons": told["supplement_reasons"],
    } | more


def a_desk(role: str = "front_desk", /, **answers: Any) -> tuple[APortal, Browser]:
    unknown = {"intake.dossier": Refused("dossier-not-found", "")}
    portal = a_portal({"intake.rehearse": rehearsal(), **unknown, **answers})
    definition = a_definition("certified-copy")
    portal.views.definitions["certified-copy"] = {
        "slug": "certified-copy",
        "version": 1,
        "definition": definition,
    }
    by = an_officer(role, agency="ttpvhcc_xa", subject="staff:lan")
    return portal, portal.person(by)


def typed(browser: Browser, **more: Any) -> dict[str, Any]:
    return {**hidden(browser.get(COPY).text), **TYPED, **more}


def ordered(portal: APortal) -> list[str]:
    return [each.method.partition(".")[2] for each in portal.bus.orders]


def test_a_procedure_is_opened_by_its_code_or_by_words() -> None:
    _, browser = a_desk()

    for words in ("2.000815", "2.000815 Chứng thực", "certified-copy"):
        found = browser.get(f"{HERE}?procedure={words}")

        there = found.headers.get("location", "/vi/staff/desk?procedure=certified-copy")
        assert there == COPY


def test_the_screen_shows_everything_at_once_and_answers_to_keys() -> None:
    _, browser = a_desk()

    html = browser.get(COPY).text

    for name in ("card", "f-full_name", "f-pages", "document", "method"):
        assert f'name="{name}"' in html
    assert 'data-desk-tick="1"' in html
    assert "10.000 đồng" in html
    assert re.search(r'name="f-copies"[^>]*value="1"', html)
    assert html.index('value="check"') < html.index('value="receive"')


def test_checking_orders_nothing_and_keeps_what_was_typed() -> None:
    portal, browser = a_desk()

    answer = browser.post(COPY, data=typed(browser, go="check"))

    assert answer.status_code == 200
    assert 'value="Nguyễn Thị Mai"' in answer.text
    assert portal.bus.orders == []


def test_enter_without_a_script_only_checks() -> None:
    """Browsers press the first button of a form."""
    _, browser = a_desk()

    html = browser.get(COPY).text
    form = html[html.index('id="filing"') :]
    first = re.search(r'<button[^>]*value="(\w+)"', form)

    assert first is not None
    assert first[1] == "check"


def test_a_scanned_card_fills_in_the_applicant() -> None:
    portal, browser = a_desk()

    html = browser.post(COPY, data=typed(browser, card=CARD, go="check")).text

    _, given = portal.bus.questions[-1]
    assert given["answers"]["birth_date"] == "1990-03-05"
    assert given["answers"]["residence"]["commune_code"] == "24496"
    assert 'value="12 Lê Lợi"' in html


def test_what_is_no_card_is_said_beside_its_field() -> None:
    _, browser = a_desk()

    html = browser.post(COPY, data=typed(browser, card="abc", go="check")).text

    assert "Đây không phải nội dung mã QR" in html
    assert 'value="abc"' in html


def test_one_post_does_the_whole_filing_part_by_part_under_one_key() -> None:
    missing = Refused("dossier-not-found", "")
    portal, browser = a_desk(**{"intake.dossier": missing})
    portal.bus.answers["intake.dossier"] = First(
        missing, missing, content(answers={}, documents=no_papers())
    )

    answer = browser.post(COPY, data=typed(browser, go="receive"))

    assert ordered(portal) == [
        "open_dossier",
        "give_answers",
        "record_paper",
        "record_payment",
        "accept_dossier",
    ]
    keys = {each.key for each in portal.bus.orders}
    opened, _, _, paid, accepted = portal.bus.orders
    assert len(keys) == 5
    assert answer.headers["location"].endswith("?done=desk_receive")
    assert opened.arguments["applicant"] == pseudonyms.citizen(
        portal.parts.settings.pseudonym_key, NUMBER
    )
    assert paid.arguments["amount"] == 10_000
    assert str(accepted.arguments["dossier_id"]) in answer.headers["location"]


class First:
    """Answers one after the other; the last one for ever."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)

    def __call__(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def no_papers() -> list[dict[str, Any]]:
    return [{**each, "record": None} for each in rehearsal()["documents"]]


def test_what_stopped_in_the_middle_goes_on_there_and_nothing_is_done_twice() -> None:
    portal, browser = a_desk(**{"intake.dossier": content()})
    portal.bus.answers["intake.record_payment"] = ServiceUnavailableError("intake")
    form = typed(browser, go="receive")

    stopped = browser.post(COPY, data=form)
    portal.bus.answers["intake.record_payment"] = 7
    done = browser.post(COPY, data=form)

    first, again, accepted = portal.bus.orders
    assert stopped.status_code == 503
    assert "Dừng ở bước: ghi nhận tiền" in stopped.text
    assert 'value="Nguyễn Thị Mai"' in stopped.text
    assert (first.method, first.key) == (again.method, again.key)
    assert accepted.method == "intake.accept_dossier"
    assert done.status_code == 303


def test_a_filing_whose_answer_was_lost_is_not_received_twice() -> None:
    received = content(status=2, code="H15.217-261120-0001", balance=0)
    portal, browser = a_desk(**{"intake.dossier": received})
    form = typed(browser, go="receive")

    browser.post(COPY, data=form)
    browser.post(COPY, data=form)

    first, again = portal.bus.orders
    assert ordered(portal) == ["accept_dossier", "accept_dossier"]
    assert first.key == again.key


def test_nothing_is_sent_while_something_is_wrong_and_the_place_is_named() -> None:
    wrong = [
        {
            "field": "personal_id",
            "code": "citizen-id",
            "severity": "error",
            "message": {"vi": "Sai số", "en": "Wrong", "fr": "Faux"},
        }
    ]
    portal, browser = a_desk(**{"intake.rehearse": rehearsal(problems=wrong)})

    answer = browser.post(COPY, data=typed(browser, go="receive"))

    assert answer.status_code == 422
    assert portal.bus.orders == []
    assert '<a href="#f-personal_id">Sai số</a>' in answer.text
    assert 'id="f-personal_id-error"' in answer.text


def test_no_other_sum_is_taken_than_the_one_that_was_said() -> None:
    portal, browser = a_desk()

    answer = browser.post(COPY, data=typed(browser, shown="2000", go="receive"))

    assert portal.bus.orders == []
    assert "Số tiền phải nộp đã thay đổi" in answer.text


def test_a_draft_stays_its_persons() -> None:
    portal, browser = a_desk(**{"intake.dossier": content()})

    browser.post(COPY, data=typed(browser, dossier=str(DOSSIER), go="keep"))

    settled = {each[1].get("dossier_id") for each in portal.bus.questions[-2:]}
    assert DOSSIER not in settled  # content() is somebody else's


def test_forms_02_and_03_are_issued_on_the_spot() -> None:
    portal, browser = a_desk(**{"intake.dossier": content()})
    asked = {
        "item": ["document:TP01"],
        "item-document:TP01": "damaged_or_unreadable",
        "note_request_supplement": "Mờ",
    }

    browser.post(COPY, data=typed(browser, go="request_supplement", **asked))
    browser.post(COPY, data=typed(browser, go="refuse", reason=["secret_or_no_copy"]))

    supplement, refusal = portal.bus.orders
    assert supplement.arguments["items"] == [
        {"kind": "document", "key": "TP01", "reason_code": "damaged_or_unreadable"}
    ]
    assert supplement.arguments["note"] == "Mờ"
    assert refusal.arguments["reasons"] == ["secret_or_no_copy"]


def test_a_dossier_of_another_authority_is_opened_there() -> None:
    missing = Refused("dossier-not-found", "")
    portal, browser = a_desk()
    portal.bus.answers["intake.dossier"] = First(missing, missing, content())

    browser.post(COPY, data=typed(browser, unit="ubnd_xa", go="keep"))

    assert portal.bus.orders[0].arguments["unit"] == "ubnd_xa"


def test_after_receiving_the_code_the_date_and_the_next_keys_are_there() -> None:
    received = content(
        status=2, code="H15.217-261120-0001", balance=0, due_at=NOON.isoformat()
    )
    paper = {
        "id": str(UUID(int=5)),
        "kind": "receipt",
        "title": {"vi": "Giấy tiếp nhận", "en": "Receipt", "fr": "Récépissé"},
        "number": "1",
        "state": "issued",
        "issued_at": NOON.isoformat(),
    }
    _, browser = a_desk(**{"intake.dossier": received, "signing.papers": [paper]})

    html = browser.get(f"{HERE}/dossiers/{DOSSIER}?done=desk_receive").text

    assert "H15.217-261120-0001" in html
    assert f'href="{HERE}/papers/{UUID(int=5)}"' in html
    assert 'aria-keyshortcuts="F9"' in html
    assert 'aria-keyshortcuts="F2"' in html


def test_a_result_is_handed_over_with_a_signature_or_not_at_all() -> None:
    ready = content(status=9, code="X", balance=0)
    portal, browser = a_desk("return_officer", **{"intake.dossier": ready})
    there = f"{HERE}/dossiers/{DOSSIER}"
    form = hidden(browser.get(there).text) | {"go": "hand_over", "receiver": "Mai"}

    unsigned = browser.post(there, data=form)
    browser.post(there, data=form | {"signature": "M1 2L3 4"})

    [order] = portal.bus.orders
    assert unsigned.status_code == 422
    assert order.arguments["signature"] == "M1 2L3 4"
    assert order.arguments["receiver"] == "Mai"


@pytest.mark.parametrize("role", ["reviewer", "clerk", "cashier"])
def test_only_the_front_desk_files(role: str) -> None:
    portal, browser = a_desk(role)

    assert browser.get(COPY).status_code == 403
    assert browser.post(COPY, data={"go": "receive"}).status_code == 403
    assert portal.bus.orders == []
