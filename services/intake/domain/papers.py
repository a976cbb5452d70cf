"""The papers of a dossier: files handed in online, papers seen at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.intake.domain import documents
from services.intake.domain.record import DossierRecord, Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    DocumentNotAskedError,
    DocumentUnknownError,
    FileUnknownError,
    NothingRecordedError,
    ReasonMissingError,
    TooManyFilesError,
    VerdictUnknownError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate

MOST_FILES = 20  # of one document


class Papers(DossierRecord):
    def attach(self, document: str, file_id: UUID, *, rules: Rules, by: Actor) -> None:
        """Add a file to a document. It counts once it has been checked."""
        self._require_document(document, rules, by)
        files = self.papers.get(document, documents.NO_PAPER)["files"]
        if len(files) >= MOST_FILES:
            raise TooManyFilesError(str(self.id), document)
        if str(file_id) not in files:
            self.trigger_event(self.FileAttached, document=document, file_id=file_id)

    class FileAttached(Aggregate.Event):
        TOPIC = "intake.dossier.file-attached"

        document: str
        file_id: UUID

        def apply(self, aggregate: Papers) -> None:
            paper = aggregate.brought(self.document)
            paper["files"][str(self.file_id)] = {"state": "being-checked", **UNKNOWN}

    def learn_of_file(
        self, document: str, file_id: UUID, *, rules: Rules, found: Mapping[str, Any]
    ) -> None:
        """A file was looked into; one that was taken away again is of no interest."""
        wanted = rules.document(document)
        file = self.papers.get(document, documents.NO_PAPER)["files"].get(str(file_id))
        if wanted is None or file is None or file["state"] != "being-checked":
            return
        kind, size = found["media_type"], found["size"]
        outcome = documents.checked(
            wanted,
            verdict=found["verdict"],
            reason=found["reason"],
            media_type=kind,
            size=size,
        )
        self.trigger_event(
            self.FileChecked,
            document=document,
            file_id=file_id,
            media_type=kind,
            size=size,
            sha256=found["sha256"],
            **outcome,
        )

    class FileChecked(Aggregate.Event):
        TOPIC = "intake.dossier.file-checked"

        document: str
        file_id: UUID
        state: str
        reason: str | None
        media_type: str
        size: int
        sha256: str

        def apply(self, aggregate: Papers) -> None:
            aggregate.papers[self.document]["files"][str(self.file_id)] = {
                "state": self.state,
                "reason": self.reason,
                "media_type": self.media_type,
                "size": self.size,
                "sha256": self.sha256,
            }

    def detach(self, document: str, file_id: UUID, *, rules: Rules, by: Actor) -> None:
        """Take a file back, while the document may still be changed."""
        self._require_document(document, rules, by)
        if str(file_id) not in self.papers.get(document, documents.NO_PAPER)["files"]:
            raise FileUnknownError(str(file_id))
        self.trigger_event(self.FileDetached, document=document, file_id=file_id)

    class FileDetached(Aggregate.Event):
        TOPIC = "intake.dossier.file-detached"

        document: str
        file_id: UUID

        def apply(self, aggregate: Papers) -> None:
            del aggregate.papers[self.document]["files"][str(self.file_id)]

    def record_paper(
        self, document: str, record: Mapping[str, Any], *, rules: Rules, by: Actor
    ) -> None:
        """An officer saw or took a paper; an applicant only confirms electronically."""
        self._require_document(document, rules, by)
        wanted = rules.document(document) or {}
        is_confirmation = wanted.get("manner") == record["manner"] == "confirmation"
        if self.speaks_for_applicant(by) and not is_confirmation:
            raise NotAllowedError(str(self.id))
        counts = (record["originals"], record["copies"])
        if min(counts) < 0 or (sum(counts) == 0 and not is_confirmation):
            raise NothingRecordedError(document)
        self.trigger_event(self.PaperRecorded, document=document, **record)

    class PaperRecorded(Aggregate.Event):
        TOPIC = "intake.dossier.paper-recorded"

        document: str
        manner: str
        originals: int
        copies: int

        def apply(self, aggregate: Papers) -> None:
            aggregate.brought(self.document)["record"] = {
                "manner": self.manner,
                "originals": self.originals,
                "copies": self.copies,
            }

    def strike_paper(self, document: str, *, rules: Rules, by: Actor) -> None:
        """An officer recorded a paper that is not there after all."""
        if self.speaks_for_applicant(by):
            raise NotAllowedError(str(self.id))
        self._require_document(document, rules, by)
        if self.papers.get(document, documents.NO_PAPER)["record"]:
            self.trigger_event(self.PaperStruck, document=document)

    class PaperStruck(Aggregate.Event):
        TOPIC = "intake.dossier.paper-struck"

        document: str

        def apply(self, aggregate: Papers) -> None:
            aggregate.papers[self.document]["record"] = None

    def assess(
        self, document: str, verdict: str, reason: str, *, rules: Rules, by: Actor
    ) -> None:
        """What the front desk finds of a document; if not accepted, with its reason."""
        self.require_desk(rules, by, "front_desk")
        self.require_receivable()
        if rules.document(document) is None:
            raise DocumentUnknownError(document)
        if verdict not in documents.VERDICTS:
            raise VerdictUnknownError(verdict)
        if verdict != "accepted" and not reason.strip():
            raise ReasonMissingError(document)
        self.trigger_event(
            self.DocumentAssessed,
            document=document,
            verdict=verdict,
            reason=self.personal(reason),
        )

    class DocumentAssessed(Aggregate.Event):
        TOPIC = "intake.dossier.document-assessed"

        document: str
        verdict: str
        reason: Text | None

        def apply(self, aggregate: Papers) -> None:
            verdict = {"verdict": self.verdict, "reason": self.reason}
            aggregate.paper(self.document)["verdict"] = verdict

    def paper(self, document: str) -> dict[str, Any]:
        empty: dict[str, Any] = {"files": {}, "record": None, "verdict": None}
        return self.papers.setdefault(document, empty)

    def brought(self, document: str) -> dict[str, Any]:
        """What comes anew has not been judged, and answers what was asked."""
        paper = self.paper(document)
        paper["verdict"] = None
        if self.supplement:
            self.supplement["brought"].append(document)
        return paper

    def _require_document(self, document: str, rules: Rules, by: Actor) -> None:
        self.require_editable(rules, by)
        if rules.document(document) is None:
            raise DocumentUnknownError(document)
        if self.supplement and document not in self.supplement["keys"]:
            raise DocumentNotAskedError(document)


UNKNOWN = {"reason": None, "media_type": None, "size": None, "sha256": None}
