"""Whose key is destroyed, of them the portal's own tables keep nothing either."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from infra.embedded import Servers
from services.portal import forgotten_files
from services.portal.code_store import Asked, PostgresCodes
from services.portal.conversation import place_of as message_place
from services.portal.drafts import Drafts, Whose
from services.portal.kept_forms import KeptForm, PostgresKeptForms
from services.portal.pools import Pool
from services.portal.sessions import Box, Sessions
from services.portal.typed import Typed
from services.portal.views import Views
from services.portal.writing import place_of as case_place
from shared.actor import Actor
from shared.contracts.base import Message
from shared.contracts.intake import PersonErased
from shared.contracts.workflow import StepOpened
from tests.builders.portal import Clock, a_portal
from tests.integration.portal.conftest import Ask
from tests.integration.portal.test_read_models import NAME, a_shown_dossier, told

KEY = bytes(32)
OFFICER = "staff:lan"
KEPT = {
    "portal_sessions": "subject",
    "portal_kept_forms": "owner",
    "portal_codes": "subject",
    "portal_typed": "subject",
    "portal_drafts": "subject",
    "portal_returns": "subject",
}
UNHEARD = """
    DELETE FROM portal_tracking WHERE application_name = %s AND notification_id = %s
"""


@pytest.fixture
def mai() -> str:
    """Nobody else's tests know her."""
    return f"citizen:{uuid4().hex}"


@pytest.fixture
def binh() -> str:
    return f"citizen:{uuid4().hex}"


def an_erasure(subject: str) -> Message:
    return told(PersonErased, None, subject=subject)


def a_case(views: Views, dossier_id: UUID) -> UUID:
    case_id, step = uuid4(), {"step": "review", "name": NAME, "role": "reviewer"}
    where = {"case_id": case_id, "unit": "ubnd_xa", "status": 4}
    views.hear(told(StepOpened, dossier_id, after=1, **step, **where))
    return case_id


def unheard(servers: Servers, message: Message) -> None:
    """As when the read models are dropped to be heard anew."""
    place = (message.source, message.position)
    with psycopg.connect(servers.addresses.postgres.dsn("portal")) as owner:
        owner.execute(UNHEARD, place)


async def keep_everything(pool: Pool, subject: str, dossier_id: UUID) -> str:
    """One row in each table, as its page keeps it; the token of the link back."""
    box, clock = Box(KEY), Clock()
    drafts = Drafts(pool, box, clock)
    await Sessions(pool, box, clock).begin(Actor(subject))
    form = KeptForm("/en/x", [("f-name", "Mai")])
    await PostgresKeptForms(pool, box, clock).keep(subject, form)
    mark = uuid4().bytes
    code = Asked(uuid4(), mark, mark, b"digest", b"sealed", subject)
    await PostgresCodes(pool, clock, a_minute=1000).keep(code)
    await Typed(pool, box, clock).keep(subject, "message/elsewhere", "Tôi là Mai")
    await drafts.keep(Whose(dossier_id, subject), "name", {"f-name": "Mai"})
    about = {"dossier_id": str(dossier_id), "to": "0912", "subject": subject}
    return await drafts.link(about)


async def kept(pool: Pool, subject: str) -> dict[str, int]:
    found = {}
    async with pool.connection() as connection:
        for table, whose in KEPT.items():
            query = f"SELECT count(*) FROM {table} WHERE {whose} = %s"
            row = await (await connection.execute(query, (subject,))).fetchone()
            found[table] = row[0] if row else 0
    return found


def test_nothing_that_a_forgotten_person_typed_is_kept(
    views: Views, ask: Ask, mai: str, binh: str
) -> None:
    hers, his = a_shown_dossier(views, mai), a_shown_dossier(views, binh)
    link = ask(lambda pool: keep_everything(pool, mai, hers))
    ask(lambda pool: keep_everything(pool, binh, his))

    views.hear(an_erasure(mai))

    assert set(ask(lambda pool: kept(pool, mai)).values()) == {0}
    assert set(ask(lambda pool: kept(pool, binh)).values()) == {1}
    drafts = ask(lambda pool: Drafts(pool, Box(KEY), Clock()).linked(link))
    assert drafts is None


def test_a_draft_is_forgotten_before_its_dossier_is_shown(
    views: Views, ask: Ask, mai: str
) -> None:
    ask(lambda pool: keep_everything(pool, mai, uuid4()))

    views.hear(an_erasure(mai))

    assert set(ask(lambda pool: kept(pool, mai)).values()) == {0}


def test_what_others_were_typing_about_a_forgotten_person_goes_too(
    views: Views, ask: Ask, mai: str, binh: str
) -> None:
    hers, his = a_shown_dossier(views, mai), a_shown_dossier(views, binh)
    about_her = [message_place(hers), case_place(a_case(views, hers))]
    about_him = [message_place(his), case_place(a_case(views, his))]

    async def story(pool: Pool) -> list[str]:
        typed = Typed(pool, Box(KEY), Clock())
        drafts = Drafts(pool, Box(KEY), Clock())
        for place in (*about_her, *about_him):
            await typed.keep(OFFICER, place, "Bà Mai")
        about = {"dossier_id": str(hers), "to": "0912", "subject": binh}
        link = await drafts.link(about)
        views.hear(an_erasure(mai))
        assert await drafts.linked(link) is None
        found = [await typed.find(OFFICER, x) for x in (*about_her, *about_him)]
        return [each.text for each in found]

    assert ask(story) == ["", "", "Bà Mai", "Bà Mai"]


@pytest.mark.parametrize("is_built_again", [False, True])
def test_who_came_back_keeps_what_they_type_when_the_erasure_is_heard_again(
    views: Views, ask: Ask, servers: Servers, mai: str, is_built_again: bool
) -> None:
    erasure = an_erasure(mai)
    views.hear(erasure)
    ask(lambda pool: keep_everything(pool, mai, a_shown_dossier(views, mai)))

    if is_built_again:
        unheard(servers, erasure)
    views.hear(erasure)

    assert set(ask(lambda pool: kept(pool, mai)).values()) == {1}


def test_every_portal_learns_whose_files_go(views: Views, ask: Ask, mai: str) -> None:
    erasure = an_erasure(mai)
    views.hear(erasure)

    async def story(pool: Pool) -> list[tuple[str, datetime]]:
        return await forgotten_files.erased(replace(a_portal().parts, pool=pool))

    assert (mai, erasure.occurred_at) in ask(story)
