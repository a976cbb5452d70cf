"""What one can ask of notifications. One public method for each use case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError
from eventsourcing.utils import EnvType

from services.notifications import codes
from services.notifications.codes import Saying, Sending
from services.notifications.commands import (
    Admit,
    Command,
    Describe,
    Expel,
    Introduce,
    Meet,
    NoteAcceptance,
    NoteDueDate,
    NoteMatter,
    NotePaper,
    NoteRefusal,
    Tell,
)
from services.notifications.digests import Digesting
from services.notifications.domain import Channel, Facts, Notice, Recipient, masked
from services.notifications.errors import NoticeNotFoundError, TooEarlyError
from services.notifications.policies import react
from services.notifications.ports import Notices, Receipt
from services.notifications.templates import COURTESY
from services.notifications.wording import Draft, Occasion, Wording
from shared import clock, commands
from shared.actor import Actor
from shared.clock import Clock
from shared.contracts.base import Message
from shared.contracts.words import whole
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Keys, Personal, unseal

UNTOLD_OF_DRAFTS = ("withdrawn", *COURTESY)


@dataclass(frozen=True)
class Hearing:
    """One message being heard: what it asks for, and about whom."""

    message: Message
    dossier_id: UUID
    commands: Sequence[Command]


class NotificationsApplication(Digesting):
    """Commands answer the position in the log at which they became true."""

    name = "notifications"

    def __init__(
        self,
        env: EnvType,
        *,
        keys: Keys,
        wording: Wording,
        notices: Notices,
        clock: Clock = clock.now,
    ) -> None:
        self.wording = wording
        self.public_url = wording.public_url
        self.notices = notices
        super().__init__(env, keys=keys, clock=clock)

    def handle(self, message: Message) -> None:
        """Remember what the message tells, and write to whom it concerns."""
        if self.has_handled(message) or message.dossier_id is None:
            return
        commands = react(message)
        parties = [each.party for each in commands if isinstance(each, Admit)]
        gone = [each.party for each in commands if isinstance(each, Expel)]
        others = [each for each in commands if not isinstance(each, Admit | Expel)]
        hearing = Hearing(message, message.dossier_id, others)
        self.save_for(
            message,
            *(self._performed(hearing) if others else ()),
            grants=[(hearing.dossier_id, party) for party in parties],
            ends=[(hearing.dossier_id, party) for party in gone],
        )

    def messages(self, dossier_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
        """Every notice about a dossier; its text is for those it concerns."""
        self.require_access(dossier_id, by)
        parties = [party for party in (by.party, by.agency) if party]
        readable = self.event_log.is_concerned(dossier_id, parties)
        found = [self.notice(each) for each in self.notices.about(dossier_id)]
        return [summary(each, readable=readable) for each in found]

    def resend(self, message_id: UUID, reason: str, *, by: Actor) -> int:
        """Send a notice again, for a reason, in an office that had the dossier."""
        notice = self._own_notice(message_id, by)
        notice.resend(reason, by=by)
        return self.commit(notice)

    def note_call(
        self, message_id: UUID, *, is_reached: bool, note: str, by: Actor
    ) -> int:
        """Say that somebody was called, in an office that had the dossier."""
        notice = self._own_notice(message_id, by)
        notice.note_call(is_reached=is_reached, note=note, by=by)
        return self.commit(notice)

    def _own_notice(self, message_id: UUID, by: Actor) -> Notice:
        notice = self.notice(message_id)
        parties = [by.agency] if by.agency else []
        about = notice.dossier_id
        if about is None or not self.event_log.is_concerned(about, parties):
            raise NotAllowedError(str(message_id))
        return notice

    def send_code(self, recipient: dict[str, str], saying: Saying, *, by: Actor) -> int:
        """Send a code or a link to whom the portal names, and only the portal may."""
        if by.kind != "system":
            raise NotAllowedError(by.subject)
        to = codes.opened(unseal(recipient, self.keys))
        sending = Sending(commands.current().key, to, saying, self.clock())
        return self.commit(codes.notice_of(sending))

    def receive(self, notice_id: UUID, receipt: Receipt) -> None:
        """Let a notice know what became of it."""
        notice = self.notice(notice_id)
        notice.receive(receipt.reference, failure=receipt.failure)
        self.save(notice)

    def lose_track(self, notice_id: UUID) -> None:
        """Nobody will say any more how the sending ended."""
        notice = self.notice(notice_id)
        notice.lose_track()
        self.save(notice)

    def notice(self, notice_id: UUID) -> Notice:
        found: Notice = self.load(notice_id, NoticeNotFoundError, kind=Notice)
        return found

    def _performed(self, hearing: Hearing) -> Iterator[Aggregate]:
        recipient = self._recipient(hearing)
        for command in hearing.commands:
            inform(recipient, command)
        yield recipient
        for command in hearing.commands:
            if isinstance(command, Tell):
                yield from self._notices(hearing, recipient, command)

    def _recipient(self, hearing: Hearing) -> Recipient:
        match hearing.commands[0]:
            case Meet(applicant, tracking_code):
                return Recipient(
                    dossier_id=hearing.dossier_id,
                    applicant=applicant,
                    tracking_code=tracking_code,
                )
        recipient_id = Recipient.create_id(hearing.dossier_id)
        try:
            found: Recipient = self.repository.get(recipient_id)
        except AggregateNotFoundError:
            raise TooEarlyError(hearing.message.type) from None
        return found

    def _notices(
        self, hearing: Hearing, recipient: Recipient, tell: Tell
    ) -> Iterator[Notice]:
        """A draft that was never handed in is withdrawn without a word."""
        if recipient.facts is None and tell.template in UNTOLD_OF_DRAFTS:
            return
        is_known = recipient.can_be_told(tell.template, tell.paper)
        if recipient.facts is None or not is_known:
            raise TooEarlyError(hearing.message.type)
        if recipient.was_told(tell.template):
            return
        occasion = Occasion(recipient, recipient.facts, completed(tell, recipient))
        for draft in self.wording.drafts(occasion):
            yield self._written(hearing.message, occasion, draft)

    def _written(self, cause: Message, occasion: Occasion, draft: Draft) -> Notice:
        recipient, facts = occasion.recipient, occasion.facts
        notice = Notice(
            dossier_id=recipient.dossier_id,
            source=cause.source,
            position=cause.position,
            template=occasion.tell.template,
            template_version=self.wording.version,
            channel=draft.channel.value,
            recipient=recipient.applicant,
            language=draft.language,
            address=kept(draft.address, facts) if draft.address else None,
            subject_line=kept(draft.subject_line, facts),
            text=kept(draft.text, facts),
            attachment=draft.attachment,
            expires_at=None,
        )
        if draft.channel == Channel.NONE:
            erased = isinstance(facts.contact, Erased)
            notice.fail("recipient-erased" if erased else "no-address")
        return notice


def inform(recipient: Recipient, command: Command) -> None:
    match command:
        case Describe(facts):
            recipient.describe(facts)
        case Introduce(facts) if recipient.facts is None:
            recipient.describe(facts)
        case NoteAcceptance(code, received_at, due_at):
            recipient.note_acceptance(code, received_at=received_at, due_at=due_at)
        case NoteRefusal(reasons, note):
            recipient.note_refusal(reasons, note=note)
        case NoteDueDate(due_at):
            recipient.note_due_date(due_at)
        case NoteMatter(kind, matter):
            recipient.note_matter(kind, matter)
        case NotePaper(kind, paper_id, sha256):
            recipient.note_paper(kind, paper_id=paper_id, sha256=sha256)


def completed(tell: Tell, recipient: Recipient) -> Tell:
    """What was said of a paper before it was there."""
    matter = recipient.matters.get(tell.paper or "")
    if matter is None:
        return tell
    return replace(
        tell,
        by=matter.by,
        items=tuple(whole(matter.items, matter.words)),
        unit=matter.unit,
        reason=opened(matter.reason) or "",
        legal_basis=matter.legal_basis,
        old_due_at=matter.old_due_at,
        new_due_at=matter.new_due_at,
    )


def kept(words: str, facts: Facts) -> Personal | Erased:
    """Words to a person are theirs; who was forgotten gets no new key for them."""
    if isinstance(facts.contact, Erased):
        return facts.contact
    return Personal(facts.contact.subject, words)


def summary(notice: Notice, *, readable: bool) -> dict[str, Any]:
    return {
        "id": str(notice.id),
        "channel": notice.channel,
        "template": notice.template,
        "template_version": notice.template_version,
        "language": notice.language,
        "state": notice.state.value,
        "reason": notice.reason,
        "attempts": notice.attempts,
        "again_at": said(notice.again_at),
        "created_at": said(notice.created_on),
        "sent_at": said(notice.sent_at),
        "delivered_at": said(notice.delivered_at),
        "recipient": masked(opened(notice.address)),
        "subject": opened(notice.subject_line) if readable else None,
        "text": opened(notice.text) if readable else None,
        "attachment": notice.attachment["paper_id"] if notice.attachment else None,
    }


def opened(value: Personal | Erased | None) -> str | None:
    return value.value if isinstance(value, Personal) else None


def said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
