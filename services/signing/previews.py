"""A decision as it would be printed: the same pages, without number or seal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.signing.archive import Archive
from services.signing.commands import RequestPaper
from services.signing.domain import Paper, PaperKind
from services.signing.errors import PaperErasedError
from services.signing.policies import react
from services.signing.ports import Pages
from services.signing.sheets import sheet
from services.signing.texts import TEXTS
from shared.actor import Actor
from shared.contracts.workflow import DecisionApproved
from shared.errors import NotAllowedError
from shared.personal import Personal

DRAFTERS = ("reviewer", "unit_leader", "agency_leader", "clerk", "front_desk")
PLACEHOLDER = "……"  # where a number will stand
SEALED = ("approver", "text", "presentation")


class Previews(Archive):
    """Nothing is kept of what is only looked at."""

    pages: Pages

    def preview(
        self, dossier_id: UUID, decision: dict[str, Any], *, by: Actor
    ) -> dict[str, Any]:
        """The page of a decision that is not decided, marked as a draft.

        Workflow has judged who may propose or approve it; here it must be an officer
        of a unit the dossier came to.
        """
        if by.kind != "staff" or not by.has(*DRAFTERS):
            raise NotAllowedError(str(dossier_id))
        self.require_access(dossier_id, by)
        if decision.get("presentation") is None:
            raise PaperErasedError(str(dossier_id))
        command = self._requested_by(dossier_id, decision)
        drawn = sheet(
            self._paper_of(dossier_id, command),
            self.directory,
            public_url=self.pages.public_url,
            sealed_by=TEXTS["draft.mark"]["vi"],
            sealed_at=self.clock(),
        )
        drawn = replace(drawn, footer=f"{drawn.footer} · {TEXTS['draft.mark']['vi']}")
        return {
            "html": self.pages.html(drawn, is_draft=True),
            "title": command.title,
            "code": command.code,
        }

    def _requested_by(self, dossier_id: UUID, decision: dict[str, Any]) -> RequestPaper:
        """By the same policy as the real one."""
        subject = str(decision["applicant"])
        sealed = {
            name: Personal(subject, str(decision.get(name) or "")) for name in SEALED
        }
        message = DecisionApproved(
            **{key: each for key, each in decision.items() if key not in LEFT_OUT},
            **sealed,
            source="workflow",
            position=0,
            correlation_id="",
            occurred_at=self.clock(),
            dossier_id=dossier_id,
        )
        found = [each for each in react(message) if isinstance(each, RequestPaper)]
        return found[0]

    def _paper_of(self, dossier_id: UUID, command: RequestPaper) -> Paper:
        """Never saved."""
        known = self._correspondence(dossier_id)
        return Paper(
            id=Paper.create_id("draft", 0, command.kind),
            dossier_id=dossier_id,
            kind=PaperKind.DECISION.value,
            form=command.form,
            title=command.title,
            unit=command.unit,
            number=PLACEHOLDER,
            code=command.code,
            language=command.language,
            tracking_code=known.tracking_code,
            content=command.content,
            officer=command.officer,
            dated=self.clock(),
        )


LEFT_OUT = {*SEALED, "applicant", "dossier_id"}
