from __future__ import annotations

from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from smpplib import consts

from services.notifications.gateways.mailer import Mailer, heeded, page
from services.notifications.gateways.sms_centre import hindrance, receipt_in
from services.notifications.ports import (
    Attachment,
    Outgoing,
    PutOffError,
    Receipt,
    RejectedError,
)
from tests.builders.notifications import NOW, URL
from tests.fakes_notifications import MemoryPapers

PDF = b"%PDF-1.7"


def outgoing(text: str = "Hồ sơ", attachment: Attachment | None = None) -> Outgoing:
    return Outgoing(
        notice_id=UUID(int=5),
        language="vi",
        address="an@example.org",
        subject_line="[7F3K9Q] Đã nhận hồ sơ",
        text=text,
        attachment=attachment,
        written_at=NOW,
    )


def a_letter(attachment: Attachment | None = None) -> Any:
    mailer = Mailer("", 25, "Guichet <guichet@dvc.example.vn>", URL, MemoryPapers(PDF))
    return mailer.letter(outgoing(attachment=attachment))


def test_a_letter_bears_the_id_of_its_notice() -> None:
    letter = a_letter()

    assert letter["Message-ID"] == f"<{UUID(int=5)}@dvc.example.vn>"
    assert letter["Subject"] == "[7F3K9Q] Đã nhận hồ sơ"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "vi"


def test_a_letter_can_be_carried_by_every_server() -> None:
    lines = a_letter().as_bytes().split(b"\r\n")

    assert all(line.isascii() and len(line) < 998 for line in lines)
    assert not any(b"\n" in line for line in lines)


def test_a_letter_is_text_and_a_page_that_say_the_same() -> None:
    letter = a_letter()

    text, page = letter.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"
    assert text.get_content().strip() in page.get_content()


def test_a_paper_is_attached_as_what_it_is() -> None:
    letter = a_letter(Attachment(sha256(PDF).hexdigest(), "receipt-1.pdf"))

    [paper] = letter.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_filename() == "receipt-1.pdf"
    assert paper.get_content() == PDF


def test_a_page_is_readable_by_everybody() -> None:
    html = page(outgoing("Một\nHai\n\nBa"), URL)

    assert '<html lang="vi">' in html
    assert "<title>[7F3K9Q] Đã nhận hồ sơ</title>" in html
    assert "<p>Một<br>\nHai</p>" in html
    assert html.count("<h1") == html.count("<main") == 1


def test_a_page_leads_to_ourselves_and_nowhere_else() -> None:
    html = page(outgoing(f"{URL}/vi/t/7F3K9Q\nhttps://elsewhere.example"), URL)

    assert html.count("<a ") == 1
    assert f'<a href="{URL}/vi/t/7F3K9Q"' in html


def test_what_people_wrote_is_text_on_a_page() -> None:
    html = page(outgoing('<script>alert("x")</script> & co'), URL)

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_servers_answer_is_heeded() -> None:
    heeded((250, b"OK"), "mail-rejected")

    with pytest.raises(PutOffError, match="smtp-451"):
        heeded((451, b"later"), "mail-rejected")
    with pytest.raises(RejectedError, match="address-rejected"):
        heeded((550, b"who?"), "address-rejected")


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (consts.SMPP_ESME_RTHROTTLED, PutOffError, "smpp-88"),
        (consts.SMPP_ESME_RMSGQFUL, PutOffError, "smpp-20"),
        (consts.SMPP_ESME_RINVDSTADR, RejectedError, "number-invalid"),
        (consts.SMPP_ESME_RINVSRCADR, RejectedError, "sms-rejected"),
    ],
)
def test_a_refusal_of_the_centre_is_for_now_or_for_ever(
    status: int, kind: type[Exception], reason: str
) -> None:
    found = hindrance(status)

    assert isinstance(found, kind)
    assert found.reason == reason


def a_unit(text: bytes | None = b"", **fields: Any) -> Any:
    plain = {"esm_class": 4, "receipted_message_id": None, "message_state": None}
    return SimpleNamespace(short_message=text, **plain | fields)


@pytest.mark.parametrize(
    ("unit", "receipt"),
    [
        (a_unit(b"id:7 sub:001 stat:DELIVRD err:000"), Receipt("7")),
        (a_unit(b"id:7 stat:UNDELIV"), Receipt("7", "undeliverable")),
        (a_unit(b"id:7 stat:EXPIRED"), Receipt("7", "expired")),
        (a_unit(b"id:7 stat:ENROUTE"), None),
        (a_unit(b"id:7 stat:DELIVRD", esm_class=0), None),
        (a_unit(b"stat:DELIVRD"), None),
        (a_unit(None), None),
        (a_unit(receipted_message_id=b"8", message_state=2), Receipt("8")),
        (
            a_unit(receipted_message_id=b"8", message_state=8),
            Receipt("8", "rejected-by-network"),
        ),
    ],
)
def test_a_receipt_is_known_by_its_state(unit: Any, receipt: Receipt | None) -> None:
    assert receipt_in(unit) == receipt
