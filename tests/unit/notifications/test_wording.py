from __future__ import annotations

import pytest

from services.notifications.commands import Tell
from services.notifications.domain import Channel
from services.notifications.gsm7 import SEGMENT
from services.notifications.wording import Draft, Occasion, discreet, item_line
from shared.contracts.base import Message
from tests.builders.notifications import (
    CODE,
    ITEM,
    NOW,
    REASON,
    TRACK,
    a_contact,
    a_recipient,
    a_wording,
    accepted,
    paper_issued,
    refused,
    result_released,
    submitted,
    supplement_requested,
    the_facts,
    the_notices,
    told,
)


def drafts(tell: Tell, **facts: object) -> dict[Channel, Draft]:
    """By channel: what a person with these facts is told about a fresh dossier."""
    occasion = Occasion(a_recipient(), the_facts(**facts), tell)
    return {each.channel: each for each in a_wording().drafts(occasion)}


def texts(*messages: Message) -> dict[str, str]:
    """By channel: the last of what was told after these messages."""
    notices = the_notices(told(*messages))
    return {each.channel: getattr(each.text, "value", "") for each in notices}


def test_a_dossier_without_a_code_is_named_as_it_is_tracked() -> None:
    sms = texts(submitted())["sms"]

    assert sms.startswith(f"Da nhan ho so {TRACK} nop truc tuyen.")
    assert sms.endswith("truoc 15:00 21/11. Tra cuu: dvc.example.vn/vi/t/7F3K9Q")


def test_an_accepted_dossier_is_told_its_dates_and_its_place() -> None:
    said = texts(accepted(), paper_issued("receipt"))

    assert "tiep nhan ngay 21/11/2026. Hen tra ket qua: 26/11/2026" in said["sms"]
    assert f"Mã hồ sơ: {CODE}" in said["email"]
    assert "Hẹn trả kết quả: 16:30 ngày 26/11/2026" in said["email"]
    assert "Điện thoại: 02623500101" in said["email"]


def test_a_letter_says_item_by_item_what_is_missing() -> None:
    noted = ITEM | {"note": "bản vẽ tầng 2"}
    bare = {"kind": "field", "key": "area"}

    said = texts(submitted(), supplement_requested(items=[noted, bare]))

    assert "- bản vẽ thiết kế: thiếu mặt cắt; bản vẽ tầng 2\n- area" in said["email"]
    assert "can bo sung: ban ve thiet ke; area. Han: 01/12/2026." in said["sms"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("vi", "- bản vẽ thiết kế: thiếu mặt cắt"),
        ("en", "- design drawings: no section"),
        ("fr", "- plans : sans coupe"),
    ],
)
def test_each_item_is_set_as_its_language_sets_it(language: str, line: str) -> None:
    assert item_line(ITEM, language) == line


def test_a_supplement_without_a_last_day_names_none() -> None:
    said = texts(submitted(), supplement_requested(answer_by=None))

    assert "Han:" not in said["sms"]
    assert "Hạn bổ sung" not in said["email"]


def test_a_refusal_names_the_reasons_the_front_desk_gave() -> None:
    said = texts(refused(note="thiếu giấy ủy quyền."), paper_issued("refusal"))

    reasons = f"{REASON['vi']}; thiếu giấy ủy quyền."
    assert f"Lý do: {reasons}" in said["email"]
    assert "Ly do: khong thuoc tham quyen; thieu giay uy quyen." in said["sms"]


def test_a_refusing_decision_gives_its_reasons_itself() -> None:
    said = texts(accepted(), paper_issued("decision"), result_released(kind="refuse"))

    assert "Ly do: ghi trong van ban." in said["sms"]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("counter", "bring your id card"),
        ("post", "sent to you by post"),
        ("online", "digitally signed copy at dvc.example.vn"),
    ],
)
def test_a_result_comes_in_the_way_that_was_chosen(way: str, words: str) -> None:
    tell = Tell("ready", NOW, paper="decision")

    said = drafts(tell, result_channel=way, language="en")

    assert words in said[Channel.SMS].text.lower()


def test_only_an_online_result_goes_with_the_letter() -> None:
    with_it, without_it = (
        the_notices(
            told(
                accepted(result_channel=way),
                paper_issued("decision"),
                result_released(),
            )
        )
        for way in ("online", "counter")
    )

    assert [each.attachment and each.channel for each in with_it] == [None, "email"]
    assert [each.attachment for each in without_it] == [None, None]


def test_a_language_we_do_not_speak_is_vietnamese() -> None:
    said = drafts(Tell("withdrawn", NOW), language="de")

    assert said[Channel.EMAIL].language == "vi"


def test_who_cannot_be_reached_leaves_a_letter_for_the_front_desk() -> None:
    said = drafts(Tell("submitted", NOW), contact=a_contact(phone="", email=""))

    assert list(said) == [Channel.NONE]
    assert "Kính gửi Ông/Bà Nguyễn Thị An" in said[Channel.NONE].text


def test_who_wants_no_messages_is_left_in_peace_about_small_things() -> None:
    quiet = a_contact(sms=False, mail=False)

    assert drafts(Tell("returned", NOW), contact=quiet) == {}
    assert set(drafts(Tell("ready", NOW), contact=quiet)) == {"sms", "email"}


@pytest.mark.parametrize(
    ("said", "told_on"),
    [
        ("CCCD 066095001234 sai", "CCCD *** sai"),
        ("số 066 095 001 234", "số ***"),
        ("STK 0071000123456", "STK ***"),
        ("xem https://bit.ly/3xYz ngay", "xem *** ngay"),
        ("xem bit.ly/3xYz", "xem ***"),
        ("hạn 26/11/2026, 150 000 đồng", "hạn 26/11/2026, 150 000 đồng"),
        (f"hồ sơ {CODE}", f"hồ sơ {CODE}"),
        ("tầng 2,\n  mặt đứng", "tầng 2, mặt đứng"),
    ],
)
def test_officers_words_go_out_without_numbers_of_persons_and_links(
    said: str, told_on: str
) -> None:
    assert discreet(said) == told_on


def test_no_number_of_a_person_is_in_any_notice() -> None:
    note = "CCCD 066095001234 không khớp"
    item = ITEM | {"note": note}

    app = told(
        submitted(),
        refused(note=note),
        paper_issued("refusal"),
        supplement_requested(items=[item]),
    )

    written = [getattr(each.text, "value", "") for each in the_notices(app)]
    assert len(written) == 6
    assert not [each for each in written if "066095001234" in each]


def test_a_long_list_is_cut_in_a_short_message_and_whole_in_a_letter() -> None:
    items = [ITEM | {"key": f"paper-{n}", "name": None} for n in range(30)]

    said = texts(submitted(), supplement_requested(items=items))

    assert len(said["sms"]) <= SEGMENT
    assert ".." in said["sms"]
    assert "- paper-29" in said["email"]
