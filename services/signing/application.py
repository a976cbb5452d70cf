"""What one can ask of signing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from eventsourcing.utils import EnvType

from services.signing.commands import (
    BeginCorrespondence,
    Command,
    EndAccess,
    GrantAccess,
    NoteFiling,
    RequestPaper,
    WithdrawPaper,
)
from services.signing.contents import RECALLING, completed
from services.signing.domain import Correspondence, Paper, Withdrawal
from services.signing.errors import PapersAwayError
from services.signing.policies import react
from services.signing.ports import AwayError, Pages, PaperStore, SealingView, Verifier
from services.signing.previews import Previews
from services.signing.sealing import Sealings
from services.signing.texts import PHRASES
from shared import clock
from shared.access import Grant
from shared.actor import Actor
from shared.clock import LOCAL, Clock
from shared.contracts.base import Message
from shared.directory import Directory
from shared.eventsourcing import Aggregate
from shared.personal import Keys
from shared.printing.wording import day, local


class SigningApplication(Previews, Sealings):
    """Hears what papers are due, numbers them, and judges the sealed ones."""

    name = "signing"

    def __init__(  # noqa: PLR0913 -- what the outside world gives it
        self,
        env: EnvType,
        *,
        keys: Keys,
        store: PaperStore,
        verifier: Verifier,
        directory: Directory,
        pages: Pages,
        seals: SealingView,
        clock: Clock = clock.now,
    ) -> None:
        super().__init__(env, keys=keys, directory=directory, clock=clock)
        self.store = store
        self.verifier = verifier
        self.pages = pages
        self.seals = seals

    def handle(self, message: Message) -> None:
        """Do what the message asks of us. Hearing it twice changes nothing."""
        if self.has_handled(message):
            return
        commands = react(message)
        grants = parties(commands, GrantAccess)
        ends = parties(commands, EndAccess)
        made = (each for command in commands for each in self._made(command, message))
        self.save_for(message, *made, grants=grants, ends=ends)

    def verify_paper(self, paper_id: UUID, *, by: Actor) -> dict[str, Any]:
        """Whether the stored file is the one in the log, and its seal holds today."""
        paper = self._visible(paper_id, by)
        pdf = self._stored(paper)
        found = self.verifier.verify(pdf)
        hash_matches = sha256(pdf).hexdigest() == paper.sha256
        return {
            "id": str(paper_id),
            "number": paper.number,
            "sha256": paper.sha256,
            "level": paper.level,
            "valid": found.is_valid and hash_matches and not paper.withdrawal,
            "signature_valid": found.is_valid,
            "hash_matches": hash_matches,
            "integrity": found.integrity,
            "trusted": found.trusted,
            "unchanged": found.unchanged,
            "timestamped": found.timestamped,
            "signer": found.signer,
            "sealed_at": found.sealed_at and found.sealed_at.isoformat(),
            "withdrawal": withdrawal(paper),
        }

    def paper_to_issue(self, paper_id: UUID) -> Paper:
        return self._paper(paper_id)

    def report_hindrance(self, paper_id: UUID, reason: str) -> None:
        """Let everybody concerned see why a paper is not there yet."""
        paper = self._paper(paper_id)
        paper.report_hindrance(reason)
        self.save(paper)

    def _made(self, command: Command, cause: Message) -> Iterator[Aggregate]:
        match command:
            case BeginCorrespondence(dossier_id, tracking_code):
                yield Correspondence(dossier_id=dossier_id, tracking_code=tracking_code)
            case NoteFiling(dossier_id, at):
                correspondence = self._correspondence(dossier_id)
                correspondence.note_filing(at)
                yield correspondence
            case RequestPaper():
                yield from self._requested(command, cause)
            case WithdrawPaper(paper_id, reason, legal_basis, by, at):
                paper = self._paper(paper_id)
                paper.withdraw(Withdrawal(reason, legal_basis, by, at))
                yield paper

    def _requested(self, command: RequestPaper, cause: Message) -> Iterator[Aggregate]:
        """The paper with its number; saved with the register, or not at all."""
        correspondence = self._correspondence(command.dossier_id)
        paper_id = Paper.create_id(cause.source, cause.position, command.kind)
        year = cause.occurred_at.astimezone(LOCAL).year
        register = self._register(command.unit, command.series, year)
        number = register.give_number(paper_id, command.number_form)
        if command.kind in RECALLING:
            earlier = [self._paper(each) for each in correspondence.papers]
            command = completed(command, correspondence, earlier)
        correspondence.add(paper_id)
        yield register
        yield correspondence
        yield Paper(
            id=paper_id,
            dossier_id=command.dossier_id,
            kind=command.kind.value,
            form=command.form,
            title=command.title,
            unit=command.unit,
            number=number,
            code=command.code,
            language=command.language,
            tracking_code=correspondence.tracking_code,
            content=command.content,
            officer=command.officer,
            dated=cause.occurred_at,
        )

    def _stored(self, paper: Paper) -> bytes:
        try:
            return self.store.get(paper.require_hash()) or b""
        except AwayError as error:
            raise PapersAwayError(str(paper.id)) from error


def withdrawal(paper: Paper) -> dict[str, Any] | None:
    """That a sealed paper counts no more, in a sentence beside the facts."""
    if paper.withdrawal is None:
        return None
    told = paper.withdrawal.told
    sentence = PHRASES.say(
        "withdrawn",
        date=day(local(paper.withdrawal.at)),
        basis=told["legal_basis"],
        reason=told["reason"] or PHRASES.say("withdrawn.no-reason"),
    )
    return told | {"sentence": sentence}


def parties(
    commands: Iterable[Command], kind: type[GrantAccess | EndAccess]
) -> list[Grant]:
    """Whose access to which dossier begins, or ends."""
    return [
        (each.dossier_id, each.party) for each in commands if isinstance(each, kind)
    ]
