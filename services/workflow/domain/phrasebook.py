"""The phrasebook: what the officers of a unit write again and again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.domain.memory import Text
from services.workflow.errors import TooManyError
from services.workflow.review_errors import PhraseInvalidError, PhraseNotFoundError
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

MOST = 200
WRITERS = ("reviewer", "unit_leader", "agency_leader", "clerk", "front_desk")
PURPOSES = ("decision", "supplement", "note", "opinion")


@dataclass(frozen=True)
class Phrase:
    """A text under a name, for one kind of writing."""

    purpose: str
    name: str
    text: str


class Phrasebook(Aggregate):
    """The texts one unit keeps for all its officers."""

    TOPIC = "workflow.phrasebook"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.phrasebook.begun"

        unit: str

    def __init__(self, *, unit: str) -> None:
        self.unit = unit
        self.phrases: dict[UUID, Phrase] = {}

    @staticmethod
    def create_id(unit: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"workflow/phrasebook/{unit}")

    def keep(self, id: UUID, phrase: Phrase, *, by: Actor) -> None:
        """Keep a text for everybody in the unit; one of this id gives way."""
        self._require_writer(by)
        texts = (phrase.name.strip(), phrase.text.strip())
        if phrase.purpose not in PURPOSES or not all(texts):
            raise PhraseInvalidError(phrase.purpose)
        if id not in self.phrases and len(self.phrases) >= MOST:
            raise TooManyError(MOST)
        words = json.dumps(asdict(phrase), ensure_ascii=False)
        sealed = Personal(self.unit, words)
        self.trigger_event(
            self.PhraseKept, phrase_id=id, phrase=sealed, kept_by=by.subject
        )

    class PhraseKept(Aggregate.Event):
        """`phrase` seals JSON {purpose, name, text}: officers write what they like."""

        TOPIC = "workflow.phrasebook.phrase-kept"

        phrase_id: UUID
        phrase: Text
        kept_by: str

        def apply(self, aggregate: Phrasebook) -> None:
            if not isinstance(self.phrase, Erased):
                phrase = Phrase(**json.loads(self.phrase.value))
                aggregate.phrases[self.phrase_id] = phrase

    def drop(self, id: UUID, *, by: Actor) -> None:
        """Nobody is to write this any more."""
        self._require_writer(by)
        if id not in self.phrases:
            raise PhraseNotFoundError(str(id))
        self.trigger_event(self.PhraseDropped, phrase_id=id, dropped_by=by.subject)

    class PhraseDropped(Aggregate.Event):
        TOPIC = "workflow.phrasebook.phrase-dropped"

        phrase_id: UUID
        dropped_by: str

        def apply(self, aggregate: Phrasebook) -> None:
            aggregate.phrases.pop(self.phrase_id, None)

    def _require_writer(self, by: Actor) -> None:
        if by.kind != "staff" or by.agency != self.unit or not by.has(*WRITERS):
            raise NotAllowedError(self.unit)
