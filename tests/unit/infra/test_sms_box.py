"""Short messages come out as they were written, long ones whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from smpplib import consts, gsm
from smpplib.smpp import make_pdu

from infra.standins.sms_box import SmsBox, Submitted

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def received(folder: Path, text: str) -> list[str]:
    """Every text in the box after this one was sent in as many parts as it takes."""
    box = SmsBox(folder)
    parts, coding, esm_class = gsm.make_parts(text)
    for number, part in enumerate(parts):
        unit = make_pdu("submit_sm", sequence=number, short_message=part)
        unit.source_addr, unit.destination_addr = b"GUICHET", b"84900000001"
        unit.data_coding, unit.esm_class = coding, esm_class
        box.keep(Submitted.of(unit, str(number), NOW))
    return [json.loads(file.read_text())["text"] for file in folder.glob("*.json")]


@pytest.mark.parametrize(
    "text",
    [
        "Dossier G-1 accepted: due 3/3 [1]",
        "Hồ sơ của bạn đã được tiếp nhận.",
        "Votre dossier est prêt à être retiré au guichet n° 4. " * 5,
        "Hồ sơ của bạn đã được tiếp nhận. " * 6,
    ],
)
def test_a_text_arrives_whole(tmp_path: Path, text: str) -> None:
    assert received(tmp_path, text) == [text]


def test_half_a_message_is_no_message(tmp_path: Path) -> None:
    part = b"\x05\x00\x03\x07\x02\x01" + b"first half"
    unit = make_pdu("submit_sm", sequence=1, short_message=part)
    unit.source_addr, unit.destination_addr = b"GUICHET", b"84900000001"
    unit.data_coding, unit.esm_class = 0, consts.SMPP_GSMFEAT_UDHI

    SmsBox(tmp_path).keep(Submitted.of(unit, "1", NOW))

    assert list(tmp_path.glob("*.json")) == []
