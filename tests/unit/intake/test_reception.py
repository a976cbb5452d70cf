from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import CodeCounter, Dossier
from services.intake.domain.reasons import UNANSWERED
from services.intake.errors import (
    DocumentsMissingError,
    DossierClosedError,
    DossierNotReceivableError,
    FormInvalidError,
    ReasonMissingError,
    ReasonUnknownError,
    SupplementOpenError,
)
from shared import commands
from shared.commands import Command
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    a_complete_dossier,
    a_definition,
    a_submitted_dossier,
    a_supplement_asked,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
    rules,
    the_dossier,
)

PERMIT, COPY = "house-building-permit", "certified-copy"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, COPY)


def last(intake: IntakeApplication, dossier_id: Any) -> Any:
    return list(intake.events.get(dossier_id))[-1]


def test_a_complete_dossier_is_received_with_a_code_and_a_date(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    dossier = the_dossier(intake, dossier_id)
    assert (dossier.status, dossier.code) == (2, "H15.217.01-261120-0001")
    assert dossier.due_at is not None
    assert dossier.due_at.isoformat() == "2026-12-02T17:00:00+07:00"


def test_the_receipt_can_be_made_from_what_is_told(intake: IntakeApplication) -> None:
    event: Dossier.Accepted = last(intake, an_accepted_dossier(intake))

    assert event.about["procedure_code"] == "1.013225"
    assert event.officer == Personal("officer-7", "Trần Văn officer-7")
    assert event.legal_time == {"value": 7, "unit": "working_day"}
    assert [each["code"] for each in event.documents][:3] == ["XD01", "XD02", "XD03"]
    assert event.fees == [
        {
            "code": "LP_XD",
            "name": rules().definition["fees"][0]["name"],
            "amount": 37500,
            "due": True,
        }
    ]
    assert isinstance(event.answers, Personal)
    assert json.loads(event.answers.value)["phone"] == "+84912345678"


def test_the_longest_legal_time_that_applies_counts(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake, building_kind="works")

    assert last(intake, dossier_id).legal_time["value"] == 10


def test_codes_of_a_day_are_numbered_and_begin_again_the_next_day(
    intake: IntakeApplication,
) -> None:
    first, second, third = (a_submitted_dossier(intake) for _ in range(3))
    intake.accept_dossier(first, by=front_desk())
    intake.accept_dossier(second, by=front_desk())
    intake.clock = lambda: NOW + timedelta(days=1)

    intake.accept_dossier(third, by=front_desk())

    codes = [the_dossier(intake, each).code for each in (first, second, third)]
    assert codes == [
        "H15.217.01-261120-0001",
        "H15.217.01-261120-0002",
        "H15.217.01-261121-0001",
    ]


def test_after_four_digits_the_number_grows() -> None:
    counter = CodeCounter(unit_code="H15.217", day="2026-11-20")
    counter.last = 9_999

    assert counter.draw(counter.id) == "H15.217-261120-10000"


def test_who_draws_a_code_at_the_same_moment_draws_the_next(
    intake: IntakeApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_submitted_dossier(intake), a_submitted_dossier(intake)
    desk, commit = front_desk(), intake.commit

    def overtaken(*aggregates: Any) -> int:
        monkeypatch.setattr(intake, "commit", commit)
        commands.bind(None)
        intake._accept(*intake._open(first), desk)  # as another process would
        commands.bind(command)
        return commit(*aggregates)

    command = Command(uuid4(), b"")
    commands.bind(command)
    monkeypatch.setattr(intake, "commit", overtaken)
    intake.once(lambda: intake.accept_dossier(second, by=desk))

    codes = [the_dossier(intake, each).code for each in (first, second)]
    assert codes == ["H15.217.01-261120-0001", "H15.217.01-261120-0002"]


def test_at_the_counter_a_dossier_is_received_at_once(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, COPY, "counter")

    intake.accept_dossier(dossier_id, by=front_desk("ubnd_xa"))

    dossier = the_dossier(intake, dossier_id)
    assert (dossier.status, dossier.code) == (2, "H15.217-261120-0001")
    assert dossier.due_at is not None
    assert dossier.due_at.isoformat() == "2026-11-20T17:00:00+07:00"


def test_an_incomplete_dossier_is_not_received(intake: IntakeApplication) -> None:
    counter = an_open_dossier(intake, PERMIT, "counter")

    with pytest.raises(FormInvalidError) as refusal:
        intake.accept_dossier(counter, by=front_desk())

    named = {each.get("field", each.get("document")) for each in refusal.value.details}
    assert {"full_name", "XD01"} <= named
    assert happened(intake, counter) == ["Opened"]


def test_a_document_that_was_not_accepted_keeps_the_dossier_back(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.assess_document(dossier_id, "XD02", "wrong", reason="khác", by=front_desk())

    with pytest.raises(DocumentsMissingError) as refusal:
        intake.accept_dossier(dossier_id, by=front_desk())

    [problem] = refusal.value.details
    assert (problem["document"], problem["code"]) == ("XD02", "not-accepted")


def test_only_a_front_desk_that_receives_it_may_accept(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    for by in (
        an_applicant(),
        front_desk("ca_xa"),
        an_officer("reviewer", agency="ttpvhcc_xa"),
    ):
        with pytest.raises(NotAllowedError):
            intake.accept_dossier(dossier_id, by=by)

    assert intake.accept_dossier(dossier_id, by=front_desk("ttpvhcc_tinh"))


def test_an_online_draft_cannot_be_accepted_nor_anything_twice(
    intake: IntakeApplication,
) -> None:
    """Of a draft the front desk does not even hear how far it is."""
    draft, accepted = a_complete_dossier(intake), an_accepted_dossier(intake)

    with pytest.raises(NotAllowedError):
        intake.accept_dossier(draft, by=front_desk())
    with pytest.raises(DossierNotReceivableError):
        intake.accept_dossier(accepted, by=front_desk())


def test_the_front_desk_refuses_with_reasons_of_the_procedure(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, COPY, "counter")
    desk = front_desk("ubnd_xa")

    intake.refuse_dossier(dossier_id, ["erased_or_altered"], note=" Trang 2 ", by=desk)

    event: Dossier.Refused = last(intake, dossier_id)
    assert the_dossier(intake, dossier_id).status == 3
    assert event.reasons[0]["en"] == "The original is erased or altered"
    assert event.note == Personal("citizen-1", "Trang 2")
    assert event.refused_by == "officer-7"


def test_a_refusal_has_a_reason(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(ReasonMissingError):
        intake.refuse_dossier(dossier_id, [], note=" ", by=front_desk())
    with pytest.raises(ReasonUnknownError):
        intake.refuse_dossier(dossier_id, ["mood"], note="", by=front_desk())
    with pytest.raises(NotAllowedError):
        intake.refuse_dossier(dossier_id, [], note="x", by=an_applicant())

    assert the_dossier(intake, dossier_id).status == 1


def test_an_accepted_dossier_is_not_refused_at_the_desk(
    intake: IntakeApplication,
) -> None:
    with pytest.raises(DossierNotReceivableError):
        intake.refuse_dossier(
            an_accepted_dossier(intake), [], note="x", by=front_desk()
        )


def test_who_was_asked_has_time_to_answer_before_a_refusal(
    intake: IntakeApplication,
) -> None:
    dossier_id, desk = a_submitted_dossier(intake), front_desk()
    items = [{"kind": "document", "key": "XD01"}]
    intake.request_supplement(dossier_id, items, note="", by=desk)

    with pytest.raises(SupplementOpenError):
        intake.refuse_dossier(dossier_id, [], note="x", by=desk)
    intake.clock = lambda: NOW + timedelta(days=90)
    intake.refuse_dossier(dossier_id, [], note="x", by=desk)

    assert the_dossier(intake, dossier_id).status == 3


def test_what_a_reviewer_asked_for_may_be_refused_once_nobody_answered_in_time(
    intake: IntakeApplication,
) -> None:
    dossier_id, desk = an_accepted_dossier(intake), front_desk()
    intake.handle(a_supplement_asked(dossier_id, "XD01"))

    with pytest.raises(SupplementOpenError):
        intake.refuse_dossier(dossier_id, [], note="", by=desk)
    intake.clock = lambda: NOW + timedelta(days=90)
    intake.refuse_dossier(dossier_id, [], note="", by=desk)

    event: Dossier.Refused = last(intake, dossier_id)
    assert the_dossier(intake, dossier_id).status == 3
    assert event.reasons == [UNANSWERED]
    assert event.outcome is None


def test_a_void_dossier_ends_as_its_procedure_says(
    intake: IntakeApplication,
) -> None:
    void = a_definition(PERMIT)
    void["version"] = void["version"] | {"number": 2}
    void["supplement"]["on_expiry"] = "void_dossier"
    closed = void["outcomes"][-1] | {"code": "void", "kind": "closed", "form": "03"}
    void["outcomes"].append(closed)
    intake.publish_procedures([void], by=an_officer("administrator"))
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_supplement_asked(dossier_id, "XD01"))
    intake.clock = lambda: NOW + timedelta(days=90)

    intake.refuse_dossier(dossier_id, [], note="", by=front_desk())

    event: Dossier.Refused = last(intake, dossier_id)
    assert event.outcome == {
        "code": "void",
        "kind": "closed",
        "title": closed["title"],
    }


def test_who_took_the_dossier_back_is_not_refused_any_more(
    intake: IntakeApplication,
) -> None:
    dossier_id, desk = a_submitted_dossier(intake), front_desk()
    items = [{"kind": "document", "key": "XD01"}]
    intake.request_supplement(dossier_id, items, note="", by=desk)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())
    intake.clock = lambda: NOW + timedelta(days=90)

    with pytest.raises(DossierClosedError):
        intake.refuse_dossier(dossier_id, [], note="x", by=desk)


def test_a_procedure_may_leave_open_how_long_an_answer_may_take() -> None:
    some = rules(COPY)

    assert some.answer_by(NOW, some.receiving_unit) is None


def test_an_online_dossier_is_acknowledged_within_eight_working_hours() -> None:
    some = rules(PERMIT)
    unit = some.receiving_unit

    filed = {
        "2026-11-20T07:00:00+07:00": "2026-11-20T17:00:00+07:00",
        "2026-11-20T12:00:00+07:00": "2026-11-23T11:30:00+07:00",
        "2026-11-21T09:00:00+07:00": "2026-11-23T17:00:00+07:00",
    }

    for moment, limit in filed.items():
        by = some.acknowledge_by(datetime.fromisoformat(moment), unit)
        assert by.isoformat() == limit
