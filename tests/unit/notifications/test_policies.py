from __future__ import annotations

from datetime import timedelta

import pytest

from services.notifications.policies import (
    Admit,
    Describe,
    Meet,
    NoteAcceptance,
    NotePaper,
    NoteRefusal,
    Tell,
    react,
)
from shared.contracts.base import Message
from shared.contracts.documents import FileReceived
from tests.builders.notifications import (
    CODE,
    DOSSIER,
    ITEM,
    NOW,
    PAPER,
    REASON,
    TRACK,
    UNIT,
    accepted,
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

DESCRIBED = (Admit(UNIT), Describe(the_facts()))


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
    ("kind", "template"), [("receipt", "accepted"), ("refusal", "refused")]
)
def test_a_form_is_told_as_soon_as_it_is_there(kind: str, template: str) -> None:
    message = paper_issued(kind)

    noted, tell = react(message)

    assert noted == NotePaper(kind, message.paper_id, PAPER)
    assert tell == Tell(template, NOW, paper=kind)


def test_a_decision_waits_until_it_is_released() -> None:
    [noted] = react(paper_issued("decision"))

    assert isinstance(noted, NotePaper)


def test_what_nobody_told_us_to_hear_is_a_mistake() -> None:
    with pytest.raises(NotImplementedError):
        react(heard(FileReceived, "documents", 1, file_id=DOSSIER))
