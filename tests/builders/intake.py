"""Procedures, forms and dossiers as intake knows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from services.intake.application import IntakeApplication
from services.intake.counter import Opening
from services.intake.domain import Dossier, Rules
from shared.actor import Actor
from shared.contracts.documents import FileChecked
from shared.contracts.workflow import (
    CalendarChanged,
    DueDateMoved,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    SupplementAsked,
    WithdrawalDecided,
)
from shared.directory import CATALOGUE, Directory, read
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.fakes import MEMORY, MemoryKeys

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # a Friday, 10:00 in Đắk Lắk

DIRECTORY = Directory.load()

SLUGS = sorted(
    file.stem
    for file in CATALOGUE.glob("*.json")
    if read(file).get("kind") == "procedure"
)

ADDRESS = {"province_code": "66", "commune_code": "24496", "street": "12 Lê Lợi"}
FILE = {"name": "a.jpg", "media_type": "image/jpeg", "size": 10, "sha256": "0" * 64}

PLAIN: dict[str, Any] = {
    "text": "Một",
    "textarea": "Một\nhai",
    "person_name": "Nguyễn Văn An",
    "integer": 2,
    "decimal": 100.5,
    "money": 1_000_000,
    "date": "2026-11-20",
    "datetime": "2026-11-20T08:00:00+07:00",
    "partial_date": "1990",
    "year_month": "2020-01",
    "boolean": False,
    "citizen_id": "066090123456",
    "tax_code": "0100109106",
    "phone": "0912345678",
    "email": "an@example.org",
    "address": ADDRESS,
    "file": FILE,
}

KNOWN: dict[str, Any] = {  # what follows from a pattern or from other answers
    "birth_date": "1990-05-01",
    "declared_true": True,
    "licence_no": "066090123456",
    "business_name": "Hộ kinh doanh An",
    "name_vi": "Công ty TNHH An",
    "footprint_m2": 80,
    "share": 500_000,
    "main": True,
    "ethnicity": "01",
    "child_ethnicity": "01",
    "mother_name": "Nguyễn Thị Bình",
    "expires_on": "2027-01-01",
    "id_no": "066090123456",
    "percent": 50,
}

CODES = {
    "ethnic_groups": "01",
    "nationalities": "VN",
    "vsic": "4711",
    "health_facilities": "66001",
    "land_use_codes": "ODT",
    "communes": "24496",
}


def a_definition(slug: str = "house-building-permit") -> dict[str, Any]:
    """A procedure of the catalogue, free to be changed."""
    return deepcopy(_shipped(slug))


@cache
def _shipped(slug: str) -> dict[str, Any]:
    return read(CATALOGUE / f"{slug}.json")


@cache
def rules(slug: str = "house-building-permit") -> Rules:
    return Rules(a_definition(slug), DIRECTORY)


def an_answer(field: Mapping[str, Any]) -> Any:
    """Something a field takes."""
    if field["name"] in KNOWN:
        return KNOWN[field["name"]]
    match field["type"]:
        case "select":
            return field["options"][0]["value"]
        case "multiselect":
            return [field["options"][0]["value"]]
        case "catalogue":
            listed = {each["id"]: each for each in DIRECTORY.common["catalogues"]}
            items = listed[field["catalogue"]]["items"]
            return items[0]["code"] if items else CODES[field["catalogue"]]
        case "table":
            count = max(field.get("min_rows", 1), 1)
            return [a_row(field, first=number == 0) for number in range(count)]
        case kind:
            return PLAIN[kind]


def a_row(table: Mapping[str, Any], *, first: bool = True) -> dict[str, Any]:
    """One row; what is main in the first is not in the others."""
    row = {each["name"]: an_answer(each) for each in table["columns"]}
    return row if first or "main" not in row else {**row, "main": False}


def answers_for(some: Rules, **given: Any) -> dict[str, Any]:
    """A complete form: all that an applicant can be asked."""
    fields = {
        name: an_answer(each)
        for name, each in some.form.fields.items()
        if "computed" not in each and each.get("set_by", "applicant") == "applicant"
    }
    return {**fields, **given}


def an_intake(*slugs: str, now: datetime = NOW) -> IntakeApplication:
    """With these procedures in force, or all that the catalogue has."""
    intake = IntakeApplication(
        MEMORY, keys=MemoryKeys(), directory=DIRECTORY, clock=lambda: now
    )
    definitions = [a_definition(slug) for slug in slugs or SLUGS]
    intake.publish_procedures(definitions, by=an_officer("administrator"))
    return intake


def an_opening(
    procedure: str = "house-building-permit", channel: str = "online"
) -> Opening:
    return Opening(procedure, channel, "citizen-1", "7F3K9Q", "vi")


def front_desk(agency: str = "ttpvhcc_xa") -> Actor:
    return an_officer("front_desk", agency=agency)


def an_open_dossier(
    intake: IntakeApplication,
    procedure: str = "house-building-permit",
    channel: str = "online",
) -> UUID:
    """Opened by who may: the applicant online, the front desk otherwise."""
    dossier_id = uuid4()
    by = an_applicant() if channel == "online" else front_desk()
    intake.open_dossier(dossier_id, an_opening(procedure, channel), by=by)
    return dossier_id


def a_complete_dossier(
    intake: IntakeApplication,
    procedure: str = "house-building-permit",
    channel: str = "online",
    **given: Any,
) -> UUID:
    """Filled in, with every paper that is asked for."""
    dossier_id = an_open_dossier(intake, procedure, channel)
    by = an_applicant() if channel == "online" else front_desk()
    some = rules(procedure)
    intake.give_answers(dossier_id, answers_for(some, **given), by=by)
    for each in some.definition["documents"]:
        bring(intake, dossier_id, each, by=by)
    return dossier_id


def bring(
    intake: IntakeApplication,
    dossier_id: UUID,
    document: Mapping[str, Any],
    *,
    by: Actor,
) -> None:
    """As a file that was found harmless, or as a paper at the counter."""
    code, manner = document["code"], document["manner"]
    if manner == "upload" and by.kind == "citizen":
        bring_a_file(intake, dossier_id, code, by=by)
    elif by.kind == "staff" or manner == "confirmation":
        record = {"manner": manner, "originals": 1, "copies": 1}
        intake.record_paper(dossier_id, code, record, by=by)


def bring_a_file(
    intake: IntakeApplication, dossier_id: UUID, code: str, *, by: Actor
) -> UUID:
    file_id = uuid4()
    intake.attach_document(dossier_id, code, file_id, by=by)
    intake.handle(a_file_checked(dossier_id, file_id, document=code))
    return file_id


def a_submitted_dossier(
    intake: IntakeApplication,
    procedure: str = "house-building-permit",
    **given: Any,
) -> UUID:
    dossier_id = a_complete_dossier(intake, procedure, **given)
    intake.submit_dossier(dossier_id, by=an_applicant())
    return dossier_id


def an_accepted_dossier(
    intake: IntakeApplication,
    procedure: str = "house-building-permit",
    **given: Any,
) -> UUID:
    dossier_id = a_submitted_dossier(intake, procedure, **given)
    intake.accept_dossier(dossier_id, by=front_desk())
    return dossier_id


def the_dossier(intake: IntakeApplication, dossier_id: UUID) -> Dossier:
    found: Dossier = intake.repository.get(dossier_id)
    return found


def happened(intake: IntakeApplication, dossier_id: UUID) -> list[str]:
    """The names of all that happened to a dossier."""
    return [type(event).__name__ for event in intake.events.get(dossier_id)]


_positions = iter(range(1, 1_000_000))


def heard(dossier_id: UUID, source: str) -> dict[str, Any]:
    return {
        "source": source,
        "position": next(_positions),
        "correlation_id": "request-1",
        "occurred_at": NOW,
        "dossier_id": dossier_id,
    }


def a_file_checked(
    dossier_id: UUID,
    file_id: UUID,
    *,
    document: str = "XD01",
    verdict: str = "accepted",
    media_type: str = "application/pdf",
    size: int = 1000,
) -> FileChecked:
    return FileChecked(
        **heard(dossier_id, "documents"),
        file_id=file_id,
        document=document,
        verdict=verdict,
        reason=None if verdict == "accepted" else "malware",
        media_type=media_type,
        size=size,
        sha256="0" * 64,
    )


def a_supplement_asked(dossier_id: UUID, *keys: str) -> SupplementAsked:
    items = [{"kind": "document", "key": key, "reason": "mờ"} for key in keys]
    return SupplementAsked(
        **heard(dossier_id, "workflow"), items=items, asked_by="officer-8"
    )


def a_result_released(dossier_id: UUID) -> ResultReleased:
    return ResultReleased(
        **heard(dossier_id, "workflow"),
        outcome="permit",
        outcome_kind="grant",
        outcome_title={"vi": "Giấy phép", "en": "Permit", "fr": "Permis"},
        paper_id=uuid4(),
        unit="ubnd_xa",
    )


def a_withdrawal_decided(dossier_id: UUID, *, granted: bool) -> WithdrawalDecided:
    return WithdrawalDecided(**heard(dossier_id, "workflow"), granted=granted)


def a_due_date_moved(
    dossier_id: UUID, to: datetime, *, reason: str = "calendar"
) -> DueDateMoved:
    return DueDateMoved(
        **heard(dossier_id, "workflow"),
        case_id=uuid4(),
        old_due_at=NOW,
        new_due_at=to,
        original_due_at=to,
        reason=reason,
    )


def a_result_withdrawn(dossier_id: UUID, paper_id: UUID) -> ResultWithdrawn:
    return ResultWithdrawn(
        **heard(dossier_id, "workflow"),
        paper_id=paper_id,
        reason=Personal("citizen-1", "nhầm tên"),
        legal_basis="Điều 6",
        withdrawn_by="officer-9",
    )


def a_processing_stopped(dossier_id: UUID, ground: str = "stop") -> ProcessingStopped:
    return ProcessingStopped(
        **heard(dossier_id, "workflow"),
        case_id=uuid4(),
        code="H15.50-261120-0001",
        procedure="house-building-permit",
        procedure_code="1.013225",
        procedure_name={"vi": "a", "en": "a", "fr": "a"},
        unit="ubnd_xa",
        language="vi",
        received_at=NOW,
        presentation=Personal("citizen-1", "{}"),
        ground=ground,
        reason=Personal("citizen-1", "đất tranh chấp"),
        legal_basis="Điều 9",
        stopped_by="officer-9",
        officer=Personal("officer-9", "Lê Thị Hoa"),
    )


def a_calendar_changed(
    day: str, kind: str = "off", *, scope: str = "national", **named: Any
) -> CalendarChanged:
    about = {"notice_id": uuid4(), "scope_id": None, "valid_from": NOW} | named
    return CalendarChanged.model_validate(
        {
            **heard(uuid4(), "workflow"),
            "dossier_id": None,
            "date": day,
            "kind": kind,
            "scope": scope,
            "legal_notice": "2026/TB",
            **about,
        }
    )


def as_json(value: Any) -> Any:
    """What crosses the bus and comes back."""
    return json.loads(json.dumps(value))
