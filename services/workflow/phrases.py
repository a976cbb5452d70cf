"""Templates of reasons: what a unit's officers write again and again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.workflow.casework import Casework
from services.workflow.domain.phrasebook import Phrase, Phrasebook
from services.workflow.review_errors import PhraseNotFoundError
from shared.actor import Actor
from shared.errors import NotAllowedError


class Phrases(Casework):
    """Commands answer the position in the log at which they became true."""

    def phrases(self, *, by: Actor) -> list[dict[str, Any]]:
        """The texts of the asker's unit, by what they are for and by their names."""
        kept = self._phrasebook(by).phrases.items()
        found = [{"phrase_id": str(id), **vars(each)} for id, each in kept]
        return sorted(found, key=lambda each: (each["purpose"], each["name"]))

    def keep_phrase(self, phrase_id: UUID, phrase: Phrase, *, by: Actor) -> int:
        book = self._phrasebook(by)
        book.keep(phrase_id, phrase, by=by)
        return self.commit(book)

    def drop_phrase(self, phrase_id: UUID, *, by: Actor) -> int:
        book = self._phrasebook(by)
        book.drop(phrase_id, by=by)
        return self.commit(book)

    def _phrasebook(self, by: Actor) -> Phrasebook:
        if by.kind != "staff" or by.agency is None:
            raise NotAllowedError(by.subject)
        id = Phrasebook.create_id(by.agency)
        if id not in self.repository:
            return Phrasebook(unit=by.agency)
        book: Phrasebook = self.load(id, PhraseNotFoundError, kind=Phrasebook)
        return book
