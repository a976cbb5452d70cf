from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.signing.domain import Paper, Register
from services.signing.views import changes
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.signing import DOSSIER, NOW, UNIT, a_decision_approved, a_paper
from tests.builders.signing import a_signing as a_plain_signing
from tests.fakes_signing import MemorySeals

CLERK = an_officer("clerk")
WAITING = {
    "paper_id": UUID(int=9),
    "dossier_id": DOSSIER,
    "unit": UNIT,
    "kind": "decision",
    "title": {"vi": "Giấy phép"},
    "code": "H15",
    "number": "05/GPXD",
    "dated": NOW,
    "hindrance": "token-away",
    "hindered_at": NOW,
    "issued_at": None,
}
SERIES = {
    "series": "decision",
    "year": 2026,
    "last": 5,
    "number": "05/2026/KQ",
    "given_at": NOW,
}


def test_a_clerk_sees_what_waits_what_failed_and_the_next_numbers() -> None:
    signing = a_plain_signing()
    signing.seals = MemorySeals({"waiting": [WAITING], "series": [SERIES]})

    told = signing.sealing(by=CLERK)

    [waiting], [series] = told["waiting"], told["series"]
    assert (waiting["hindrance"], waiting["dated"]) == ("token-away", NOW.isoformat())
    assert waiting["paper_id"] == str(UUID(int=9))
    assert (series["number"], series["next"]) == ("05/2026/KQ", 6)


def test_the_sealing_list_is_for_those_who_keep_the_register() -> None:
    signing = a_plain_signing()

    assert signing.sealing(by=an_officer("manager"))["unit"] == UNIT
    assert signing.sealing(UNIT, by=an_officer("auditor", agency=""))["unit"] == UNIT
    for by in (an_officer("reviewer"), an_officer("clerk", agency="ca_xa")):
        with pytest.raises(NotAllowedError):
            signing.sealing(UNIT, by=by)


def test_rows_follow_a_paper_from_its_number_to_its_seal() -> None:
    paper = a_paper(a_decision_approved(3))
    paper.report_hindrance("token-away")
    paper.issue(sha256="a" * 64, size=1, level="B-T", issued_at=NOW)
    events = [*paper.collect_events()]

    hindered, issued = (list(changes(each)) for each in events)

    assert hindered[0][1]["reason"] == "token-away"
    assert issued[0][1]["id"] == paper.id
    assert list(changes(object())) == []


def test_rows_follow_the_numbers_of_a_register() -> None:
    register = Register(unit=UNIT, series="decision", year=2026)
    register.give_number(uuid4(), "{n}/{yyyy}/KQ")

    opened, given = (list(changes(each)) for each in register.collect_events())

    assert opened[0][1]["series"] == "decision"
    assert (given[0][1]["n"], given[0][1]["number"]) == (1, "01/2026/KQ")
    assert Paper.Requested.TOPIC == "signing.paper.requested"
