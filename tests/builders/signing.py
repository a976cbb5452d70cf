"""Papers, what stands on them, and the messages that cause them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from services.signing.application import SigningApplication
from services.signing.domain import Correspondence, Paper
from services.signing.gateways.pages import PaperPages
from services.signing.ports import PaperStore, Sheet
from services.signing.sheets import sheet
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
    PaymentRecorded,
    SupplementRequested,
)
from shared.contracts.signing import PaperRequested
from shared.contracts.words import parted
from shared.contracts.workflow import (
    ApologyApproved,
    DecisionApproved,
    ProcessingStopped,
    ResultWithdrawn,
    StepOpened,
)
from shared.directory import Directory
from shared.personal import Keys, Personal
from tests.fakes import MEMORY, MemoryKeys
from tests.fakes_signing import MemorySeals, MemoryStore, TrustingVerifier

SAMPLE: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text())

DOSSIER = UUID(int=7)
NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
CODE = "H15.217-261120-0042"
UNIT = "ubnd_xa"


def a_presentation(subject: str = "citizen-1", **named: Any) -> Personal:
    """The form as people read it; name what of the applicant is different."""
    rows = named.pop("rows", SAMPLE["rows"])
    value = {"applicant": SAMPLE["person"] | named, "rows": rows}
    return Personal(subject, json.dumps(value, ensure_ascii=False))


def heard(type_: type[Message], source: str, position: int, **values: Any) -> Any:
    common = {"correlation_id": "request-1", "occurred_at": NOW, "dossier_id": DOSSIER}
    return type_(source=source, position=position, **(common | values))


def facts(**named: Any) -> dict[str, Any]:
    presentation = named.pop("presentation", a_presentation())
    return {
        "procedure": "house-building-permit",
        "version": 1,
        "procedure_code": "1.013225",
        "procedure_name": SAMPLE["procedure"],
        "channel": "counter",
        "applicant": "citizen-1",
        "unit": UNIT,
        "tracking_code": "TRACK7",
        "language": "vi",
        "result_channel": "counter",
        "contact": Personal("citizen-1", "{}"),
        "presentation": presentation,
        "officer": Personal("officer-7", "Trần Văn Minh"),
    } | named


def a_dossier_opened(position: int = 1, **named: Any) -> DossierOpened:
    message = facts() | named
    found: DossierOpened = heard(DossierOpened, "intake", position, **message)
    return found


def a_step_opened(position: int = 1, unit: str = "so_xay_dung") -> StepOpened:
    message = {"case_id": UUID(int=8), "step": "review", "name": {"vi": "Thẩm định"}}
    message |= {"unit": unit, "role": "reviewer", "status": 4}
    found: StepOpened = heard(StepOpened, "workflow", position, **message)
    return found


def a_dossier_accepted(position: int = 2, **named: Any) -> DossierAccepted:
    message = facts(
        code=CODE,
        received_at=NOW,
        due_at=NOW + timedelta(days=11, hours=7, minutes=45),
        legal_time={"value": 7, "unit": "working_day"},
        accepted_by="officer-7",
        answers=Personal("citizen-1", "{}"),
        documents=SAMPLE["documents"],
        fees=SAMPLE["fees"],
        fees_settled=False,
        exemption_groups=[],
    )
    found: DossierAccepted = heard(
        DossierAccepted, "intake", position, **(message | named)
    )
    return found


def a_dossier_refused(position: int = 2, **named: Any) -> DossierRefused:
    note = "Đề nghị nộp hồ sơ tại Sở Xây dựng."
    said = {"note": Personal("citizen-1", note), "refused_by": "officer-7"}
    message = facts(reasons=SAMPLE["reasons"], **said)
    found: DossierRefused = heard(
        DossierRefused, "intake", position, **(message | named)
    )
    return found


def a_decision_approved(position: int = 2, **named: Any) -> DecisionApproved:
    message = facts(
        case_id=UUID(int=8),
        code=CODE,
        legal_basis=SAMPLE["legal_basis"],
        outcome=SAMPLE["permit"],
        received_at=NOW,
        due_at=NOW + timedelta(days=11),
        proposed_by="officer-7",
        approved_by="officer-9",
        approver=Personal("officer-9", "Phạm Quốc Bảo"),
        text=Personal("citizen-1", SAMPLE["text"]),
    )
    found: DecisionApproved = heard(
        DecisionApproved, "workflow", position, **(message | named)
    )
    return found


ABOUT = (
    "procedure",
    "version",
    "procedure_code",
    "procedure_name",
    "channel",
    "applicant",
    "unit",
    "tracking_code",
    "language",
    "result_channel",
)


def a_dossier_submitted(position: int = 2, **named: Any) -> DossierSubmitted:
    message = facts(acknowledge_by=NOW + timedelta(days=1)) | named
    found: DossierSubmitted = heard(DossierSubmitted, "intake", position, **message)
    return found


def a_supplement_requested(position: int = 2, **named: Any) -> SupplementRequested:
    known = facts(**{name: named.pop(name) for name in ABOUT if name in named})
    message = {
        "stage": "review",
        **parted(named.pop("items", SAMPLE["missing"]), "citizen-1"),
        "about": {name: known[name] for name in ABOUT},
        "requested_at": NOW,
        "answer_by": NOW + timedelta(days=11, hours=7, minutes=45),
        "officer": known["officer"],
        "presentation": known["presentation"],
        "code": CODE,
    }
    found: SupplementRequested = heard(
        SupplementRequested, "intake", position, **(message | named)
    )
    return found


def a_payment_recorded(position: int = 2, **named: Any) -> PaymentRecorded:
    known = facts(**{name: named.pop(name) for name in ABOUT if name in named})
    message = {
        "payment_id": UUID(int=12),
        "amount": 215000,
        "method": "cash",
        "reference": "",
        "paid_at": NOW,
        "lines": SAMPLE["paid"],
        "code": CODE,
        "about": {name: known[name] for name in ABOUT},
        "presentation": known["presentation"],
        "officer": Personal("officer-5", "Hoàng Thị Mai"),
    }
    found: PaymentRecorded = heard(
        PaymentRecorded, "intake", position, **(message | named)
    )
    return found


def an_apology_approved(position: int = 3, **named: Any) -> ApologyApproved:
    message = facts(
        case_id=UUID(int=8),
        code=CODE,
        received_at=NOW,
        old_due_at=NOW + timedelta(days=11, hours=7, minutes=45),
        new_due_at=NOW + timedelta(days=18, hours=7, minutes=45),
        is_extension=True,
        reason=Personal("citizen-1", SAMPLE["delay"]),
        proposed_by="officer-7",
        approved_by="officer-9",
        approver=Personal("officer-9", "Phạm Quốc Bảo"),
    )
    found: ApologyApproved = heard(
        ApologyApproved, "workflow", position, **(message | named)
    )
    return found


def a_processing_stopped(position: int = 4, **named: Any) -> ProcessingStopped:
    message = facts(
        case_id=UUID(int=8),
        code=CODE,
        received_at=NOW,
        ground="withdrawal",
        reason=Personal("citizen-1", SAMPLE["stop"]),
        legal_basis="Decree 118/2025/ND-CP",
        stopped_by="officer-9",
        officer=Personal("officer-9", "Phạm Quốc Bảo"),
        asked_at=NOW,
    )
    found: ProcessingStopped = heard(
        ProcessingStopped, "workflow", position, **(message | named)
    )
    return found


def a_result_withdrawn(paper_id: UUID, position: int = 6) -> ResultWithdrawn:
    message = {
        "paper_id": paper_id,
        "reason": Personal("citizen-1", "Sai số thửa đất"),
        "legal_basis": "Decree 118/2025/ND-CP",
        "withdrawn_by": "officer-9",
    }
    found: ResultWithdrawn = heard(ResultWithdrawn, "workflow", position, **message)
    return found


def a_paper_requested(paper_id: UUID, position: int = 1) -> PaperRequested:
    found: PaperRequested = heard(
        PaperRequested, "signing", position, paper_id=paper_id
    )
    return found


@cache
def the_directory() -> Directory:
    return Directory.load()


def a_signing(
    *, keys: Keys | None = None, store: PaperStore | None = None
) -> SigningApplication:
    """With a store in memory, a verifier that trusts, and a clock that stands."""
    return SigningApplication(
        MEMORY,
        keys=keys or MemoryKeys(),
        store=store or MemoryStore(),
        verifier=TrustingVerifier(),
        directory=the_directory(),
        pages=PaperPages("https://dichvu.daklak.example.vn"),
        seals=MemorySeals(),
        clock=lambda: NOW,
    )


def a_paper(cause: Message | None = None) -> Paper:
    """Requested because of this message; a receipt, if no other is named."""
    return a_requested_paper(a_signing(), cause)


def a_requested_paper(
    signing: SigningApplication, cause: Message | None = None
) -> Paper:
    """The same, in an application one can go on with."""
    signing.handle(a_dossier_opened())
    signing.handle(cause or a_dossier_accepted())
    return the_last_paper(signing)


def the_last_paper(signing: SigningApplication) -> Paper:
    correspondence: Correspondence = signing.repository.get(
        Correspondence.create_id(DOSSIER)
    )
    paper: Paper = signing.repository.get(correspondence.papers[-1])
    return paper


def a_sheet(cause: Message | None = None) -> Sheet:
    """What stands on the paper that this message causes, ready to be rendered."""
    return sheet(
        a_paper(cause),
        Directory.load(),
        public_url="https://dichvu.daklak.example.vn",
        sealed_by="Guichet demo",
        sealed_at=NOW,
    )
