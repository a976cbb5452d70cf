"""What is known of a dossier, derived from its events; the ground of its chapters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain.fees import outstanding
from services.intake.domain.form import Filled
from services.intake.domain.rules import Rules
from services.intake.errors import (
    DossierClosedError,
    DossierNotEditableError,
    DossierNotReceivableError,
)
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.expressions import Circumstances
from shared.personal import Erased, Personal
from shared.statuses import Status

Text = Personal | Erased

APPLICANT = frozenset({"applicant"})
CITIZEN, OFFICE = "citizen", "staff"  # the two sides of a correspondence
DESKS = ("front_desk", "cashier", "return_officer", "unit_leader", "agency_leader")
AT_THE_DESK = frozenset({"applicant", "front_desk"})

WITHDRAWN, STOPPED, REFUSED = Status.WITHDRAWN, Status.SUSPENDED, Status.NOT_ACCEPTED
RETURNED, READY, ASKED = Status.RETURNED, Status.READY, Status.SUPPLEMENT_ASKED
ACCEPTED, SUBMITTED = Status.ACCEPTED, Status.SUBMITTED


class DossierRecord:
    """Plain state and questions about it; the chapters beside it hold the deeds."""

    id: UUID
    version: int
    trigger_event: Callable[..., None]

    procedure: str
    procedure_version: int
    channel: str
    applicant: str
    unit: str
    tracking_code: str
    language: str

    answers: Text | None
    papers: dict[str, dict[str, Any]]
    warnings: list[str]

    submitted_at: datetime | None
    acknowledge_by: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    original_due_at: datetime | None
    is_acknowledgement_overdue: bool
    code: str | None
    is_refused: bool
    refusal: dict[str, Any] | None

    fees: list[dict[str, Any]]
    added_fees: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    exemption_groups: list[str]
    outcomes: dict[str, str | None]  # of steps, where the fees depend on them
    facts: list[Text]
    refund: dict[str, Any] | None
    refund_decided: tuple[str, str] | None  # by whom, and when
    surplus_refunded: int
    fees_refunded: int

    supplement: dict[str, Any] | None
    requests: dict[str, int]
    leaves: int

    messages: list[dict[str, Any]]
    read_up_to: dict[str, int]
    helpers: dict[str, dict[str, Any]]
    rating: dict[str, Any] | None
    complaints: list[dict[str, Any]]

    is_withdrawal_asked: bool
    is_withdrawn: bool
    stop: dict[str, Any] | None
    result_channel: str
    result: dict[str, Any] | None
    readings: list[dict[str, Any]]  # of the decision, each reader's first
    is_returned: bool
    handed_over: dict[str, Any] | None
    receiving_point: str | None  # the unit of the desk that took it in

    def personal(self, words: str) -> Personal | None:
        """What officers write in a dossier is about its applicant."""
        return Personal(self.applicant, words) if words else None

    @property
    def status(self) -> int | None:
        """The business status; a draft has none yet."""
        held = {
            WITHDRAWN: self.is_withdrawn,
            STOPPED: self.stop,
            REFUSED: self.is_refused,
            RETURNED: self.is_returned,
            READY: self.result,
            ASKED: self.supplement,
            ACCEPTED: self.received_at,
            SUBMITTED: self.submitted_at,
        }
        return next((status for status, holds in held.items() if holds), None)

    @property
    def is_draft(self) -> bool:
        return self.status is None

    @property
    def is_receivable(self) -> bool:
        """At the counter and by post the dossier lies before the officer at once."""
        return self.status == SUBMITTED or (self.is_draft and self.channel != "online")

    @property
    def charges(self) -> list[dict[str, Any]]:
        """The fees of the procedure, and those that a review added."""
        return [*self.fees, *self.added_fees]

    @property
    def paid(self) -> int:
        """What came in and was not too much: a fee that was given back stays paid."""
        came_in: int = sum(each["amount"] for each in self.payments)
        return came_in - self.surplus_refunded

    @property
    def balance(self) -> int | None:
        """What remains to be paid; unknown while an amount is."""
        return outstanding(self.charges, self.paid)

    @property
    def given(self) -> dict[str, Any]:
        """The answers as they are kept; none once the applicant is forgotten."""
        if isinstance(self.answers, Personal):
            found: dict[str, Any] = json.loads(self.answers.value)
            return found
        return {}

    def fill(
        self, rules: Rules, now: datetime, asked: frozenset[str] = frozenset()
    ) -> Filled:
        """The form with its defaults, computed values and attached files."""
        return self.fill_with({}, rules, now, asked)

    def fill_with(
        self,
        other: Mapping[str, Any],
        rules: Rules,
        now: datetime,
        asked: frozenset[str],
    ) -> Filled:
        """The form as it would stand with other answers to some of its fields."""
        answers = {**self.given, **self._files_of_fields(rules), **other}
        return rules.form.fill(answers, now=now, asked=asked, **self.circumstances(now))

    def _files_of_fields(self, rules: Rules) -> dict[str, Any]:
        return {
            code: {"name": f"{code}-{file_id}", **{key: file[key] for key in FACTS}}
            for code, paper in self.papers.items()
            if code in rules.form.fields
            for file_id, file in paper["files"].items()
            if file["state"] == "clean"
        }

    def circumstances(self, now: datetime) -> Circumstances:
        today = day(now)
        return {
            "channel": self.channel,
            "submitted_on": day(self.submitted_at) if self.submitted_at else today,
            "received_on": day(self.received_at) if self.received_at else None,
            "today": today,
            "exemption_groups": self.exemption_groups,
            "outcomes": {},
            "facts": {},
        }

    def is_own(self, by: Actor) -> bool:
        """The applicant in person; of a business, who represents it."""
        return by.party == self.applicant

    def helper(self, by: Actor) -> dict[str, Any] | None:
        """As whom the applicant let this person act; nobody once that ended."""
        known = (each for each in self.helpers.values() if each["party"] == by.party)
        return next((each for each in known if each["state"] == ACTIVE), None)

    def may(self, by: Actor, power: str) -> bool:
        """The applicant, or who has this power of theirs and says whose it is."""
        if self.is_own(by):
            return True
        helper = self.helper(by)
        is_said = by.on_behalf_of == self.applicant
        return helper is not None and is_said and power in helper["powers"]

    def speaks_for_applicant(self, by: Actor) -> bool:
        return self.is_own(by) or self.helper(by) is not None

    def unread_by(self, side: str) -> int:
        """How much of what the other side wrote has not been seen."""
        seen = self.read_up_to.get(side, 0)
        return sum(
            each["number"] > seen for each in self.messages if each["by_kind"] != side
        )

    def require_visible(self, rules: Rules, by: Actor) -> None:
        """The applicant's side; once it is handed in, who receives it, and auditors."""
        is_known = self.is_received_by(rules, by) or by.has("auditor")
        is_theirs = self.speaks_for_applicant(by)
        if not is_theirs and (self.is_private or not is_known):
            raise NotAllowedError(str(self.id))

    @property
    def is_private(self) -> bool:
        """Nobody has been given it yet."""
        return self.is_draft and self.channel == "online"

    def is_received_by(self, rules: Rules, by: Actor) -> bool:
        """The unit of the first step, and the desks of all receptions everywhere."""
        if by.agency is None:
            return False
        is_desk = by.has(*DESKS) and rules.directory.is_reception(by.agency)
        return is_desk or by.agency in (self.unit, rules.receiving_unit.id)

    def require_desk(self, rules: Rules, by: Actor, *roles: str) -> None:
        is_theirs = self.is_received_by(rules, by) and not self.is_private
        if not by.has(*roles) or not is_theirs:
            raise NotAllowedError(str(self.id))

    def require_editable(self, rules: Rules, by: Actor) -> None:
        """A draft, or what was asked for; by the applicant or at the desk for them."""
        self.require_visible(rules, by)
        is_desk = by.has("front_desk") and self.is_received_by(rules, by)
        if not self.may(by, "fill") and not is_desk:
            raise NotAllowedError(str(self.id))
        in_hand = self.is_draft or self.supplement
        if not (in_hand or (is_desk and self.is_receivable)) or self.is_over:
            raise DossierNotEditableError(str(self.id))

    def require_receivable(self) -> None:
        if not self.is_receivable:
            raise DossierNotReceivableError(str(self.id))

    def require_alive(self) -> None:
        if self.is_over:
            raise DossierClosedError(str(self.id))

    @property
    def is_over(self) -> bool:
        return self.status in (REFUSED, WITHDRAWN, STOPPED, RETURNED)


FACTS = ("media_type", "size", "sha256")
INVITED, ACTIVE, ENDED = "invited", "active", "ended"  # how a helper stands


def day(moment: datetime) -> str:
    """The date in the country, as expressions and codes know it."""
    return moment.astimezone(LOCAL).date().isoformat()


def sealed(subject: str, content: Any) -> Personal:
    """Anything about one person, to be unreadable when they are forgotten."""
    return Personal(subject, json.dumps(content, ensure_ascii=False))


def known(facts: list[Text]) -> dict[str, Any]:
    """Later findings before earlier ones; none once their person is forgotten."""
    found: dict[str, Any] = {}
    for each in facts:
        if isinstance(each, Personal):
            found |= json.loads(each.value)
    return found
