"""Looks into each file that has arrived, and puts it where it belongs."""

from __future__ import annotations

from services.documents.application import DocumentsApplication
from services.documents.domain import MOST_BYTES, File, Finding, Found
from services.documents.errors import FileUnknownError
from services.documents.ports import (
    FILES,
    INCOMING,
    QUARANTINE,
    Content,
    Inspector,
    ObjectStore,
    Scanner,
)
from shared.contracts.documents import FileReceived


class DocumentsWorker:
    """May die anywhere: the object stays in `incoming` until its verdict is saved."""

    inbox = "documents-work"

    def __init__(
        self,
        app: DocumentsApplication,
        *,
        store: ObjectStore,
        scanner: Scanner,
        inspector: Inspector,
    ) -> None:
        self.app = app
        self.store = store
        self.scanner = scanner
        self.inspector = inspector

    def handle(self, message: FileReceived) -> None:
        if not self.app.has_handled(message):
            self._judge(message)
        self.store.remove(INCOMING, str(message.file_id))

    def _judge(self, message: FileReceived) -> None:
        """What is kept is the very copy we looked into: its upload may still change."""
        file: File = self.app.load(message.file_id, FileUnknownError)
        incoming = (INCOMING, str(file.id))
        with self.store.fetched(*incoming, at_most=MOST_BYTES) as content:
            media_type = self.inspector.media_type(content.path)
            found = Found(media_type, content.size, content.sha256)
            if finding := self._finding(file, content, media_type):
                self._keep(QUARANTINE, str(file.id), content)
                file.quarantine(finding, found)
            else:
                self._keep(FILES, content.sha256, content)
                file.accept(found)
        self.app.save_for(message, file)

    def _finding(self, file: File, content: Content, media_type: str) -> Finding | None:
        """The first thing wrong with it; the cheap questions come first."""
        if content.size == 0:
            return Finding.EMPTY
        if content.size > MOST_BYTES:
            return Finding.TOO_LARGE
        if file.announced not in (None, content.size):
            return Finding.INCOMPLETE
        if finding := self.scanner.scan(content.path):
            return finding
        if media_type != file.media_type:
            return Finding.TYPE_MISMATCH
        return self.inspector.inspect(content.path, media_type)

    def _keep(self, bucket: str, key: str, content: Content) -> None:
        if content.size <= MOST_BYTES:
            self.store.keep(bucket, key, content)
