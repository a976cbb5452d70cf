"""Letters by SMTP: as text and as a page, with their paper, under the notice's id."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from services.notifications.ports import (
    NoAnswerError,
    Outgoing,
    PaperStore,
    PutOffError,
    RejectedError,
)

TIMEOUT = 20  # seconds for each answer

POLICY = SMTP.clone(cte_type="7bit")  # every server on the way can carry it


@dataclass(frozen=True)
class Mailer:
    host: str
    port: int
    sender: str
    public_url: str
    papers: PaperStore

    def send(self, outgoing: Outgoing) -> str:
        """The letter is the server's once it says so, and not before."""
        letter = self.letter(outgoing)
        with self._session() as smtp:
            heeded(smtp.mail(self.sender), "mail-rejected")
            heeded(smtp.rcpt(outgoing.address), "address-rejected")
            hand_over(smtp, letter.as_bytes())
        return str(letter["Message-ID"])

    def letter(self, outgoing: Outgoing) -> EmailMessage:
        letter = EmailMessage(POLICY)
        letter["Subject"] = outgoing.subject_line
        letter["From"] = self.sender
        letter["To"] = outgoing.address
        letter["Date"] = format_datetime(outgoing.written_at)
        letter["Message-ID"] = f"<{outgoing.notice_id}@{domain(self.sender)}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(outgoing.text)
        letter.add_alternative(page(outgoing, self.public_url), subtype="html")
        if outgoing.attachment:
            letter.add_attachment(
                self.papers.get(outgoing.attachment.sha256),
                maintype="application",
                subtype="pdf",
                filename=outgoing.attachment.name,
            )
        letter["Content-Language"] = outgoing.language
        return letter

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """Whatever fails before the letter is handed over can be tried again."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT) as smtp:
                smtp.ehlo_or_helo_if_needed()
                yield smtp
        except smtplib.SMTPResponseException as error:
            raise PutOffError(f"smtp-{error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise PutOffError("mail-server-unreachable") from error


def hand_over(smtp: smtplib.SMTP, letter: bytes) -> None:
    """From the first byte on, silence means that nobody knows."""
    try:
        answer = smtp.data(letter)
    except smtplib.SMTPDataError as error:  # refused before the first byte
        answer = (error.smtp_code, b"")
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise NoAnswerError("no-answer") from error
    heeded(answer, "mail-rejected")


def heeded(answer: tuple[int, bytes], reason: str) -> None:
    code = answer[0]
    if code // 100 == 5:
        raise RejectedError(reason)
    if code // 100 != 2:
        raise PutOffError(f"smtp-{code}")


def domain(address: str) -> str:
    return address.rpartition("@")[2].rstrip(">")


@cache
def template() -> Template:
    folder = Path(__file__).parents[1]
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("letter.html")


def page(outgoing: Outgoing, public_url: str) -> str:
    """The same words for those who read mail in a browser; links only to ourselves."""
    paragraphs = [each.splitlines() for each in outgoing.text.split("\n\n")]
    return template().render(
        language=outgoing.language,
        subject=outgoing.subject_line,
        paragraphs=paragraphs,
        public_url=public_url,
    )
