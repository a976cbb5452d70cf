"""What officers type: kept until it is sent, or put together from templates."""

from __future__ import annotations

from uuid import UUID

from services.portal.writing import place_of
from tests.builders.portal import DOSSIER
from tests.unit.portal.test_review_pages import AT, HERE, a_desk, entered

PHRASE = {
    "phrase_id": str(UUID(int=5)),
    "purpose": "decision",
    "name": "Đủ hồ sơ",
    "text": "Hồ sơ đủ điều kiện.",
}


def test_a_template_is_put_behind_what_was_written() -> None:
    portal, browser = a_desk(**{"workflow.phrases": [PHRASE]})
    form = entered(
        browser,
        text="Căn cứ đơn.",
        insert="text",
        **{"phrase.text": PHRASE["phrase_id"]},
    )

    html = browser.post(f"{AT}/proposal", data=form).text

    assert ">Căn cứ đơn.\nHồ sơ đủ điều kiện.</textarea>" in html
    assert portal.bus.orders == []


def test_a_unit_keeps_and_drops_its_templates() -> None:
    portal, browser = a_desk(**{"workflow.phrases": [PHRASE]})
    html = browser.get("/vi/staff/phrases").text
    more = {"purpose": "note", "name": "Mờ", "text": "Bản quét mờ."}

    kept = browser.post(
        "/vi/staff/phrases", data=entered(browser, "/vi/staff/phrases", **more)
    )
    browser.post(
        f"/vi/staff/phrases/{PHRASE['phrase_id']}/removal",
        data=entered(browser, "/vi/staff/phrases"),
    )

    assert PHRASE["text"] in html
    assert kept.headers["location"] == "/vi/staff/phrases?done=phrase_kept"
    keep, drop = portal.bus.orders
    assert (keep.method, drop.method) == (
        "workflow.keep_phrase",
        "workflow.drop_phrase",
    )
    assert more.items() <= keep.arguments.items()


def test_what_is_typed_is_found_again_and_gone_once_it_is_sent() -> None:
    _, browser = a_desk()
    form = entered(browser)
    typed = {"typed.proposal/review.text": "Dở dang", "typed.completion/x.note": " "}

    answer = browser.post(f"{HERE}/typed", data={**form, **typed})
    html = browser.get(HERE).text
    sent = entered(browser, typed="proposal/review", outcome="granted", text="Cấp.")
    browser.post(f"{AT}/proposal", data=sent)

    assert answer.json()["saved_at"]
    assert ">Dở dang</textarea>" in html
    assert ">Dở dang</textarea>" not in browser.get(HERE).text
    assert place_of(DOSSIER) == f"case/{DOSSIER}"


def test_a_stranger_page_keeps_nothing() -> None:
    _, browser = a_desk()
    form = entered(browser) | {"form_token": "forged"}

    answer = browser.post(f"{HERE}/typed", data={**form, "typed.x": "y"})

    assert answer.status_code == 403


def test_too_much_is_refused_and_never_cut() -> None:
    _, browser = a_desk()
    form = entered(browser)

    answer = browser.post(f"{HERE}/typed", data={**form, "typed.x": "y" * 25_000})

    assert answer.status_code == 422
