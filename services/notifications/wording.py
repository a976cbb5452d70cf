"""Turns what happened into the words a person gets, for each way of reaching them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.notifications.commands import Tell
from services.notifications.domain import Channel, Contact, Facts, Recipient
from services.notifications.templates import (
    COURTESY,
    LANGUAGES,
    LEGAL,
    Templates,
    Values,
)
from shared.clock import LOCAL
from shared.directory import Directory, Unit
from shared.personal import Personal

DATE = "%d/%m/%Y"
HOUR = "%H:%M %d/%m"
MOMENTS = {
    "vi": "%H:%M ngày %d/%m/%Y",
    "en": "%H:%M on %d/%m/%Y",
    "fr": "%d/%m/%Y à %H:%M",
}

NUMBER = re.compile(r"(?<![\w/.-])\d(?: ?\d){8,}(?![\w/-])")  # of a person, an account
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE
)


DATED = ("supplement", "payment", "reminder")  # with a last day, or without one


@dataclass(frozen=True)
class Draft:
    """A notice before it has an identity."""

    channel: Channel
    language: str
    address: str | None
    subject_line: str
    text: str
    attachment: dict[str, str] | None = None


@dataclass(frozen=True)
class Occasion:
    """What is to be told, about which dossier, to whom."""

    recipient: Recipient
    facts: Facts
    tell: Tell

    @property
    def language(self) -> str:
        spoken = self.facts.language
        return spoken if spoken in LANGUAGES else LANGUAGES[0]

    @property
    def unit(self) -> str:
        return self.tell.unit or self.facts.unit

    @property
    def text_name(self) -> str:
        """Which text of the template fits: how a result comes, whether a day is set."""
        way, template = self.facts.result_channel, self.tell.template
        if template == "ready" and way in ("post", "online"):
            return f"ready.{way}"
        if template in DATED and self.tell.by is None:
            return f"{template}.undated"
        return template

    @property
    def attachment(self) -> dict[str, str] | None:
        """A result that is fetched, or comes by post, is not mailed as well."""
        if self.tell.template == "ready" and self.facts.result_channel != "online":
            return None
        return self.recipient.attachment(self.tell.paper)


class Wording:
    """The texts, the places they name, and the address they lead to."""

    def __init__(
        self, templates: Templates, directory: Directory, public_url: str
    ) -> None:
        self.version = templates.version
        self._templates = templates
        self._directory = directory
        self.public_url = public_url.rstrip("/")

    def drafts(self, occasion: Occasion) -> Iterator[Draft]:
        """One for each way; one for the front desk when there is no way at all."""
        contact = Contact.of(occasion.facts.contact)
        if not contact.addresses and occasion.tell.template not in COURTESY:
            yield self._letter(occasion, Channel.NONE, None)
        ways = contact.ways(legal=occasion.tell.template in LEGAL)
        for channel, address in ways.items():
            write = self._sms if channel == Channel.SMS else self._letter
            yield write(occasion, channel, address)

    def _sms(self, occasion: Occasion, channel: Channel, address: str | None) -> Draft:
        name, language = occasion.text_name, occasion.language
        values = self._values(occasion)
        subject = self._templates.subject(name, language, values)
        text = self._templates.sms(name, language, values)
        return Draft(channel, language, address, subject, text)

    def _letter(
        self, occasion: Occasion, channel: Channel, address: str | None
    ) -> Draft:
        name, language = occasion.text_name, occasion.language
        values = self._values(occasion) | self._longer_values(occasion)
        attachment = occasion.attachment
        return Draft(
            channel=channel,
            language=language,
            address=address,
            subject_line=self._templates.subject(name, language, values),
            text=self._templates.letter(
                name, language, values, attached=attachment is not None
            ),
            attachment=attachment,
        )

    def _values(self, occasion: Occasion) -> Values:
        """What a short message may need."""
        language, tell = occasion.language, occasion.tell
        return {
            "code": occasion.recipient.reference,
            "url": self._link(occasion).partition("://")[2],
            "place": self._unit(occasion).place[language],
            "received": shown(occasion.recipient.received_at, DATE),
            "due": shown(occasion.recipient.due_at, DATE),
            "ack_by": shown(tell.by, HOUR),
            "by": shown(tell.by, DATE),
            "date": shown(tell.at, DATE),
            "old_due": shown(tell.old_due_at, DATE),
            "new_due": shown(tell.new_due_at, DATE),
            "agency": self._unit(occasion).name[language],
            "amount": money(tell.amount, language),
            "number": tell.number,
            "what": (tell.what or {}).get(language, ""),
            "items": "; ".join(item_name(each, language) for each in tell.items),
            "reason": "; ".join(self._reasons(occasion)),
        }

    def _longer_values(self, occasion: Occasion) -> Values:
        """What a letter says at more length."""
        language, recipient = occasion.language, occasion.recipient
        unit, moment = self._unit(occasion), MOMENTS[language]
        return {
            "name": " ".join(Contact.of(occasion.facts.contact).name.split()),
            "procedure": occasion.facts.procedure_name[language],
            "place": unit.name[language],
            "unit": unit.name[language],
            "address": unit.address,
            "phone": unit.phone,
            "link": self._link(occasion),
            "received_long": shown(recipient.received_at, moment),
            "due_long": shown(recipient.due_at, moment),
            "ack_by_long": shown(occasion.tell.by, moment),
            "by_long": shown(occasion.tell.by, moment),
            "old_due_long": shown(occasion.tell.old_due_at, moment),
            "new_due_long": shown(occasion.tell.new_due_at, moment),
            "basis": occasion.tell.legal_basis,
            "items": "\n".join(
                item_line(each, language) for each in occasion.tell.items
            ),
        }

    def _unit(self, occasion: Occasion) -> Unit:
        return self._directory.unit(occasion.unit)

    def _link(self, occasion: Occasion) -> str:
        code = occasion.recipient.tracking_code
        return f"{self.public_url}/{occasion.language}/t/{code}"

    def _said(self, tell: Tell, language: str) -> str:
        """A reason of ours, or of the officer who decided."""
        if tell.because:
            return self._templates.frame[language][f"because_{tell.because}"]
        return discreet(tell.reason).strip(" .")

    def _reasons(self, occasion: Occasion) -> list[str]:
        """What the front desk said; a decision gives its reasons itself."""
        recipient, language = occasion.recipient, occasion.language
        if reason := self._said(occasion.tell, language):
            return [reason]
        reasons = [each[language] for each in recipient.refusal_reasons]
        if isinstance(recipient.refusal_note, Personal):
            reasons.append(discreet(recipient.refusal_note.value))
        said = [each.strip(" .") for each in reasons if each.strip(" .")]
        if occasion.tell.paper == "refusal" and said:
            return said
        return [self._templates.frame[language]["reason_in_paper"]]


def money(amount: int | None, language: str) -> str:
    """In the digits of the country that reads them."""
    grouped = f"{amount:,}" if amount is not None else ""
    return grouped.replace(",", {"vi": ".", "en": ",", "fr": " "}[language])


def item_name(item: dict[str, Any], language: str) -> str:
    return str((item.get("name") or {}).get(language) or item["key"])


def item_line(item: dict[str, Any], language: str) -> str:
    """One thing to add: what, why, and what the officer wrote about it."""
    reason = (item.get("reason") or {}).get(language) or ""
    said = [each for each in (reason, discreet(item.get("note") or "")) if each]
    name = item_name(item, language)
    return f"- {name}{colon(language)} {'; '.join(said)}" if said else f"- {name}"


def colon(language: str) -> str:
    """As it is set after a word: in French a space goes before it."""
    return " :" if language == "fr" else ":"


def discreet(text: str) -> str:
    """Officers' words without numbers of persons or accounts, and without links."""
    return " ".join(NUMBER.sub("***", LINK.sub("***", text)).split())


def shown(moment: datetime | None, form: str) -> str:
    return moment.astimezone(LOCAL).strftime(form) if moment else ""
