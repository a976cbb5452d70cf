"""Workflow's processes: they hear, answer, and the queue follows the log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from infra.embedded import Servers
from services.workflow.domain import Case
from shared.errors import Refused
from shared.messaging.publisher import Publisher, connect
from tests.builders import an_applicant, an_officer
from tests.builders.workflow import (
    REVIEW,
    SIGN,
    a_definition,
    a_dossier_accepted,
    a_procedure_published,
)
from tests.fakes import MemoryKeys
from tests.integration.running import Portal, Process

UNIT = "vpdk_dat_dai"
REVIEWER = an_officer("reviewer", agency=UNIT)


@pytest.fixture(scope="module")
def processes(environment: None) -> Iterator[None]:
    running = [Process("services.workflow", kind) for kind in ("serve", "follow")]
    for each in running:
        assert each.ready.wait(30)
    yield
    for each in running:
        each.stop()


@pytest.fixture(scope="module")
def portal(servers: Servers, processes: None) -> Iterator[Portal]:
    key = servers.environment("portal")["GUICHET_PORTAL_ACTOR_PRIVATE_KEY"]
    with asyncio.Runner() as runner:
        portal = Portal(runner, servers.addresses.amqp("portal"), key)
        yield portal
        portal.close()


@pytest.fixture
def a_heard_case(servers: Servers, processes: None) -> UUID:
    """Opened by what intake said on the bus."""
    steps = {**REVIEW, "agency": UNIT}, {**SIGN, "agency": UNIT}
    definition = a_definition(*steps, slug="heard")
    dossier = uuid4()
    accepted = a_dossier_accepted(definition)
    with connect(servers.addresses.amqp("intake")) as connection:
        Publisher(connection, MemoryKeys()).publish(
            a_procedure_published(definition),
            accepted.model_copy(update={"dossier_id": dossier}),
        )
    return Case.create_id(dossier)


def until_opened(portal: Portal, case_id: UUID) -> None:
    for _ in range(100):
        try:
            portal.ask("workflow.case", by=REVIEWER, case_id=case_id)
        except Refused:
            asyncio.run(asyncio.sleep(0.1))
        else:
            return
    raise AssertionError(case_id)


def test_an_officers_next_page_contains_what_he_just_did(
    portal: Portal, a_heard_case: UUID
) -> None:
    until_opened(portal, a_heard_case)
    step: dict[str, Any] = {"case_id": a_heard_case, "step": "review"}

    position = portal.order("workflow.claim_step", by=REVIEWER, **step)
    page = portal.ask("workflow.queue", by=REVIEWER, mine=True, seen=position)

    mine = {each["case_id"]: each["assignee"] for each in page["items"]}
    assert mine[str(a_heard_case)] == REVIEWER.subject
    assert page["counts"]["mine"] == len(mine)


def test_a_refusal_crosses_the_bus_with_its_details(
    portal: Portal, a_heard_case: UUID
) -> None:
    until_opened(portal, a_heard_case)
    step: dict[str, Any] = {"case_id": a_heard_case, "step": "review"}
    portal.order("workflow.claim_step", by=REVIEWER, **step)
    colleague = an_officer("reviewer", agency=UNIT, subject="officer-8")

    with pytest.raises(Refused) as refusal:
        portal.order("workflow.finish_step", by=colleague, **step)

    assert refusal.value.code == "step-claimed"
    assert refusal.value.details[0]["assignee"] == REVIEWER.subject


def test_the_applicant_of_another_dossier_sees_nothing(
    portal: Portal, a_heard_case: UUID
) -> None:
    until_opened(portal, a_heard_case)

    with pytest.raises(Refused) as refusal:
        portal.ask("workflow.case", by=an_applicant("citizen-2"), case_id=a_heard_case)

    assert refusal.value.code == "not-allowed"


def test_of_two_who_take_many_steps_each_learns_what_the_other_has(
    portal: Portal, a_heard_case: UUID
) -> None:
    until_opened(portal, a_heard_case)
    items = [{"case_id": str(a_heard_case), "step": "review"}]
    many: dict[str, Any] = {"items": items, "arguments": {}, "action": "claim"}
    colleague, key = an_officer("reviewer", agency=UNIT, subject="officer-8"), uuid4()

    first = portal.order("workflow.bulk", by=REVIEWER, key=key, **many)
    [lost] = portal.order("workflow.bulk", by=colleague, **many)
    again = portal.order("workflow.bulk", by=REVIEWER, key=key, **many)

    assert first == again
    assert first[0]["ok"]
    assert (lost["ok"], lost["code"]) == (False, "step-claimed")
    assert lost["details"][0]["assignee"] == REVIEWER.subject


def test_filters_nobody_knows_are_refused(portal: Portal) -> None:
    view: dict[str, Any] = {"name": "Của tôi", "filters": {"colour": "red"}}

    for method, wanted in (
        ("workflow.queue", {"colour": "red"}),
        ("workflow.neighbours", {"case_id": uuid4(), "step": "x", "due": "never"}),
    ):
        with pytest.raises(Refused) as refusal:
            portal.ask(method, by=REVIEWER, **wanted)
        assert refusal.value.code == "invalid"
    with pytest.raises(Refused) as refusal:
        portal.order("workflow.save_view", by=REVIEWER, **view)
    assert refusal.value.code == "invalid"


def test_an_officer_finds_the_views_he_saved(portal: Portal) -> None:
    filters = {"due": "overdue", "q": "Nguyễn", "priority": None}
    portal.order("workflow.save_view", by=REVIEWER, name="Trễ", filters=filters)

    assert portal.ask("workflow.views", by=REVIEWER) == [
        {"name": "Trễ", "filters": filters}
    ]
