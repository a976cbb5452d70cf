"""Notices, whom they are for, and the messages that cause them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.notifications.application import NotificationsApplication
from services.notifications.domain import Facts, Notice, Recipient
from services.notifications.templates import Templates
from services.notifications.wording import Wording
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
    DossierWithdrawn,
    ResultReturned,
    SupplementRequested,
)
from shared.contracts.notifications import NoticeAccepted
from shared.contracts.signing import PaperIssued
from shared.contracts.words import parted
from shared.contracts.workflow import ResultReleased, StepOpened
from shared.directory import Directory
from shared.personal import Personal
from tests.fakes import MEMORY, MemoryKeys
from tests.fakes_notifications import LogNotices, StoppedClock

DOSSIER = UUID(int=7)
NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)  # a morning in Đắk Lắk
CODE = "H15.50.05.13-261121-0042"
TRACK = "7F3K9Q"
UNIT = "ttpvhcc_xa"
URL = "https://dvc.example.vn"
PAPER = "ab" * 32  # a hash
PROCEDURE = {
    "vi": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "en": "House building permit",
    "fr": "Permis de construire une maison",
}
ITEM = {
    "kind": "document",
    "key": "drawings",
    "name": {"vi": "bản vẽ thiết kế", "en": "design drawings", "fr": "plans"},
    "reason": {"vi": "thiếu mặt cắt", "en": "no section", "fr": "sans coupe"},
    "note": "",
}
REASON = {
    "vi": "không thuộc thẩm quyền",
    "en": "not our competence",
    "fr": "hors compétence",
}


def a_contact(subject: str = "citizen-1", **named: Any) -> Personal:
    """Both addresses; name what is different."""
    told = {"name": "Nguyễn Thị An", "phone": "0901234567", "email": "an@example.org"}
    return Personal(subject, json.dumps(told | named, ensure_ascii=False))


def facts(**named: Any) -> dict[str, Any]:
    return {
        "procedure": "house-building-permit",
        "version": 1,
        "procedure_code": "1.013225",
        "procedure_name": PROCEDURE,
        "channel": "online",
        "applicant": "citizen-1",
        "unit": UNIT,
        "tracking_code": TRACK,
        "language": "vi",
        "result_channel": "counter",
        "contact": a_contact(),
        "presentation": Personal("citizen-1", '{"personal_id": "066095001234"}'),
        "officer": Personal("officer-7", "Trần Văn Minh"),
    } | named


def heard(type_: type[Message], source: str, position: int, **values: Any) -> Any:
    common = {"correlation_id": "request-1", "occurred_at": NOW, "dossier_id": DOSSIER}
    return type_(source=source, position=position, **(common | values))


def opened(position: int = 1, **named: Any) -> DossierOpened:
    found: DossierOpened = heard(DossierOpened, "intake", position, **facts() | named)
    return found


def submitted(position: int = 2, **named: Any) -> DossierSubmitted:
    about = facts(acknowledge_by=NOW + timedelta(hours=5, minutes=30)) | named
    found: DossierSubmitted = heard(DossierSubmitted, "intake", position, **about)
    return found


def accepted(position: int = 3, **named: Any) -> DossierAccepted:
    about = facts(
        code=CODE,
        received_at=NOW,
        due_at=NOW + timedelta(days=5, hours=7),
        legal_time={},
        accepted_by="officer-7",
        answers=Personal("citizen-1", "{}"),
        documents=[],
        fees=[],
        fees_settled=True,
        exemption_groups=[],
    )
    found: DossierAccepted = heard(DossierAccepted, "intake", position, **about | named)
    return found


def refused(position: int = 3, note: str = "", **named: Any) -> DossierRefused:
    said = {"note": Personal("citizen-1", note), "refused_by": "officer-7"}
    about = facts(reasons=[REASON], **said) | named
    found: DossierRefused = heard(DossierRefused, "intake", position, **about)
    return found


def supplement_requested(position: int = 4, **named: Any) -> SupplementRequested:
    items = parted(named.pop("items", [ITEM]), "citizen-1")
    about = {"stage": "review", "answer_by": NOW + timedelta(days=10)} | named
    found: SupplementRequested = heard(
        SupplementRequested, "intake", position, **about, **items
    )
    return found


def paper_issued(kind: str, position: int = 1, **named: Any) -> PaperIssued:
    about = {
        "paper_id": UUID(int=90 + position),
        "kind": kind,
        "title": PROCEDURE,
        "number": "12/GPXD",
        "unit": UNIT,
        "sha256": PAPER,
        "size": 1000,
        "issued_at": NOW,
    }
    found: PaperIssued = heard(PaperIssued, "signing", position, **about | named)
    return found


def result_released(
    position: int = 1, *, kind: str = "grant", unit: str = UNIT
) -> ResultReleased:
    about: dict[str, Any] = {
        "outcome": "permit",
        "outcome_kind": kind,
        "paper_id": UUID(int=92),
    }
    about |= {"outcome_title": PROCEDURE, "unit": unit}
    found: ResultReleased = heard(ResultReleased, "workflow", position, **about)
    return found


def result_returned(position: int = 8) -> ResultReturned:
    about = {"channel": "counter", "returned_by": "officer-7"}
    found: ResultReturned = heard(ResultReturned, "intake", position, **about)
    return found


def withdrawn(position: int = 9) -> DossierWithdrawn:
    found: DossierWithdrawn = heard(DossierWithdrawn, "intake", position)
    return found


def step_opened(unit: str, position: int = 1) -> StepOpened:
    about: dict[str, Any] = {"step": "review", "name": PROCEDURE, "unit": unit}
    about |= {"case_id": UUID(int=8), "role": "reviewer", "status": 4}
    found: StepOpened = heard(StepOpened, "workflow", position, **about)
    return found


def due(notice: Notice, position: int = 1) -> NoticeAccepted:
    """The message that asks the worker to send it."""
    about: dict[str, Any] = {"notice_id": notice.id, "channel": notice.channel}
    about |= {"template": notice.template, "language": notice.language}
    found: NoticeAccepted = heard(NoticeAccepted, "notifications", position, **about)
    return found


def a_recipient() -> Recipient:
    recipient = Recipient(
        dossier_id=DOSSIER, applicant="citizen-1", tracking_code=TRACK
    )
    recipient.collect_events()
    return recipient


def the_facts(**named: Any) -> Facts:
    fields = ("procedure_name", "unit", "language", "result_channel", "contact")
    return Facts(**{name: facts(**named)[name] for name in fields})


def a_new_notice(**named: Any) -> Notice:
    about: dict[str, Any] = {
        "dossier_id": DOSSIER,
        "source": "intake",
        "position": 2,
        "template": "submitted",
        "template_version": 1,
        "channel": "sms",
        "recipient": "citizen-1",
        "language": "vi",
        "address": Personal("citizen-1", "+84901234567"),
        "subject_line": Personal("citizen-1", "[7F3K9Q] Đã nhận hồ sơ"),
        "text": Personal("citizen-1", "Da nhan ho so 7F3K9Q"),
        "attachment": None,
        "expires_at": None,
    }
    return Notice(**about | named)


def a_notice(**named: Any) -> Notice:
    notice = a_new_notice(**named)
    notice.collect_events()
    return notice


def a_sent_notice(reference: str = "sms-1") -> Notice:
    notice = a_notice()
    notice.begin()
    notice.confirm_sent(reference)
    notice.collect_events()
    return notice


def a_wording(url: str = URL) -> Wording:
    return Wording(Templates.load(), Directory.load(), url)


def notifications(clock: StoppedClock | None = None) -> NotificationsApplication:
    """The application, and a view that reads its log whenever it is asked."""
    view = LogNotices()
    app = NotificationsApplication(
        MEMORY,
        keys=MemoryKeys(),
        wording=a_wording(),
        notices=view,
        clock=clock or StoppedClock(NOW),
    )
    view.app = app
    return app


def told(*messages: Message) -> NotificationsApplication:
    """An application that heard of an open dossier, and then of this."""
    app = notifications()
    for message in (opened(), *messages):
        app.handle(message)
    return app


def the_notices(app: NotificationsApplication) -> list[Notice]:
    return [app.notice(each) for each in app.notices.about(DOSSIER)]
