"""What one can ask of documents. One public method for each use case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from services.documents.domain import (
    MOST_BYTES,
    SENTENCES,
    Declaration,
    File,
    Finding,
    Paper,
)
from services.documents.errors import (
    FileMissingError,
    FileUnknownError,
    FixityBrokenError,
)
from services.documents.policies import (
    ANYBODY,
    HANDED_IN,
    concerned,
    concerned_no_more,
)
from services.documents.ports import (
    FILES,
    INCOMING,
    PAPERS,
    Attachment,
    DossierFiles,
    ObjectMissingError,
    ObjectStore,
)
from shared.actor import Actor
from shared.contracts.base import Message
from shared.contracts.signing import PaperIssued
from shared.errors import NotAllowedError
from shared.eventsourcing import Application
from shared.personal import Personal

TO_UPLOAD = timedelta(minutes=15)
TO_DOWNLOAD = timedelta(minutes=5)

log = structlog.get_logger()


class DocumentsApplication(Application):
    """Commands answer the position in the log at which they became true."""

    name = "documents"

    def __init__(
        self,
        env: dict[str, str],
        *,
        store: ObjectStore,
        index: DossierFiles,
        is_reception: Callable[[str], bool],
        **kernel: Any,
    ) -> None:
        self.store = store
        self.index = index
        self.is_reception = is_reception
        super().__init__(env, **kernel)

    def handle(self, message: Message) -> None:
        """Do what the message asks of us. Hearing it twice changes nothing."""
        if self.has_handled(message):
            return
        papers = [self._kept(message)] if isinstance(message, PaperIssued) else []
        ends = concerned_no_more(message)
        self.save_for(message, *papers, grants=concerned(message), ends=ends)

    def declare_file(
        self, file_id: UUID, dossier_id: UUID, said: Declaration, *, by: Actor
    ) -> int:
        """Only for a dossier one has to do with; a new one we may not have heard of."""
        if self._is_known(dossier_id):
            self._require_concerned(dossier_id, by, reads=False)
        return self.commit(File.declare(file_id, dossier_id, said, by=by))

    def upload_grant(self, file_id: UUID, *, by: Actor) -> dict[str, Any]:
        file = self._file(file_id)
        self._require_expected(file, by)
        return {
            "url": self.store.upload_grant(str(file_id), TO_UPLOAD),
            "method": "PUT",
            "expires_at": (self.clock() + TO_UPLOAD).isoformat(),
            "max_bytes": MOST_BYTES if file.announced is None else file.announced,
        }

    def receive_file(self, file_id: UUID, *, by: Actor) -> int:
        file = self._file(file_id)
        self._require_expected(file, by)
        try:
            size = self.store.size(INCOMING, str(file_id))
        except ObjectMissingError:
            raise FileMissingError(str(file_id)) from None
        file.receive(size=size, by=by)
        return self.commit(file)

    def file(self, file_id: UUID, *, by: Actor) -> dict[str, Any]:
        file = self._file(file_id)
        self._require_visible(file, by)
        return described(file)

    def files(self, dossier_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
        self._require_concerned(dossier_id, by)
        return [described(self._file(each)) for each in self.index.of(dossier_id)]

    def download_grant(self, file_id: UUID, *, by: Actor) -> dict[str, Any]:
        """Where to fetch it; refused when the store holds other bytes than we took."""
        stored = self.load(file_id, FileUnknownError)
        self._require_visible(stored, by)
        if isinstance(stored, File):
            stored.require_accepted()
        bucket = PAPERS if isinstance(stored, Paper) else FILES
        self._require_fixity(bucket, str(stored.sha256))
        attachment = Attachment(stored.file_name, stored.media_type)
        grant = (bucket, str(stored.sha256), attachment, TO_DOWNLOAD)
        return {
            "url": self.store.download_grant(*grant),
            "name": attachment.name,
            "media_type": attachment.media_type,
            "size": stored.size,
            "sha256": stored.sha256,
            "expires_at": (self.clock() + TO_DOWNLOAD).isoformat(),
        }

    def note_look(self, file_id: UUID, *, by: Actor) -> int:
        """Told to the audit log. What the authority issued itself is read freely."""
        stored = self.load(file_id, FileUnknownError)
        self._require_visible(stored, by)
        if isinstance(stored, File):
            stored.note_look(by=by, now=self.clock())
        if stored.pending_events:
            return self.commit(stored)
        return self.recorder.max_notification_id() or 0

    def _kept(self, message: PaperIssued) -> Paper:
        self._require_fixity(PAPERS, message.sha256)
        return Paper(
            id=message.paper_id,
            dossier_id=message.dossier_id,
            kind=message.kind,
            number=message.number,
            sha256=message.sha256,
            size=message.size,
        )

    def _file(self, file_id: UUID) -> File:
        file: File = self.load(file_id, FileUnknownError, kind=File)
        return file

    def _require_fixity(self, bucket: str, sha256: str) -> None:
        try:
            found = self.store.digest(bucket, sha256)
        except ObjectMissingError:
            found = "nothing"
        if found != sha256:
            log.error("fixity.broken", bucket=bucket, expected=sha256, found=found)
            raise FixityBrokenError(sha256)

    def _require_visible(self, stored: File | Paper, by: Actor) -> None:
        """Who has to do with its dossier; of one unheard of, who brought the file."""
        is_own = isinstance(stored, File) and stored.brought_by == by.subject
        if not is_own or self._is_known(stored.dossier_id):
            self._require_concerned(stored.dossier_id, by)

    def _require_expected(self, file: File, by: Actor) -> None:
        """Its bringer, as long as the dossier concerns them."""
        file.require_expected(by)
        if self._is_known(file.dossier_id):
            self._require_concerned(file.dossier_id, by, reads=False)

    def _is_known(self, dossier_id: UUID | None) -> bool:
        return dossier_id is not None and self.event_log.is_concerned(
            dossier_id, [ANYBODY]
        )

    def _require_concerned(
        self, dossier_id: UUID | None, by: Actor, *, reads: bool = True
    ) -> None:
        """What was handed in is open to a reception's front desk, and to auditors."""
        at_reception = by.has("front_desk") and self.is_reception(by.agency or "")
        is_for_all = at_reception or (reads and by.has("auditor"))
        parties = [by.party, by.agency, HANDED_IN if is_for_all else None]
        if dossier_id is None or not self.event_log.is_concerned(
            dossier_id, filter(None, parties)
        ):
            raise NotAllowedError(str(dossier_id))


def described(file: File) -> dict[str, Any]:
    """A file as people see it."""
    finding = file.finding and Finding(file.finding)
    return {
        "id": str(file.id),
        "dossier_id": str(file.dossier_id),
        "document": file.document,
        "state": file.state.value,
        "reason": finding and finding.value,
        "reason_text": finding and SENTENCES[finding],
        "name": file.name.value if isinstance(file.name, Personal) else None,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }
