"""Every question and command of the services behind intake, asked by everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.audit.service import AuditService
from services.documents.service import DocumentsService
from services.documents.worker import DocumentsWorker
from services.notifications.codes import Saying
from services.notifications.digests import Work
from services.notifications.service import NotificationsService
from services.signing.previews import DRAFTERS
from services.signing.service import SigningService
from services.workflow.application import WorkflowApplication
from services.workflow.bulk import Item
from services.workflow.domain.apology import Term
from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice
from services.workflow.domain.steps import Completion
from services.workflow.figures import Figures
from services.workflow.ports import Figured, Filters, Wanted
from services.workflow.service import WorkflowService
from shared import commands
from shared.actor import Actor
from shared.clock import LOCAL
from shared.commands import Command
from shared.errors import NotAllowedError
from tests.builders import notifications as notices
from tests.builders import signing as papers
from tests.builders.audit import DOSSIER as AUDITED
from tests.builders.audit import a_history, an_audit
from tests.builders.documents import (
    DOSSIER,
    Inspection,
    Scan,
    a_declaration,
    a_dossier_opened,
    a_file_brought,
    a_file_received,
    a_pdf,
    some_documents,
)
from tests.builders.people import CITIZENS, Town, anywhere, on_the_bus, those_let_in
from tests.builders.workflow import DOSSIER as HANDLED
from tests.builders.workflow import a_workflow, an_open_case
from tests.unit.rights.handling import (
    absences,
    handling,
    signing_together,
    underway,
)
from tests.unit.rights.reviewing import reviewing

Act = Callable[[Actor], Any]
Row = tuple[frozenset[str], Act]

TOWN = Town(home="ubnd_xa", reception="reception")
AUDITORS = anywhere("auditor")
OWNER = frozenset({"applicant"})
CONCERNED = OWNER | TOWN.at("home") | AUDITORS
WITH_A_UNIT = TOWN.at("home") | TOWN.at("reception") | TOWN.at("elsewhere")


STAFF = frozenset(TOWN.people) - CITIZENS
LEADERS = ("unit_leader", "agency_leader")
EDITORS = anywhere("manager") | anywhere("administrator")
DAY = datetime(2026, 11, 23, tzinfo=LOCAL)
NO_WORK = Work(day=DAY.date(), counts={}, urgent=[])
WITH_A_UNIT_LED = TOWN.at("home reception elsewhere", *LEADERS)


def assigned_together(app: WorkflowApplication, case: UUID, by: Actor) -> None:
    """Each step keeps its own rights: the answer says who was not let in."""
    commands.bind(Command(uuid4(), b""))
    to = {"assignee": "staff:reviewer.home"}
    [told] = app.bulk("assign", [Item(case, "review")], to, by=by)
    commands.bind(None)
    if told.get("code") == NotAllowedError.code:
        raise NotAllowedError


def queues(app: WorkflowApplication, case: UUID) -> dict[str, Row]:
    return {
        "queue": (WITH_A_UNIT, lambda by: app.queue(Wanted(), by=by)),
        "neighbours": (
            WITH_A_UNIT,
            lambda by: app.neighbours(case, "review", Filters(), by=by),
        ),
        "alerts": (STAFF, lambda by: app.alerts(by=by)),
        "views": (STAFF, lambda by: app.views(by=by)),
        "save_view": (STAFF, lambda by: app.save_view("x", {}, by=by)),
        "delete_view": (STAFF, lambda by: app.delete_view("y", by=by)),
        "bulk": (
            TOWN.at("home", *LEADERS),
            lambda by: assigned_together(app, case, by),
        ),
        "distribute": (
            WITH_A_UNIT_LED,
            lambda by: app.distribute([], ["staff:reviewer.home"], by=by),
        ),
    }


def the_clock(app: WorkflowApplication, case: UUID) -> dict[str, Row]:
    return {
        "propose_extension": (
            TOWN.at("home", "reviewer", "unit_leader"),
            lambda by: app.propose_extension(case, Term(1, "day"), "", by=by),
        ),
        "approve_extension": (
            TOWN.at("home", "agency_leader"),
            lambda by: app.approve_extension(case, "", by=by),
        ),
        "reject_extension": (
            TOWN.at("home", "agency_leader"),
            lambda by: app.reject_extension(case, "", by=by),
        ),
        **the_gazette(app),
    }


def the_gazette(app: WorkflowApplication) -> dict[str, Row]:
    return {
        "enter_calendar_notice": (
            EDITORS,
            lambda by: app.enter_calendar_notice(
                CalendarNotice(uuid4(), DAY.date(), "off", "national", None, "", DAY),
                by=by,
            ),
        ),
        "revoke_calendar_notice": (
            EDITORS,
            lambda by: app.revoke_calendar_notice(uuid4(), "", by=by),
        ),
        "calendar_notices": (STAFF, lambda by: app.calendar_notices(by=by)),
        "issue_decree": (
            EDITORS,
            lambda by: app.issue_decree(Decree(uuid4(), {}, "", "", DAY), by=by),
        ),
        "end_decree": (EDITORS, lambda by: app.end_decree(uuid4(), "", by=by)),
        "decrees": (STAFF, lambda by: app.decrees(by=by)),
        **the_figures(app),
    }


def the_figures(app: WorkflowApplication) -> dict[str, Row]:
    figures = Figures(DAY.date(), DAY.date())
    readers = anywhere("manager") | AUDITORS
    with_a_unit = TOWN.at("home reception elsewhere", "manager") | AUDITORS
    return {
        "statistics": (readers, lambda by: app.statistics(figures, by=by)),
        "trend": (readers, lambda by: app.trend(figures, by=by)),
        "bottlenecks": (readers, lambda by: app.bottlenecks(figures, by=by)),
        "figured_cases": (
            with_a_unit,
            lambda by: app.figured_cases(figures, Figured("open"), by=by),
        ),
    }


def workflow() -> dict[str, Row]:
    app = a_workflow()
    case = an_open_case(app)
    reviewer = TOWN.at("home", "reviewer")
    leaders = TOWN.at("home", "unit_leader", "agency_leader")
    unheard_of = Completion("moon")
    return {
        **the_clock(app, case),
        "claim_step": (reviewer, lambda by: app.claim_step(case, "review", by=by)),
        "assign_step": (
            leaders,
            lambda by: app.assign_step(case, "review", "staff:reviewer.home", by=by),
        ),
        "ask_supplement": (
            reviewer,
            lambda by: app.ask_supplement(case, "review", [], note="", by=by),
        ),
        "propose_result": (
            reviewer,
            lambda by: app.propose_result(case, "review", "granted", text="", by=by),
        ),
        "case": (CONCERNED, lambda by: app.case(case, by=by)),
        "case_of": (CONCERNED, lambda by: app.case_of(HANDLED, by=by)),
        **handling(app, case, TOWN),
        **underway(TOWN),
        **absences(app, TOWN),
        "finish_step": (
            reviewer,
            lambda by: app.finish_step(case, "review", unheard_of, by=by),
        ),
        **queues(app, case),
        **reviewing(app, case, TOWN),
        **signing_together(TOWN),
    }


def documents() -> dict[str, Row]:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    file = a_file_brought(app, store, a_pdf())
    worker = DocumentsWorker(app, store=store, scanner=Scan(), inspector=Inspection())
    worker.handle(a_file_received(file))
    desk = TOWN.at("reception", "front_desk")
    readers = CONCERNED | desk
    bringers = OWNER | TOWN.at("home") | desk

    def declare(by: Actor) -> int:
        return app.declare_file(uuid4(), DOSSIER, a_declaration(), by=by)

    return {
        "declare_file": (bringers, declare),
        "upload_grant": (OWNER, lambda by: app.upload_grant(file, by=by)),
        "receive_file": (OWNER, lambda by: app.receive_file(file, by=by)),
        "file": (readers, lambda by: app.file(file, by=by)),
        "files": (readers, lambda by: app.files(DOSSIER, by=by)),
        "download_grant": (readers, lambda by: app.download_grant(file, by=by)),
        "note_look": (readers, lambda by: app.note_look(file, by=by)),
    }


def signing() -> dict[str, Row]:
    app = papers.a_signing()
    paper: UUID = papers.a_requested_paper(app).id
    keepers = AUDITORS | TOWN.at("home", "clerk", "manager")
    day = papers.NOW.date()
    return {
        "receipt": (CONCERNED, lambda by: app.receipt(papers.DOSSIER, by=by)),
        "receipts": (
            keepers | TOWN.at("home", "front_desk"),
            lambda by: app.receipts(papers.UNIT, day, day, by=by),
        ),
        "papers": (CONCERNED, lambda by: app.papers(papers.DOSSIER, by=by)),
        "paper": (CONCERNED, lambda by: app.paper(paper, by=by)),
        "verify_paper": (CONCERNED, lambda by: app.verify_paper(paper, by=by)),
        "preview": (
            TOWN.at("home", *DRAFTERS),
            lambda by: app.preview(papers.DOSSIER, {}, by=by),
        ),
        "sealing": (keepers, lambda by: app.sealing(papers.UNIT, by=by)),
        "register": (
            keepers,
            lambda by: app.register(papers.UNIT, "receipt", 2026, by=by),
        ),
    }


def notifications() -> dict[str, Row]:
    app = notices.told(notices.submitted(2, unit="ubnd_xa"))
    app.handle(notices.step_opened("ubnd_xa"))
    notice = notices.the_notices(app)[0].id
    senders = TOWN.at("home", "front_desk", "reviewer")
    return {
        "messages": (CONCERNED, lambda by: app.messages(notices.DOSSIER, by=by)),
        "resend": (senders, lambda by: app.resend(notice, "x", by=by)),
        "send_code": (
            frozenset(),
            lambda by: app.send_code({}, Saying("sign-in", "vi"), by=by),
        ),
        "send_digest": (
            frozenset(),
            lambda by: app.send_digest({}, "vi", NO_WORK, by=by),
        ),
        "note_call": (
            senders,
            lambda by: app.note_call(notice, is_reached=True, note="", by=by),
        ),
    }


def audit() -> dict[str, Row]:
    app, _ = an_audit()
    a_history(app)
    app.access.handle(a_dossier_opened())
    return {
        "history": (CONCERNED, lambda by: app.history(AUDITED, by=by)),
        "verify_history": (CONCERNED, lambda by: app.verify_history(AUDITED, by=by)),
        "head": (AUDITORS, lambda by: app.head(by=by)),
    }


SERVICES = {
    WorkflowService: workflow,
    DocumentsService: documents,
    SigningService: signing,
    NotificationsService: notifications,
    AuditService: audit,
}


@pytest.mark.parametrize("service", SERVICES, ids=lambda each: each.name)
def test_everybody_is_let_in_or_refused_as_the_table_says(service: type[Any]) -> None:
    table = SERVICES[service]()

    found = {
        method: those_let_in(TOWN.people, act) for method, (_, act) in table.items()
    }

    assert on_the_bus(service) == set(table)
    assert found == {method: set(allowed) for method, (allowed, _) in table.items()}
