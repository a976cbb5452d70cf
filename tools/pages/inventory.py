"""Every page of the portal: its address, who looks, and at which dossier.

What is not a page but lies under a language (a picture, a download) stands in `ELSE`.
"""

from __future__ import annotations

from dataclasses import dataclass

VISITOR, APPLICANT = "visitor", "applicant"
ADMINISTRATOR = "administrator"
PROCEDURES = "/staff/admin/procedures"


@dataclass(frozen=True)
class Shown:
    """One page as somebody meets it; `of` names a dossier of the stage."""

    name: str
    path: str
    who: str = VISITOR
    of: str = ""

    @property
    def is_staff(self) -> bool:
        return self.path.startswith("/staff")


PUBLIC = [
    Shown("home", "/"),
    Shown("procedures", "/procedures?query=cu+tru"),
    Shown("procedures-none", "/procedures?query=xyzzy"),
    Shown("procedure", "/procedures/{procedure}", of="draft"),
    Shown("eligibility", "/procedures/{procedure}/eligibility", of="draft"),
    Shown("sign-in", "/sign-in"),
    Shown("sign-in-phone", "/sign-in/phone"),
    Shown("tracking", "/t/{tracking_code}", of="working"),
    Shown("tracking-unknown", "/t/ABCDEFGHJKMN"),
    Shown("not-found", "/nowhere"),
    Shown("staff-sign-in", "/staff/sign-in"),
]
CITIZENS = [
    Shown("dossiers", "/dossiers", APPLICANT, "draft"),
    Shown("draft", "/dossiers/{id}", APPLICANT, "draft"),
    Shown("tasks", "/dossiers/{id}/tasks", APPLICANT, "draft"),
    Shown("form", "/dossiers/{id}/form/{page}", APPLICANT, "draft"),
    Shown("documents", "/dossiers/{id}/documents", APPLICANT, "draft"),
    Shown("photos", "/dossiers/{id}/documents/{paper}/photos", APPLICANT, "draft"),
    Shown("scan-code", "/dossiers/{id}/documents/{paper}/phone", APPLICANT, "draft"),
    Shown("check", "/dossiers/{id}/check", APPLICANT, "draft"),
    Shown("keep-draft", "/dossiers/{id}/return", APPLICANT, "draft"),
    Shown("confirmation", "/dossiers/{id}/confirmation", APPLICANT, "sent"),
    Shown("sent", "/dossiers/{id}", APPLICANT, "sent"),
    Shown("working", "/dossiers/{id}", APPLICANT, "working"),
    Shown("supplement-asked", "/dossiers/{id}", APPLICANT, "asked"),
    Shown("supplement", "/dossiers/{id}/supplement", APPLICANT, "asked"),
    Shown("decided", "/dossiers/{id}", APPLICANT, "done"),
    Shown("messages", "/dossiers/{id}/messages", APPLICANT, "working"),
    Shown("helpers", "/dossiers/{id}/helpers", APPLICANT, "working"),
    Shown("rating", "/dossiers/{id}/rating", APPLICANT, "done"),
    Shown("complaint", "/dossiers/{id}/complaint", APPLICANT, "working"),
    Shown("payment", "/dossiers/{id}/payment", APPLICANT, "owing"),
]
DESK = [
    Shown("desk", "/staff/desk", "front_desk"),
    Shown("desk-filing", "/staff/desk?procedure={procedure}", "front_desk", "draft"),
    Shown("desk-received", "/staff/desk/dossiers/{id}", "front_desk", "working"),
    Shown("desk-online", "/staff/desk/dossiers/{id}", "front_desk", "sent"),
    Shown("desk-today", "/staff/desk/today", "front_desk"),
    Shown("desk-calls", "/staff/desk/calls", "front_desk"),
    Shown("desk-results", "/staff/desk/results", "front_desk"),
    Shown("desk-lookup", "/staff/desk/lookup", "front_desk"),
    Shown("register", "/staff/register", "front_desk"),
    Shown(
        "desk-scan-code",
        "/staff/desk/dossiers/{id}/phone/{paper}",
        "front_desk",
        "sent",
    ),
    Shown("desk-messages", "/staff/messages", "front_desk"),
    Shown("desk-thread", "/staff/dossiers/{id}/messages", "front_desk", "working"),
    Shown("case-received", "/staff/cases/{case}", "front_desk", "working"),
]
OFFICERS = [
    Shown("queue", "/staff/queue", "reviewer"),
    Shown("queue-empty", "/staff/queue?status=8", "reviewer"),
    Shown("case", "/staff/cases/{case}", "reviewer", "working"),
    Shown("approvals", "/staff/approvals", "agency_leader"),
    Shown("case-proposed", "/staff/cases/{case}", "agency_leader", "proposed"),
    Shown("sealing", "/staff/sealing", "clerk"),
    Shown("case-signed", "/staff/cases/{case}", "clerk", "signed"),
    Shown("viewer", "/staff/files/{file}", "reviewer", "working"),
    Shown("absences", "/staff/absences", "agency_leader"),
    Shown("control-sheet", "/staff/cases/{case}/control-sheet", "reviewer", "working"),
    Shown("phrases", "/staff/phrases", "unit_leader"),
    Shown("digest", "/staff/digest", "reviewer"),
    Shown("own-account", "/staff/account", "reviewer"),
]
MANAGERS = [
    Shown("dashboard", "/staff/dashboard", "manager"),
    Shown("dashboard-dossiers", "/staff/dashboard/dossiers?name=open", "manager"),
    Shown("ratings", "/staff/ratings", "manager"),
    Shown("complaints", "/staff/complaints", "manager"),
    Shown("complaint-lodged", "/staff/complaints/{id}", "manager", "working"),
    Shown("calendar", "/staff/calendar", "manager"),
    Shown("decrees", "/staff/decrees", "manager"),
    Shown("reconciliation", "/staff/reconciliation", "cashier"),
    Shown("refunds", "/staff/refunds", "manager"),
    Shown("refund", "/staff/refunds/{id}", "cashier", "proposed"),
    Shown("refund-waits", "/staff/refunds/{id}", "manager", "repaid"),
    Shown("accounts", "/staff/admin/accounts", ADMINISTRATOR),
    Shown("account-new", "/staff/admin/accounts/new", ADMINISTRATOR),
    Shown("account", "/staff/admin/accounts/admin", ADMINISTRATOR),
    Shown("own-password", "/staff/password", "reviewer"),
    Shown("agencies", "/staff/admin/agencies", ADMINISTRATOR),
    Shown("procedures-admin", PROCEDURES, ADMINISTRATOR),
    Shown("procedure-publish", f"{PROCEDURES}/publish", ADMINISTRATOR),
    Shown(
        "procedure-versions", "/staff/admin/procedures/certified-copy", ADMINISTRATOR
    ),
    Shown(
        "procedure-preview", "/staff/admin/procedures/certified-copy/1", ADMINISTRATOR
    ),
    Shown("operations", "/staff/operations", ADMINISTRATOR),
]
PAGES = [*PUBLIC, *CITIZENS, *DESK, *OFFICERS, *MANAGERS]

ELSE = {
    "/": "the address without a slash is looked at",
    "/staff": "leads to the queue",
    "/sign-in/phone/code": "after a code was sent; tests/acceptance/test_signing_in.py",
    "/kept/{form_id}": "after a session ended; tests/acceptance/test_signing_in.py",
    "/return/{token}": "by a link; tests/acceptance/test_filing_pages.py",
    "/helpers/{token}": "by a link; tests/acceptance/test_conversation.py",
    "/scan/{token}": "by a link; tests/acceptance/test_uploads.py",
    "/names/{list_name}": "what a script suggests",
    "/scan/{token}/{photo}": "a picture",
    "/dossiers/{dossier_id}/documents/{code}/photos/{photo}": "a picture",
    "/staff/files/{file_id}/pages/{number}": "a picture",
    "/dossiers/{dossier_id}/receipt.pdf": "a download",
    "/dossiers/{dossier_id}/result/{paper_id}": "a download",
    "/staff/desk/papers/{paper_id}": "a download",
    "/staff/cases/{case_id}/steps/{step}/preview": "a PDF",
    "/staff/dashboard.csv": "a download",
    "/staff/dashboard/dossiers.csv": "a download",
    "/staff/desk/drafts/{dossier_id}": "leads to the desk, filled",
    "/dossiers/{dossier_id}/payments/{payment_id}": "test_payment.py looks at it",
    "/dossiers/{dossier_id}/payments/{payment_id}/return": "test_payment.py, too",
}
