"""Finds a dossier for whoever may see it, with the rules that apply to it."""

from __future__ import annotations

from uuid import UUID

from services.intake.domain import Dossier, Rules
from services.intake.errors import DossierNotFoundError, ProcedureNotInForceError
from services.intake.procedures import Procedures
from shared.actor import Actor
from shared.errors import NotAllowedError

RANDOM = 4  # the version of ids that follow from nothing


class Dossiers(Procedures):
    def _seen(self, dossier_id: UUID, by: Actor) -> tuple[Dossier, Rules]:
        dossier, rules = self._open(dossier_id)
        if not self.event_log.is_concerned(dossier_id, filter(None, [by.agency])):
            dossier.require_visible(rules, by)
        return dossier, rules

    def _open(self, dossier_id: UUID) -> tuple[Dossier, Rules]:
        dossier = self._dossier(dossier_id)
        return dossier, self._rules(dossier)

    def _dossier(self, dossier_id: UUID) -> Dossier:
        found: Dossier = self.load(dossier_id, DossierNotFoundError, kind=Dossier)
        return found

    def _rules(self, dossier: Dossier) -> Rules:
        """Once accepted, the version of that day; before, the one in force."""
        if dossier.received_at is None:
            try:
                return self._in_force(dossier.procedure)
            except ProcedureNotInForceError:
                pass
        return self._rules_of(dossier.procedure, dossier.procedure_version)

    def _commit_if_changed(self, dossier: Dossier) -> int:
        """What was so already is no event, and stands where the log stands."""
        if dossier.pending_events:
            return self.commit(dossier)
        return self.recorder.max_notification_id() or 0


def require_random(id: UUID) -> None:
    """Derived ids belong to procedures and counters: nobody takes theirs away."""
    if id.version != RANDOM:
        raise NotAllowedError(str(id))
