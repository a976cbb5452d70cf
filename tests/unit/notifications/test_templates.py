from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.config import LONGEST_URL
from services.notifications.gsm7 import SEGMENT, units
from services.notifications.templates import FREE, LANGUAGES, LEGAL, Templates

TEMPLATES = Templates.load()
SNAPSHOTS = Path(__file__).parents[2] / "golden/notices"
EVERY = [(name, each) for name in sorted(TEMPLATES.texts) for each in LANGUAGES]

SAMPLE = {
    "code": "H15.50.05.13-261121-0042",
    "url": "dvc.example.vn/t/7F3K9Q",
    "received": "21/11/2026",
    "due": "26/11/2026",
    "date": "26/11/2026",
    "by": "01/12/2026",
    "ack_by": "15:00 21/11",
    "old_due": "26/11/2026",
    "new_due": "01/12/2026",
    "number": "0000123/BL",
}
BY_LANGUAGE = {
    "vi": {
        "items": "bản vẽ thiết kế",
        "reason": "chờ xác minh",
        "place": "TTPVHCC xã Ea Kly",
        "agency": "UBND xã Ea Kly",
        "amount": "150.000",
        "what": "xác nhận dự thảo",
    },
    "en": {
        "items": "design drawings",
        "reason": "under verification",
        "place": "Ea Kly centre",
        "agency": "Ea Kly commune",
        "amount": "150,000",
        "what": "confirm the draft",
    },
    "fr": {
        "items": "plans",
        "reason": "vérification en cours",
        "place": "centre d'Ea Kly",
        "agency": "Ea Kly",
        "amount": "150 000",
        "what": "confirmer le projet",
    },
}
LONGER = {
    "name": "Nguyễn Thị An",
    "procedure": "Cấp giấy phép xây dựng",
    "unit": "Trung tâm Phục vụ hành chính công xã Ea Kly",
    "address": "Quốc lộ 26, xã Ea Kly",
    "phone": "02623500101",
    "link": "https://dvc.example.vn/t/7F3K9Q",
    "received_long": "09:30 21/11/2026",
    "due_long": "16:30 26/11/2026",
    "ack_by_long": "15:00 21/11/2026",
    "by_long": "17:00 01/12/2026",
    "old_due_long": "16:30 26/11/2026",
    "new_due_long": "17:00 01/12/2026",
    "basis": "Điều 9 Nghị định 118/2025/NĐ-CP",
}

LENGTHS = {  # as the reference of the administration counts them
    ("submitted", "vi"): 136,
    ("submitted", "en"): 135,
    ("submitted", "fr"): 136,
    ("accepted", "vi"): 150,
    ("accepted", "en"): 132,
    ("accepted", "fr"): 141,
    ("supplement", "vi"): 142,
    ("supplement", "en"): 137,
    ("supplement", "fr"): 129,
    ("payment", "vi"): 135,
    ("payment", "en"): 132,
    ("payment", "fr"): 141,
    ("apology", "vi"): 144,
    ("apology", "en"): 143,
    ("apology", "fr"): 143,
    ("refused", "vi"): 127,
    ("refused", "en"): 132,
    ("refused", "fr"): 132,
    ("ready", "vi"): 138,
    ("ready", "en"): 138,
    ("ready", "fr"): 151,
    ("returned", "vi"): 132,
    ("returned", "en"): 129,
    ("returned", "fr"): 119,
}


def values(language: str, **named: str) -> dict[str, str]:
    return SAMPLE | BY_LANGUAGE[language] | LONGER | named


@pytest.mark.parametrize(("name", "language"), sorted(LENGTHS))
def test_a_short_message_has_the_length_that_was_counted(
    name: str, language: str
) -> None:
    text = TEMPLATES.sms(name, language, values(language))

    assert units(text) == LENGTHS[name, language]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_longest_of_everything_still_fits_and_leads_somewhere(
    name: str, language: str
) -> None:
    host = "x" * (LONGEST_URL - len("https://"))
    longest = {
        "code": "H15.217.217.217-261121-12345",
        "url": f"{host}/{language}/t/7F3K9Q",
        "amount": "999.999.999",
        "number": "2026/0000123456",
        **dict.fromkeys(FREE, "giấy tờ rất dài " * 40),
    }

    text = TEMPLATES.sms(name, language, values(language, **longest))

    assert units(text) <= SEGMENT
    assert longest["url"] in text
    assert longest["code"] in text


@pytest.mark.parametrize(("name", "language"), EVERY)
@settings(max_examples=25, deadline=None)
@given(code=st.text(), free=st.text(), url=st.text())
def test_nothing_makes_a_second_segment(
    name: str, language: str, code: str, free: str, url: str
) -> None:
    odd = {"code": code, "url": url, **dict.fromkeys(FREE, free)}

    text = TEMPLATES.sms(name, language, values(language, **odd))

    assert units(text) <= SEGMENT


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_what_people_receive_is_what_was_agreed(name: str, language: str) -> None:
    """A changed text needs a new version: people were told the old one."""
    said = "\n\n".join(
        [
            TEMPLATES.sms(name, language, values(language)),
            TEMPLATES.subject(name, language, values(language)),
            TEMPLATES.letter(name, language, values(language), attached=True),
        ]
    )
    file = SNAPSHOTS / f"v{TEMPLATES.version}" / f"{name}.{language}.txt"
    if os.environ.get("GUICHET_TEST_WRITE_NOTICES") and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(said + "\n", encoding="utf-8")

    assert said + "\n" == file.read_text(encoding="utf-8")


def test_every_text_is_there_in_three_languages() -> None:
    assert {tuple(texts) for texts in TEMPLATES.texts.values()} == {LANGUAGES}
    assert tuple(TEMPLATES.frame) == LANGUAGES
    assert set(LEGAL) < set(TEMPLATES.texts)


def test_no_short_message_holds_more_than_it_names() -> None:
    known = {*SAMPLE, *BY_LANGUAGE["vi"]}

    for texts in TEMPLATES.texts.values():
        for text in texts.values():
            assert text.sms.format_map(dict.fromkeys(known, "x"))
