"""What each message changes on the screens: pure, from message to change."""

from services.portal.changes import conversation, filing, papers, work
from services.portal.changes.base import Change, Row, change
from shared.contracts.documents import FileChecked
from shared.contracts.intake import (
    ComplaintAnswered,
    ComplaintLodged,
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierShared,
    DossierSubmitted,
    DossierTouched,
    DossierUnshared,
    DossierWithdrawn,
    FeesSettled,
    MessagesRead,
    MessageWritten,
    PaymentRecorded,
    PaymentRefunded,
    PersonErased,
    ProcedurePublished,
    ResultReturned,
    ServiceRated,
    SupplementAnswered,
    SupplementExpired,
    SupplementRequested,
    WithdrawalRequested,
)
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed
from shared.contracts.signing import PaperIssued, PaperWithdrawn
from shared.contracts.workflow import (
    ApologyApproved,
    CalendarChanged,
    CaseResumed,
    CaseSuspended,
    CaseTouched,
    DecisionApproved,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepFinished,
    StepOpened,
    StepReminded,
    SupplementAsked,
    WithdrawalDecided,
)

Heard = (
    ProcedurePublished
    | PersonErased
    | DossierOpened
    | DossierTouched
    | DossierSubmitted
    | DossierAccepted
    | DossierRefused
    | SupplementRequested
    | SupplementAnswered
    | SupplementExpired
    | FeesSettled
    | PaymentRecorded
    | PaymentRefunded
    | WithdrawalRequested
    | DossierWithdrawn
    | ResultReturned
    | CaseTouched
    | StepOpened
    | StepFinished
    | StepReminded
    | SupplementAsked
    | PaymentAsked
    | CaseSuspended
    | CaseResumed
    | ProcessingStopped
    | DueDateMoved
    | ApologyApproved
    | CalendarChanged
    | DecisionApproved
    | ResultReleased
    | ResultWithdrawn
    | WithdrawalDecided
    | FileChecked
    | PaperIssued
    | PaperWithdrawn
    | NoticeAccepted
    | NoticeProgressed
    | MessageWritten
    | MessagesRead
    | DossierShared
    | DossierUnshared
    | ServiceRated
    | ComplaintLodged
    | ComplaintAnswered
)

__all__ = [
    "Change",
    "Heard",
    "Row",
    "change",
    "conversation",
    "filing",
    "papers",
    "work",
]
