from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from services.portal.pools import Pool
from services.portal.read_models import Parties, ReadModels, Wanted
from services.portal.views import Views
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierOpened,
    DossierShared,
    DossierSubmitted,
    DossierTouched,
    DossierUnshared,
    FeesSettled,
    ProcedurePublished,
    ResultReturned,
)
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed
from shared.contracts.signing import PaperIssued, PaperWithdrawn
from shared.contracts.workflow import (
    CaseResumed,
    CaseSuspended,
    PaymentAsked,
    ResultReleased,
    ResultWithdrawn,
    StepOpened,
)
from shared.personal import Personal
from tests.builders.portal import NOON
from tests.integration.portal.conftest import Ask

NAME = {"vi": "Cấp giấy phép", "en": "Permit", "fr": "Permis"}
SECRET = Personal("citizen:1", "{}")
PLACES = count(1)


def told(
    message: type[Message], dossier_id: UUID | None, *, after: int = 0, **values: Any
) -> Message:
    """A message that was told so many minutes after noon."""
    place = {"source": "intake", "position": next(PLACES), "correlation_id": "r"}
    when = {"occurred_at": NOON + timedelta(minutes=after), "dossier_id": dossier_id}
    return message.model_validate(place | when | values)


def a_shown_dossier(views: Views, applicant: str = "citizen:1", after: int = 0) -> UUID:
    dossier_id = uuid4()
    about = {"procedure": "permit", "version": 1, "channel": "online", "unit": None}
    views.hear(
        told(
            DossierOpened,
            dossier_id,
            after=after,
            **about,
            applicant=applicant,
            tracking_code=dossier_id.hex[:12].upper(),
            language="vi",
        )
    )
    return dossier_id


def a_step(dossier_id: UUID, *, after: int, status: int = 4, unit: str = "stc") -> Any:
    step = {"case_id": dossier_id, "step": "review", "name": NAME, "role": "reviewer"}
    return told(StepOpened, dossier_id, after=after, **step, status=status, unit=unit)


def a_submission(dossier_id: UUID, *, after: int) -> Message:
    facts = {
        "procedure": "permit",
        "version": 1,
        "procedure_code": "1.000001",
        "procedure_name": NAME,
        "channel": "online",
        "applicant": "citizen:1",
        "unit": "ubnd_xa",
        "tracking_code": dossier_id.hex[:12].upper(),
        "language": "vi",
        "result_channel": "online",
        "contact": SECRET,
        "presentation": SECRET,
        "acknowledge_by": NOON,
    }
    return told(DossierSubmitted, dossier_id, after=after, **facts)


def an_asked_payment(dossier_id: UUID, *, after: int) -> Message:
    about = {"case_id": dossier_id, "step": "review", "unit": "stc", "name": NAME}
    money = {"amount": 50_000, "legal_basis": "Điều 5", "asked_by": "staff:lan"}
    return told(PaymentAsked, dossier_id, after=after, **about, **money)


def a_released_result(dossier_id: UUID, *, after: int) -> Message:
    result = {"outcome": "granted", "outcome_kind": "grant", "outcome_title": NAME}
    where: dict[str, Any] = {"paper_id": uuid4(), "unit": "ubnd_xa"}
    return told(ResultReleased, dossier_id, after=after, **result, **where)


def dossier(ask: Ask, dossier_id: UUID) -> dict[str, Any]:
    everybody = Parties((), everything=True)

    async def found(pool: Pool) -> Any:
        return await ReadModels(pool).dossier(dossier_id, everybody)

    row: dict[str, Any] = ask(found)
    return row


def test_a_message_heard_twice_is_shown_once(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)
    step = a_step(dossier_id, after=1)

    views.hear(step)
    views.hear(step)

    async def lines(pool: Pool) -> Any:
        models = ReadModels(pool)
        assert await models.shows(step.source, step.position)
        return await models.timeline(dossier_id)

    assert len(ask(lines)) == 1


def test_a_late_message_does_not_turn_back_the_status(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)

    views.hear(a_step(dossier_id, after=5))
    views.hear(a_submission(dossier_id, after=1))

    assert dossier(ask, dossier_id)["status"] == 4


def test_a_step_beside_a_released_result_does_not_either(
    views: Views, ask: Ask
) -> None:
    dossier_id = a_shown_dossier(views)

    views.hear(a_released_result(dossier_id, after=1))
    views.hear(a_step(dossier_id, after=2))
    assert dossier(ask, dossier_id)["status"] == 9

    returned = {"channel": "counter", "returned_by": "staff:lan"}
    views.hear(told(ResultReturned, dossier_id, after=3, **returned))
    views.hear(a_step(dossier_id, after=4))
    assert dossier(ask, dossier_id)["status"] == 10


def test_what_holds_a_dossier_up_is_shown_whatever_its_branches_do(
    views: Views, ask: Ask
) -> None:
    dossier_id = a_shown_dossier(views)
    rest: dict[str, Any] = {"case_id": dossier_id, "unit": "stc", "reason": SECRET}
    rest |= {"legal_basis": "Điều 9", "suspended_by": "staff:hoa"}
    views.hear(told(FeesSettled, dossier_id, after=1))
    views.hear(an_asked_payment(dossier_id, after=2))
    views.hear(told(CaseSuspended, dossier_id, after=3, **rest))

    views.hear(a_step(dossier_id, after=4))
    assert dossier(ask, dossier_id)["status"] == 8

    resumed = {"case_id": dossier_id, "due_at": NOON, "resumed_by": "staff:hoa"}
    views.hear(told(CaseResumed, dossier_id, after=5, **resumed))
    assert dossier(ask, dossier_id)["status"] == 6

    views.hear(told(FeesSettled, dossier_id, after=6))
    assert dossier(ask, dossier_id)["status"] == 4


def test_a_payment_that_was_heard_before_it_was_asked_for_counts(
    views: Views, ask: Ask
) -> None:
    dossier_id = a_shown_dossier(views)
    views.hear(a_step(dossier_id, after=1))

    views.hear(told(FeesSettled, dossier_id, after=6))
    views.hear(an_asked_payment(dossier_id, after=2))

    assert dossier(ask, dossier_id)["status"] == 4


def test_a_withdrawn_result_is_worked_on_again(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)
    why = {"paper_id": uuid4(), "reason": SECRET, "legal_basis": "Điều 31"}
    views.hear(a_released_result(dossier_id, after=1))

    by = "staff:hoa"
    views.hear(told(ResultWithdrawn, dossier_id, after=2, **why, withdrawn_by=by))

    found = dossier(ask, dossier_id)
    assert (found["status"], found["outcome"]) == (4, None)
    views.hear(a_released_result(dossier_id, after=3))
    assert dossier(ask, dossier_id)["status"] == 9


def test_a_withdrawn_paper_stays_with_a_mark(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views)
    paper: dict[str, Any] = {"paper_id": uuid4(), "kind": "decision", "number": "1/QĐ"}
    sealed: dict[str, Any] = {"title": NAME, "unit": "stc", "sha256": "f", "size": 3}

    views.hear(told(PaperIssued, dossier_id, **paper, **sealed, issued_at=NOON))
    gone = {"reason": "", "withdrawn_at": NOON}
    views.hear(told(PaperWithdrawn, dossier_id, after=3, **paper, **gone))

    async def papers(pool: Pool) -> Any:
        return await ReadModels(pool).papers(dossier_id)

    [shown] = ask(papers)
    assert shown["withdrawn_at"] == NOON + timedelta(minutes=3)


def test_a_message_that_overtook_the_beginning_is_not_lost(
    views: Views, ask: Ask
) -> None:
    dossier_id = uuid4()

    views.hear(told(DossierTouched, dossier_id, topic="intake.dossier.filled"))
    views.hear(a_submission(dossier_id, after=1))

    assert dossier(ask, dossier_id)["applicant"] == "citizen:1"


def test_a_dossier_is_seen_by_those_it_concerns(views: Views, ask: Ask) -> None:
    mine = a_shown_dossier(views, "citizen:owner")
    a_shown_dossier(views, "citizen:other")
    views.hear(a_step(mine, after=1, unit="unit-of-the-step"))

    async def seen_by(pool: Pool) -> Any:
        models = ReadModels(pool)
        wanted = Wanted()
        return [
            [row["id"] for row in (await models.dossiers(Parties((party,)), wanted))[0]]
            for party in ("citizen:owner", "unit-of-the-step", "citizen:stranger")
        ]

    assert ask(seen_by) == [[mine], [mine], []]


def test_a_draft_is_nobodys_but_its_applicants(views: Views, ask: Ask) -> None:
    draft = a_shown_dossier(views, applicant="citizen:drafting")

    async def found(pool: Pool) -> Any:
        rows = ReadModels(pool)
        own = await rows.dossier(draft, Parties(("citizen:drafting",)))
        return own, await rows.dossier(draft, Parties(("stc",), everything=True))

    own, others = ask(found)
    assert own["id"] == draft
    assert others is None
    views.hear(a_submission(draft, after=1))
    assert dossier(ask, draft)["unit"] == "ubnd_xa"


def test_a_long_list_comes_in_pages_without_gaps(views: Views, ask: Ask) -> None:
    begun = [a_shown_dossier(views, "citizen:pages", after=n) for n in range(5)]

    async def pages(pool: Pool) -> Any:
        models, found, after = ReadModels(pool), [], None
        while True:
            wanted = Wanted(after=after, limit=2)
            rows, after = await models.dossiers(Parties(("citizen:pages",)), wanted)
            found += [row["id"] for row in rows]
            if after is None:
                return found

    assert ask(pages) == begun[::-1]


def test_a_dossier_is_found_by_words_without_marks(views: Views, ask: Ask) -> None:
    dossier_id = a_shown_dossier(views, "citizen:words")
    views.hear(a_submission(dossier_id, after=1))

    async def found(pool: Pool) -> Any:
        models, parties = ReadModels(pool), Parties(("citizen:words",))
        return [
            len((await models.dossiers(parties, Wanted(query=words)))[0])
            for words in ("giay phep", "GIẤY", "khong", "100%")
        ]

    assert ask(found) == [1, 1, 0, 0]


def test_a_notice_shows_what_became_of_it(views: Views, ask: Ask) -> None:
    dossier_id, notice_id = a_shown_dossier(views), uuid4()
    about: dict[str, Any] = {
        "notice_id": notice_id,
        "channel": "sms",
        "template": "t",
        "language": "vi",
    }

    views.hear(told(NoticeAccepted, dossier_id, **about))
    sent = {**about, "state": "sent", "reason": None}
    views.hear(told(NoticeProgressed, dossier_id, **sent))

    async def notices(pool: Pool) -> Any:
        return await ReadModels(pool).notices(dossier_id)

    [notice] = ask(notices)
    assert notice["state"] == "sent"


def test_of_a_procedure_the_version_of_the_day_is_in_force(
    views: Views, ask: Ask
) -> None:
    for number, since in ((1, "2026-01-01"), (2, "2027-01-01")):
        version = {"number": number, "valid_from": since, "valid_to": None}
        definition = {
            "names": NAME,
            "code": "1.000001",
            "code_aliases": [],
            "sector": {"id": "permits", "name": NAME},
            "version": version,
        }
        views.hear(
            told(
                ProcedurePublished,
                None,
                slug="permit",
                version=number,
                definition=definition,
            )
        )

    async def versions(pool: Pool) -> Any:
        models = ReadModels(pool)
        days = (date(2025, 1, 1), date(2026, 6, 1), date(2027, 6, 1))
        found = [await models.procedure("permit", day) for day in days]
        return [row and row["version"] for row in found]

    assert ask(versions) == [None, 1, 2]


def test_one_waits_until_something_is_shown_and_no_longer(
    views: Views, ask: Ask
) -> None:
    touched = told(DossierTouched, uuid4(), topic="intake.dossier.filled")

    async def waited(pool: Pool) -> Any:
        return await ReadModels(pool).wait(touched.source, touched.position, 0.02)

    assert ask(waited) is False
    views.hear(touched)
    assert ask(waited) is True


def test_help_that_ended_is_not_shown_again_by_a_message_that_comes_late(
    views: Views, ask: Ask
) -> None:
    dossier_id, helper = a_shown_dossier(views), f"citizen:{uuid4()}"
    late = told(DossierShared, dossier_id, after=1, party=helper)
    ended = told(DossierUnshared, dossier_id, after=2, party=helper)

    async def shown(pool: Pool) -> Any:
        return await ReadModels(pool).dossier(dossier_id, Parties((helper,)))

    views.hear(ended)
    views.hear(late)
    assert ask(shown) is None

    views.hear(told(DossierShared, dossier_id, after=3, party=helper))
    assert ask(shown) is not None
