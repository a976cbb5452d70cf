"""The daily letter to an officer: how much waits, and what is most urgent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from services.notifications.codes import opened
from services.notifications.domain import Channel, Notice
from services.notifications.domain.contact import usable
from services.notifications.errors import NoAddressError
from services.notifications.wording import colon
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.eventsourcing import Application
from shared.personal import Personal, unseal

FILE = Path(__file__).with_name("digests.json")
SOURCE = "portal"  # it asks for digests; they are told by nobody's log
LIVES = timedelta(hours=12)  # yesterday's work is no news
TEMPLATE = "digest"


class Urgent(BaseModel):
    """A dossier by its code, and until when it is promised; nobody's name."""

    code: str
    due_at: datetime


class Work(BaseModel):
    """What workflow counted for one officer on one day."""

    day: date
    counts: dict[str, int] = Field(max_length=40)
    urgent: list[Urgent] = Field(max_length=5)


class Texts(BaseModel):
    """Every change of a text makes a new version, as with all notices."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    subject: dict[str, str]
    frame: dict[str, dict[str, str]]
    kinds: dict[str, dict[str, str]]


@cache
def texts() -> Texts:
    return Texts.model_validate_json(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Letter:
    """Where it goes, in which language, and what it is about."""

    to: Personal
    language: str
    work: Work


class Digesting(Application):
    """Commands answer the position in the log at which they became true."""

    public_url: str

    def send_digest(
        self, recipient: dict[str, str], language: str, work: Work, *, by: Actor
    ) -> int:
        """Write to an officer what waits for them today: one letter for each day."""
        if by.kind != "system":
            raise NotAllowedError(by.subject)
        letter = Letter(opened(unseal(recipient, self.keys)), language, work)
        return self.commit(notice_of(letter, self.public_url, at=self.clock()))


def notice_of(letter: Letter, public_url: str, *, at: datetime) -> Notice:
    """One officer, one day, one letter: its id follows from these."""
    subject, work = letter.to.subject, letter.work
    address = usable(str(json.loads(letter.to.value).get("to") or ""))
    if not address:
        raise NoAddressError
    return Notice(
        dossier_id=None,
        source=SOURCE,
        position=int(f"{work.day:%Y%m%d}"),
        template=TEMPLATE,
        template_version=texts().version,
        channel=Channel.EMAIL.value,
        recipient=subject,
        language=letter.language,
        address=Personal(subject, address),
        subject_line=Personal(subject, subject_line(letter)),
        text=Personal(subject, body(letter, public_url)),
        attachment=None,
        expires_at=at + LIVES,
    )


def subject_line(letter: Letter) -> str:
    work = letter.work
    return (
        texts()
        .subject[letter.language]
        .format(
            n=work.counts.get("mine", 0) + work.counts.get("approvals", 0),
            day=f"{work.day:%d/%m/%Y}",
        )
    )


def body(letter: Letter, public_url: str) -> str:
    """Paragraph by paragraph; a kind of work without words is left out."""
    frame, language = texts().frame[letter.language], letter.language
    counts = [
        texts().kinds[kind][language].format(n=count)
        for kind, count in letter.work.counts.items()
        if kind in texts().kinds
    ]
    urgent = [
        f"{each.code}{colon(language)} {shown(each.due_at)}"
        for each in letter.work.urgent
    ]
    parts = [
        frame["greeting"],
        "\n".join([frame["counts"].format(day=f"{letter.work.day:%d/%m/%Y}"), *counts]),
        *(["\n".join([frame["urgent"], *urgent])] if urgent else []),
        frame["link"].format(url=f"{public_url}/{language}/staff/queue"),
        frame["stop"].format(url=f"{public_url}/{language}/staff/digest"),
    ]
    return "\n\n".join(parts)


def shown(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%d/%m/%Y %H:%M}"
