from __future__ import annotations

from datetime import timedelta

import pytest

from services.notifications.commands import (
    Admit,
    Describe,
    Introduce,
    Meet,
    NoteAcceptance,
    NoteDueDate,
    NoteMatter,
    NotePaper,
    NoteRefusal,
    Tell,
)
from services.notifications.domain import Matter
from services.notifications.policies import react
from shared.contracts.base import Message
from shared.contracts.documents import FileReceived
from shared.contracts.words import parted
from shared.personal import Personal
from tests.builders.notifications import (
    CODE,
    DOSSIER,
    ITEM,
    NOW,
    PAPER,
    REASON,
    TRACK,
    UNIT,
    a_contact,
    accepted,
    facts,
    heard,
    opened,
    paper_issued,
    refused,
    result_released,
    result_returned,
    step_opened,
    submitted,
    supplement_requested,
    the_facts,
    withdrawn,
)
from tests.builders.notifications_law import (
    BASIS,
    LATE,
    LATER,
    apology_approved,
    case_resumed,
    case_suspended,
    due_date_moved,
    payment_recorded,
    payment_refunded,
    processing_stopped,
    result_withdrawn,
    step_reminded,
    supplement_expired,
    withdrawal_decided,
)

BARE = {name: ITEM[name] for name in ("kind", "key", "name")}

DESCRIBED = (Admit(UNIT), Describe(the_facts()))
SUPPLEMENT = Matter(by=NOW, **parted([ITEM], "citizen-1") | {"items": (BARE,)})


@pytest.mark.parametrize(
    ("message", "commands"),
    [
        (opened(), (Meet("citizen-1", TRACK), Admit("citizen-1"), Admit(UNIT))),
        (opened(unit=None), (Meet("citizen-1", TRACK), Admit("citizen-1"))),
        (step_opened("so_xay_dung"), (Admit("so_xay_dung"),)),
        (
            submitted(),
            (*DESCRIBED, Tell("submitted", NOW, by=NOW + timedelta(hours=5.5))),
        ),
        (
            accepted(due_at=NOW),
            (*DESCRIBED, NoteAcceptance(CODE, received_at=NOW, due_at=NOW)),
        ),
        (refused(note="no"), (*DESCRIBED, NoteRefusal([REASON], "no"))),
        (
            supplement_requested(answer_by=None),
            (Tell("supplement", NOW, items=(ITEM,)),),
        ),
        (
            supplement_requested(
                about=facts(),
                contact=a_contact(),
                presentation=facts()["presentation"],
                answer_by=NOW,
            ),
            (*DESCRIBED, NoteMatter("supplement", SUPPLEMENT)),
        ),
        (supplement_expired(), (Tell("expired", NOW, by=LATER),)),
        (
            due_date_moved(),
            (
                NoteDueDate(LATER),
                Tell(
                    "moved",
                    NOW,
                    because="calendar",
                    old_due_at=LATE,
                    new_due_at=LATER,
                ),
            ),
        ),
        (
            case_suspended(),
            (
                Tell(
                    "suspended",
                    NOW,
                    unit="ubnd_xa",
                    reason="chờ xác minh",
                    legal_basis=BASIS,
                ),
            ),
        ),
        (
            case_resumed(),
            (NoteDueDate(LATER), Tell("resumed", NOW, new_due_at=LATER)),
        ),
        (payment_refunded(), (Tell("refunded", NOW, amount=150_000),)),
        (
            result_withdrawn(),
            (Tell("recalled", NOW, reason="nhầm tên", legal_basis=BASIS),),
        ),
        (withdrawal_decided(granted=False), (Tell("denied", NOW),)),
        (withdrawal_decided(granted=True), ()),
        (step_reminded(role="reviewer"), ()),
        (
            step_reminded(),
            (
                Tell(
                    "reminder",
                    NOW,
                    by=LATER,
                    unit="ubnd_xa",
                    what=step_reminded().name,
                ),
            ),
        ),
        (result_returned(), (Tell("returned", NOW),)),
        (withdrawn(), (Tell("withdrawn", NOW),)),
        (
            result_released(unit="ubnd_xa"),
            (Tell("ready", NOW, unit="ubnd_xa", paper="decision"),),
        ),
        (
            result_released(kind="refuse"),
            (Tell("refused", NOW, unit=UNIT, paper="decision"),),
        ),
    ],
    ids=lambda value: getattr(value, "type", ""),
)
def test_a_message_has_its_consequences(
    message: Message, commands: tuple[object, ...]
) -> None:
    assert react(message) == commands


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        ("receipt", "accepted"),
        ("refusal", "refused"),
        ("supplement", "supplement"),
        ("apology", "apology"),
        ("stop", "stopped"),
        ("payment", "paid"),
    ],
)
def test_a_form_is_told_as_soon_as_it_is_there(kind: str, template: str) -> None:
    message = paper_issued(kind)

    noted, tell = react(message)

    assert noted == NotePaper(kind, message.paper_id, PAPER)
    assert tell == Tell(template, NOW, paper=kind, number="12/GPXD")


@pytest.mark.parametrize("kind", ["decision", "branch"])
def test_a_decision_waits_until_it_is_released(kind: str) -> None:
    [noted] = react(paper_issued(kind))

    assert isinstance(noted, NotePaper)


@pytest.mark.parametrize(
    "reason", ["supplement", "payment", "suspension", "excluded", "extension"]
)
def test_a_move_that_another_notice_explains_is_only_remembered(reason: str) -> None:
    assert react(due_date_moved(reason=reason)) == (NoteDueDate(LATER),)


def test_a_payment_introduces_who_paid_before_anything_was_told() -> None:
    admitted, introduced = react(payment_recorded())

    assert admitted == Admit(UNIT)
    assert isinstance(introduced, Introduce)
    assert introduced.facts.unit == UNIT
    assert isinstance(introduced.facts.contact, Personal)
    assert "0901234567" in introduced.facts.contact.value


@pytest.mark.parametrize(
    ("message", "kind"),
    [(apology_approved(), "apology"), (processing_stopped(), "stop")],
)
def test_what_a_paper_is_about_is_kept_until_it_is_there(
    message: Message, kind: str
) -> None:
    [noted] = react(message)

    assert isinstance(noted, NoteMatter)
    assert noted.kind == kind


def test_what_nobody_told_us_to_hear_is_a_mistake() -> None:
    with pytest.raises(NotImplementedError):
        react(heard(FileReceived, "documents", 1, file_id=DOSSIER))
