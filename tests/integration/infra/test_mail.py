"""A letter that was sent can be read in the folder, with all its accents."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage

from infra.embedded import Servers


def test_a_letter_arrives(servers: Servers) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = "guichet@example.org", "mai@example.org"
    letter["Subject"] = "Hồ sơ đã được tiếp nhận"
    letter["Message-ID"] = "<letter-1@guichet/../../x>"
    letter.set_content("Hẹn trả kết quả: 10/3/2026")

    with smtplib.SMTP(*servers.addresses.smtp) as server:
        server.send_message(letter)

    [file] = (servers.site.home / "mail").glob("*letter-1*.eml")
    found = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert found["Subject"] == "Hồ sơ đã được tiếp nhận"
    assert "10/3/2026" in str(found.get_content())
