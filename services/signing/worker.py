"""Makes the papers that have their numbers: renders, seals and stores them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from services.signing.application import SigningApplication
from services.signing.domain import Paper
from services.signing.ports import Renderer, Sealer
from services.signing.sheets import sheet
from shared.contracts.signing import PaperRequested
from shared.directory import Directory

UNEXPECTED = "unexpected"  # the reason people see when we do not know it ourselves


@dataclass(frozen=True)
class SigningWorker:
    """May die anywhere: a file that is not in the log was never issued."""

    app: SigningApplication
    directory: Directory
    renderer: Renderer
    sealer: Sealer
    public_url: str

    inbox = "signing-work"

    def handle(self, message: PaperRequested) -> None:
        if self.app.has_handled(message):
            return
        paper = self.app.paper_to_issue(message.paper_id)
        try:
            self._issue(paper)
        except Exception as error:
            reason = getattr(error, "reason", UNEXPECTED)
            self.app.report_hindrance(paper.id, reason)
            raise
        self.app.save_for(message, paper)

    def _issue(self, paper: Paper) -> None:
        """Put the file where nobody can change it; only then say that it exists."""
        if paper.is_issued or paper.withdrawal:
            return
        sealed_at = self.app.clock()
        words = sheet(
            paper,
            self.directory,
            public_url=self.public_url,
            sealed_by=self.sealer.name,
            sealed_at=sealed_at,
        )
        sealed = self.sealer.seal(self.renderer.render(words))
        digest = sha256(sealed.pdf).hexdigest()
        self.app.store.put(digest, sealed.pdf)
        paper.issue(
            sha256=digest,
            size=len(sealed.pdf),
            level=sealed.level,
            issued_at=sealed_at,
        )
