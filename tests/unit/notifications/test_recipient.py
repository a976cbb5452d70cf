from __future__ import annotations

from uuid import UUID

import pytest

from services.notifications.domain import Channel, Contact, masked
from shared.personal import Erased
from tests.builders import events
from tests.builders.notifications import (
    CODE,
    NOW,
    PAPER,
    TRACK,
    a_contact,
    a_recipient,
    the_facts,
)

BOTH = {Channel.SMS: "+84901234567", Channel.EMAIL: "an@example.org"}


def test_a_dossier_is_named_as_it_is_tracked_until_it_has_a_code() -> None:
    recipient = a_recipient()
    assert recipient.reference == TRACK

    recipient.note_acceptance(CODE, received_at=NOW, due_at=NOW)

    assert recipient.reference == CODE


def test_what_is_known_is_not_said_again() -> None:
    recipient = a_recipient()

    recipient.describe(the_facts())
    recipient.describe(the_facts())
    recipient.describe(the_facts(language="fr"))

    assert events(recipient) == ["Described", "Described"]


def test_a_paper_is_attached_under_a_name_people_can_find_again() -> None:
    recipient = a_recipient()
    recipient.note_acceptance(CODE, received_at=NOW, due_at=NOW)

    recipient.note_paper("receipt", paper_id=UUID(int=1), sha256=PAPER)

    paper = recipient.attachment("receipt")
    assert paper is not None
    assert paper["name"] == f"receipt-{CODE}.pdf"
    assert recipient.attachment("decision") is recipient.attachment(None) is None


def test_a_receipt_waits_until_the_code_is_known() -> None:
    assert not a_recipient().can_be_told("accepted")
    assert a_recipient().can_be_told("submitted")


def test_a_person_is_reached_in_every_way_they_gave() -> None:
    assert Contact.of(a_contact()).ways(legal=False) == BOTH


def test_a_way_they_do_not_want_is_not_used() -> None:
    contact = Contact.of(a_contact(sms=False))

    assert contact.ways(legal=True) == {Channel.EMAIL: "an@example.org"}


def test_who_wants_nothing_is_told_only_what_the_law_wants_told() -> None:
    contact = Contact.of(a_contact(sms=False, mail=False))

    assert contact.ways(legal=False) == {}
    assert contact.ways(legal=True) == BOTH


def test_of_a_forgotten_person_nothing_is_known() -> None:
    assert Contact.of(Erased("citizen-1")) == Contact()


@pytest.mark.parametrize(
    ("phone", "known"),
    [
        ("0901234567", "+84901234567"),
        ("+84 90 123 45 67", "+84901234567"),
        ("+33612345678", "+33612345678"),
        ("12", None),
        ("none", None),
        ("", None),
        (None, None),
    ],
)
def test_numbers_are_kept_with_their_country(phone: str, known: str | None) -> None:
    assert Contact.of(a_contact(phone=phone)).phone == known


@pytest.mark.parametrize(
    ("email", "known"),
    [
        (" an@example.org ", "an@example.org"),
        ("an@example", None),
        ("an@exámple.org", None),
        ("an,bo@example.org", None),
        (None, None),
    ],
)
def test_an_address_nobody_can_write_to_is_none(email: str, known: str | None) -> None:
    assert Contact.of(a_contact(email=email)).email == known


def test_an_address_is_shown_so_that_its_owner_knows_it() -> None:
    assert masked("an@example.org") == "a***@example.org"
    assert masked("+84901234567") == "***567"
    assert masked(None) is None
