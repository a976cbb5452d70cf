"""Every kind of paper, sealed with the real key and judged by the real verifier."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from services.signing.domain import Correspondence, Paper
from services.signing.worker import SigningWorker
from shared.contracts.base import Message
from tests.builders import an_applicant, an_officer
from tests.builders.signing import (
    NOW,
    UNIT,
    a_decision_approved,
    a_dossier_accepted,
    a_dossier_opened,
    a_paper_requested,
    a_payment_recorded,
    a_processing_stopped,
    a_result_withdrawn,
    a_supplement_requested,
    an_apology_approved,
)

PLACES = count(500_000)  # far from where other tests say that something stands
DAY = NOW.date()


OFFICE = "so_xay_dung"  # whose numbers no other test counts


def a_result(position: int, **named: Any) -> Message:
    return a_decision_approved(position, unit=OFFICE, **named)


def a_branch_result(position: int, **named: Any) -> Message:
    return a_result(position, branch="health-card", **named)


CAUSES: dict[str, Callable[..., Message]] = {
    "supplement": a_supplement_requested,
    "apology": an_apology_approved,
    "stop": a_processing_stopped,
    "payment": a_payment_recorded,
    "branch": a_branch_result,
}


def made(worker: SigningWorker, cause: Callable[..., Message]) -> Paper:
    """From its message to the store, for a dossier of its own."""
    dossier_id, app = uuid4(), worker.app
    app.handle(a_dossier_opened(next(PLACES), dossier_id=dossier_id))
    app.handle(cause(next(PLACES), dossier_id=dossier_id))
    correspondence: Correspondence = app.repository.get(
        Correspondence.create_id(dossier_id)
    )
    paper_id = correspondence.papers[-1]
    worker.handle(a_paper_requested(paper_id, position=next(PLACES)))
    paper: Paper = app.repository.get(paper_id)
    return paper


@pytest.mark.parametrize("kind", CAUSES)
def test_a_paper_of_every_kind_is_sealed_and_holds(
    worker: SigningWorker, kind: str
) -> None:
    paper = made(worker, CAUSES[kind])

    found = worker.app.verify_paper(paper.id, by=an_applicant())

    assert (paper.kind, paper.state) == (kind, "issued")
    assert found["valid"]


def test_a_withdrawn_result_keeps_its_seal_and_counts_no_more(
    worker: SigningWorker,
) -> None:
    paper = made(worker, a_result)

    withdrawn = a_result_withdrawn(paper.id, next(PLACES))
    worker.app.handle(withdrawn.model_copy(update={"dossier_id": paper.dossier_id}))

    found = worker.app.verify_paper(paper.id, by=an_applicant())
    assert (found["signature_valid"], found["valid"]) == (True, False)
    assert "Sai số thửa đất" in found["withdrawal"]["sentence"]["vi"]


def test_the_register_reads_what_receipts_say(worker: SigningWorker) -> None:
    first, second = (made(worker, a_dossier_accepted) for _ in range(2))

    desk = an_officer("front_desk")
    lines = worker.app.receipts(UNIT, DAY, DAY, by=desk)["items"]

    known = {str(each.dossier_id) for each in (first, second)}
    assert known <= {each["dossier_id"] for each in lines}
