"""What the API takes and gives. What services tell may hold more than is named here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from shared.plain import is_plain

Text3 = dict[str, str]
Note = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(min_length=1, max_length=200)]


class Asked(BaseModel):
    """What comes in: nothing that is not named."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def require_plain(cls, body: Any) -> Any:
        """Refused here, before anything else has to stumble over it."""
        if not is_plain(body):
            raise ValueError("control characters, or endless nesting")
        return body


class Answered(BaseModel):
    """What goes out: it may grow, so ignore what you do not know."""

    model_config = ConfigDict(extra="allow")


class ProblemAnswer(Answered):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(description="urn:guichet:problem:<code>")
    status: int
    code: str = Field(description="For machines; never changes")
    title: str = Field(description="One sentence in the asked language")
    detail: str
    errors: list[dict[str, Any]] = Field(description="What exactly, item by item")
    request_id: str = Field(description="Tell it to those who operate the service")


class Position(Answered):
    source: str = Field(description="Whose log")
    position: int = Field(description="The place in it")


class Done(Answered):
    """An order was carried out; it is in the log for good."""

    position: Position


class SignIn(Asked):
    """Name and password of an officer."""

    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: SecretStr
    code: str = Field("", max_length=40, description="Of the second factor, if any")


class AccountAnswer(Answered):
    """An officer who may sign in."""

    username: str
    name: str
    agency: str | None = Field(description="The unit they act for")
    roles: list[str]
    disabled: bool


class SignedIn(Answered):
    """A token for the header `Authorization: Bearer`, good until it expires."""

    token: str
    expires_at: datetime
    account: AccountAnswer


class Proof(Asked):
    """What only this officer knows or has."""

    proof: SecretStr = Field(description="The password, or a code of the second factor")


class SteppedUp(Answered):
    """Until when decisions may be answered for."""

    until: datetime


class Staying(Answered):
    """Until when one is signed in."""

    until: datetime = Field(description="If nothing is done from now on")
    expires_at: datetime = Field(description="Whatever is done")


class Me(Answered):
    """Who is signed in here."""

    subject: str = Field(description="The pseudonym under which services know them")
    kind: Literal["citizen", "staff"]
    name: str
    agency: str | None
    roles: list[str]
    level: int
    on_behalf_of: str | None = Field(description="The business for which they act")
    claims: dict[str, Any] = Field(description="For the person's own forms only")


class Applicant(Asked):
    """For whom an officer files."""

    personal_id: Annotated[str, Field(pattern=r"^\s*[0-9A-Za-z-]{6,20}\s*$")]


class OpenDossier(Asked):
    """Begin a dossier: online for oneself, at the counter or by post for somebody."""

    id: UUID | None = Field(None, description="Chosen by the asker, or made for them")
    procedure: Short
    channel: Literal["online", "counter", "post"] = "online"
    language: Literal["vi", "en", "fr"] = "vi"
    applicant: Applicant | None = None


class DossierOpenedAnswer(Done):
    id: UUID
    tracking_code: str = Field(description="The address of the public page")
    version: int


class Answers(Asked):
    """The form, field by field."""

    answers: dict[str, Any]


class RecordPaper(Asked):
    """A paper that was shown, handed over or confirmed, not uploaded."""

    manner: Short
    originals: Annotated[int, Field(ge=0, le=99)] = 0
    copies: Annotated[int, Field(ge=0, le=99)] = 0


class Assessment(Asked):
    """What the front desk found when it looked at a document."""

    verdict: Literal["accepted", "missing", "wrong", "unreadable"]
    reason: Note = ""


class Refusal(Asked):
    """Why a dossier is not received."""

    reasons: list[str] = []
    note: Note = ""


class Supplement(Asked):
    """All that the applicant is to complete, at once."""

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=100)]
    note: Note = ""


class SupplementLeave(Asked):
    """On which legal basis the applicant may be asked once more."""

    legal_basis: Note


class Withdrawal(Asked):
    reason: Note = ""


class Payment(Asked):
    """Money taken at the counter."""

    amount: Annotated[int, Field(gt=0)]
    method: Literal["cash", "card", "transfer"]
    reference: Annotated[str, Field(max_length=200)] = ""


class Exemption(Asked):
    group: Short


class HandOver(Asked):
    """Who took the result."""

    receiver: Annotated[str, Field(max_length=200)] = ""


class Assign(Asked):
    assignee: Short = Field(description="The officer's subject, or their user name")


class Completion(Asked):
    """How a step ended."""

    outcome: Short = "ok"
    note: Note = ""
    facts: dict[str, Any] = {}


class Proposal(Asked):
    """Which result a reviewer proposes, and the words of the decision."""

    outcome: Short
    text: Annotated[str, Field(max_length=20_000)] = ""


class Reason(Asked):
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class OpenAccount(Asked):
    """Let an officer in."""

    username: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]
    password: SecretStr
    name: Annotated[str, Field(min_length=1, max_length=100)]
    agency: str | None = None
    roles: Annotated[list[str], Field(min_length=1)]


class ChangeAccount(Asked):
    """Who an officer is from now on."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    agency: str | None = None
    roles: Annotated[list[str], Field(min_length=1)]
    email: Annotated[str, Field(max_length=320)] = ""


class NewPassword(Asked):
    """Good for one sign-in."""

    password: SecretStr


class Erasure(Asked):
    subject: Annotated[str, Field(min_length=1, max_length=200)]


class Catalogue(Asked):
    """Definitions of procedures; all of them are published, or none."""

    definitions: Annotated[list[dict[str, Any]], Field(min_length=1)]
    is_emergency: bool = False


class DossierRow(Answered):
    """A dossier in a list."""

    id: UUID
    code: str | None
    procedure: str | None
    procedure_name: Text3 | None
    status: int = Field(description="0 draft, then the ten business statuses")
    status_label: str
    due_at: datetime | None
    tracking_code: str | None


class DossierList(Answered):
    items: list[DossierRow]
    next: str | None = Field(description="`after` of the next page")


class ProcedureRow(Answered):
    slug: str
    code: str
    version: int
    names: Text3
    sector: dict[str, Any]
    online_level: str


class ProcedureList(Answered):
    items: list[ProcedureRow]


class FileTaken(Done):
    """The file is being looked into; until then its state is `being-checked`."""

    file_id: UUID


class Listed(Answered):
    """What a service has of a dossier, one entry for each."""

    items: list[dict[str, Any]]


class History(Answered):
    """Everything that happened, and whether the public log bears it out."""

    entries: list[dict[str, Any]]
    verification: dict[str, Any] | None
