"""Who may look before deciding, sign several results, and keep templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from services.workflow.application import WorkflowApplication
from services.workflow.bulk import Item
from services.workflow.digests import Colleague
from services.workflow.domain.phrasebook import WRITERS, Phrase
from services.workflow.ports import Wanted
from shared import commands
from shared.actor import Actor
from shared.commands import Command
from shared.errors import NotAllowedError
from tests.builders.people import Town

Row = tuple[frozenset[str], Callable[[Actor], Any]]

ANYWHERE = "home reception elsewhere"


def signed_together(app: WorkflowApplication, case: UUID, by: Actor) -> None:
    """Each result keeps its own rights: the answer says who was not let in."""
    commands.bind(Command(uuid4(), b""))
    [told] = app.approve_each([Item(case, "sign")], "", by=by)
    commands.bind(None)
    if told.get("code") == NotAllowedError.code:
        raise NotAllowedError


def reviewing(app: WorkflowApplication, case: UUID, town: Town) -> dict[str, Row]:
    """Of an open case whose review is nobody's yet."""
    leaders = town.at(ANYWHERE, "unit_leader", "agency_leader")
    writers = town.at(ANYWHERE, *WRITERS)
    phrase = Phrase("note", "x", "y")
    colleague = Colleague("staff:reviewer.home", town.home, ("reviewer",))
    with_a_unit = frozenset[str]().union(*(town.at(each) for each in ANYWHERE.split()))
    return {
        "approvals": (leaders, lambda by: app.approvals(Wanted(), by=by)),
        "difference": (town.at("home"), lambda by: app.difference(case, by=by)),
        "look_at": (town.at("home"), lambda by: app.look_at(case, 1, by=by)),
        "draft_decision": (
            town.at("home", "reviewer"),
            lambda by: app.draft_decision(case, "review", None, "", by=by),
        ),
        "meanwhile": (town.at("home"), lambda by: app.meanwhile(case, 1, by=by)),
        "phrases": (with_a_unit, lambda by: app.phrases(by=by)),
        "keep_phrase": (
            writers,
            lambda by: app.keep_phrase(uuid4(), phrase, by=by),
        ),
        "drop_phrase": (writers, lambda by: app.drop_phrase(uuid4(), by=by)),
        "work_of": (frozenset(), lambda by: app.work_of(colleague, by=by)),
    }
