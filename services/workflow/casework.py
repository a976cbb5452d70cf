"""What every use case of workflow stands on: cases, their routes, who acts."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any
from uuid import UUID

from eventsourcing.utils import EnvType

from services.workflow.domain import Case, Procedure, Route
from services.workflow.domain.gazette import Gazette
from services.workflow.domain.state import Act
from services.workflow.errors import CaseNotFoundError, ProcedureUnknownError
from services.workflow.policies import (
    CaseCommand,
    Command,
    EndAccess,
    GrantAccess,
    LearnProcedure,
    OpenCase,
    react,
)
from services.workflow.ports import FiguresView, QueueView
from shared import clock
from shared.access import Grant
from shared.actor import Actor
from shared.clock import Clock
from shared.contracts.base import Message
from shared.contracts.intake import DossierAccepted
from shared.directory import Directory
from shared.eventsourcing import Aggregate, Application, replayed
from shared.personal import Keys


class Casework(Application):
    """Hears what the other services say, and does it to the case it is about."""

    name = "workflow"

    def __init__(
        self,
        env: EnvType,
        *,
        keys: Keys,
        directory: Directory,
        queue: QueueView,
        figures: FiguresView,
        clock: Clock = clock.now,
    ) -> None:
        super().__init__(env, keys=keys, clock=clock)
        self._directory = directory
        self._queue = queue
        self._figures = figures
        self._published: Gazette | None = None
        self._routes: dict[UUID, Route] = {}

    def handle(self, message: Message) -> None:
        """Do what the message asks of us. Hearing it twice changes nothing."""
        if not self.has_handled(message):
            commands = react(message)
            changed = [self._perform(command) for command in commands]
            grants = parties(commands, GrantAccess)
            ends = parties(commands, EndAccess)
            self.save_for(message, *filter(None, changed), grants=grants, ends=ends)

    def _perform(self, command: Command) -> Aggregate | None:
        """The aggregate that changes, if one does."""
        match command:
            case LearnProcedure(slug, version, definition):
                return self._learn(slug, version, definition)
            case OpenCase(accepted):
                return self._open(accepted)
            case CaseCommand():
                return self._change(command)
        return None

    def _learn(
        self, slug: str, version: int, definition: dict[str, Any]
    ) -> Procedure | None:
        if Procedure.create_id(slug, version) in self.repository:
            return None
        return Procedure(slug=slug, version=version, definition=definition)

    def _open(self, accepted: DossierAccepted) -> Case:
        by = Actor(accepted.accepted_by, accepted.unit, kind="staff")
        route = self._route(accepted.procedure, accepted.version)
        act = Act(route, accepted.received_at, by, self.gazette())
        return Case.open_for(accepted, act=act)

    def _change(self, command: CaseCommand) -> Case | None:
        case_id = Case.create_id(command.dossier_id)
        if not command.NEEDS_CASE and case_id not in self.repository:
            return None
        case = self._case(case_id)
        act = Act(self._route_of(case), command.at, gazette=self.gazette())
        command.perform(case, act)
        return case

    def _act(self, case: Case, by: Actor) -> Act:
        return Act(self._route_of(case), self.clock(), by, self.gazette())

    def gazette(self) -> Gazette | None:
        """What was ever published here; only what is new is read again."""
        known = self._published
        since = known.version if known else None
        if news := list(self.events.get(Gazette.create_id(), gt=since)):
            self._published = known = replayed(deepcopy(known), news)
        return known

    def _case(self, case_id: UUID) -> Case:
        case: Case = self.load(case_id, CaseNotFoundError, kind=Case)
        return case

    def _route_of(self, case: Case) -> Route:
        return self._route(case.procedure, case.procedure_version)

    def _route(self, slug: str, version: int) -> Route:
        """Versions never change: each is read once."""
        id = Procedure.create_id(slug, version)
        if id not in self._routes:
            procedure: Procedure = self.load(id, ProcedureUnknownError)
            self._routes[id] = Route(procedure.definition, self._directory)
        return self._routes[id]


def parties(
    commands: Iterable[Command], kind: type[GrantAccess | EndAccess]
) -> list[Grant]:
    """Whose access to which dossier begins, or ends."""
    return [
        (each.dossier_id, each.party) for each in commands if isinstance(each, kind)
    ]
