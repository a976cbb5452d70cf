"""What the API takes when a case is worked on, and when the law intervenes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from services.portal.api.models import Asked, Short, Text3
from services.portal.languages import LANGUAGES

Reason = Annotated[str, Field(min_length=1, max_length=1000)]
LegalBasis = Annotated[str, Field(min_length=1, max_length=500)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Days = Annotated[int, Field(ge=1, le=365)]
Unit = Literal["working_day", "day"]


def in_every_language(text: Text3) -> Text3:
    if set(text) != set(LANGUAGES) or not all(map(str.strip, text.values())):
        raise ValueError("vi, en and fr")
    return text


Named = Annotated[Text3, AfterValidator(in_every_language)]


class SendBack(Asked):
    """Why the step before has to look again."""

    note: Words


class Recall(Asked):
    step: Short = Field(description="The step you finished")


class Rest(Asked):
    """Why it rests or ends, and what allows that."""

    reason: Reason
    legal_basis: LegalBasis


class Resumption(Asked):
    note: Annotated[str, Field(max_length=4000)] = ""


class WithdrawalDecision(Asked):
    """Whether the applicant may take the dossier back."""

    granted: bool
    reason: Annotated[str, Field(max_length=1000)] = ""


class Consultation(Asked):
    """What other units are asked, and how long they have."""

    units: Annotated[list[Short], Field(min_length=1, max_length=20)]
    question: Words
    value: Days
    unit: Unit = "working_day"


class Cancellation(Asked):
    reason: Reason


class CoHandler(Asked):
    officer: Short = Field(description="The officer's subject, or their user name")


class Opinion(Asked):
    text: Words


class PaymentRequest(Asked):
    """What more has to be paid, for what, and what allows that."""

    step: Short
    amount: Annotated[int, Field(gt=0, le=10**12)]
    name: Named
    legal_basis: LegalBasis


class SupplementLeave(Asked):
    legal_basis: LegalBasis


class Extension(Asked):
    """How much more time, and why; somebody else approves it."""

    value: Days
    unit: Unit = "working_day"
    reason: Reason


class Rejection(Asked):
    reason: Reason


class Approval(Asked):
    """What the system drafted says no reason: then who approves gives it."""

    reason: Annotated[str, Field(max_length=20_000)] = ""


class Place(Asked):
    case_id: UUID
    step: Short


Places = Annotated[list[Place], Field(min_length=1, max_length=500)]


class Bulk(Asked):
    """One thing done at many steps; each succeeds or fails by itself."""

    action: Short
    items: Places
    arguments: dict[str, Any] = Field(default_factory=dict)


class Distribution(Asked):
    """Steps, and the officers among whom they are shared out evenly."""

    items: Places
    officers: Annotated[list[Short], Field(min_length=1, max_length=100)]


class View(Asked):
    """The filters of a list, kept under a name."""

    filters: dict[str, Any]


class Absence(Asked):
    """When an officer is away, both days included, and who stands in."""

    officer: Short = Field(description="The officer's subject, or their user name")
    since: date
    until: date
    deputy: Annotated[str, Field(max_length=200)] | None = None


class CalendarNotice(Asked):
    """A legal notice that makes a day free or worked, for all or for some offices."""

    id: UUID | None = Field(None, description="Chosen by the asker, or made for them")
    date: date
    kind: Literal["off", "work"]
    scope: Literal["national", "province", "agency"] = "national"
    scope_id: Annotated[str, Field(max_length=100)] | None = None
    legal_notice: LegalBasis
    valid_from: datetime | None = None


class Selection(Asked):
    """Which open dossiers; what is not named selects all."""

    procedures: Annotated[list[Short], Field(default_factory=list, max_length=200)]
    units: Annotated[list[Short], Field(default_factory=list, max_length=200)]
    codes: Annotated[list[Short], Field(default_factory=list, max_length=1000)]
    received_from: date | None = None
    received_until: date | None = None


class Decree(Asked):
    """What a decree does to the clocks or the order of a set of dossiers."""

    id: UUID | None = Field(None, description="Chosen by the asker, or made for them")
    selection: Selection
    effect: Literal["freeze", "extend", "priority"]
    legal_basis: LegalBasis
    since: datetime | None = None
    until: datetime | None = None
    value: Days | None = None
    unit: Unit | None = None
