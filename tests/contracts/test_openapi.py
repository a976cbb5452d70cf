"""What the portal promises to programs, as they read it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders.portal import a_portal

PROMISED = """
POST /session | GET /session | DELETE /session | POST /session/step-up | GET /me
GET /procedures | GET /procedures/{slug}
PUT /catalogue | POST /dossiers | GET /dossiers | GET /dossiers/{dossier_id}
PUT /dossiers/{dossier_id}/answers | GET /dossiers/{dossier_id}/problems
PUT /dossiers/{dossier_id}/documents/{code}/file
PUT /dossiers/{dossier_id}/documents/{code}/paper
PUT /dossiers/{dossier_id}/documents/{code}/assessment
DELETE /dossiers/{dossier_id}/documents/{code}/files/{file_id}
POST /dossiers/{dossier_id}/submission | POST /dossiers/{dossier_id}/acceptance
POST /dossiers/{dossier_id}/refusal | POST /dossiers/{dossier_id}/supplement
POST /dossiers/{dossier_id}/supplement-answer
POST /dossiers/{dossier_id}/supplement-leave
POST /dossiers/{dossier_id}/withdrawal
POST /dossiers/{dossier_id}/payments | POST /dossiers/{dossier_id}/exemptions
POST /dossiers/{dossier_id}/hand-over | GET /dossiers/{dossier_id}/history
GET /dossiers/{dossier_id}/papers | GET /dossiers/{dossier_id}/messages
GET /dossiers/{dossier_id}/files | GET /dossiers/{dossier_id}/case
GET /files/{file_id}/content | GET /papers/{paper_id} | GET /papers/{paper_id}/content
GET /papers/{paper_id}/verification | GET /queue | GET /cases/{case_id}
POST /cases/{case_id}/steps/{step}/claim | POST /cases/{case_id}/steps/{step}/assignment
POST /cases/{case_id}/steps/{step}/completion
POST /cases/{case_id}/steps/{step}/proposal
POST /cases/{case_id}/steps/{step}/supplement
POST /cases/{case_id}/steps/{step}/sending-back | POST /cases/{case_id}/recall
POST /cases/{case_id}/steps/{step}/consultations
POST /cases/{case_id}/steps/{step}/cancellation
POST /cases/{case_id}/steps/{step}/co-handlers
POST /cases/{case_id}/steps/{step}/opinions
POST /cases/{case_id}/suspension | POST /cases/{case_id}/resumption
POST /cases/{case_id}/stop | POST /cases/{case_id}/withdrawal-decision
POST /cases/{case_id}/payment-request | POST /cases/{case_id}/supplement-leave
POST /cases/{case_id}/result-withdrawal | POST /cases/{case_id}/extension
POST /cases/{case_id}/extension-approval | POST /cases/{case_id}/extension-rejection
GET /queue/neighbours | POST /queue/bulk | POST /queue/distribution | GET /alerts
GET /due-date | GET /views | PUT /views/{name} | DELETE /views/{name}
GET /absences | POST /absences | DELETE /absences/{absence_id}
GET /calendar-notices | POST /calendar-notices
DELETE /calendar-notices/{notice_id} | GET /decrees | POST /decrees
DELETE /decrees/{decree_id} | GET /statistics | GET /statistics/trend
GET /statistics/steps | GET /statistics/dossiers
POST /messages/{message_id}/resend | POST /accounts | GET /accounts
PUT /accounts/{username} | POST /accounts/{username}/password
POST /accounts/{username}/opening | DELETE /accounts/{username} | POST /erasures
GET /dossiers/{dossier_id}/ways-to-pay | POST /dossiers/{dossier_id}/online-payments
GET /dossiers/{dossier_id}/online-payments/{payment_id} | GET /payments/vnpay/ipn
POST /transfers | GET /reconciliation | POST /reconciliation/{transfer_id}/match
POST /reconciliation/{transfer_id}/dismissal | GET /refunds
POST /dossiers/{dossier_id}/refunds
POST /dossiers/{dossier_id}/refunds/{payment_id}/decision
GET /cases/{case_id}/control-sheet | GET /cases/{case_id}/{kind}.pdf
GET /register | GET /register.pdf
GET /dossiers/{dossier_id}/conversation | POST /dossiers/{dossier_id}/conversation
PUT /dossiers/{dossier_id}/conversation/read
GET /dossiers/{dossier_id}/helpers | POST /dossiers/{dossier_id}/helpers
DELETE /dossiers/{dossier_id}/helpers/{helper_id} | GET /invitations/{token}
POST /invitations/{token}/code | POST /invitations/{token}
POST /dossiers/{dossier_id}/rating | GET /dossiers/{dossier_id}/complaints
POST /dossiers/{dossier_id}/complaints | GET /complaints | GET /ratings
POST /dossiers/{dossier_id}/complaints/{complaint_id}/answer
GET /approvals | POST /approvals | GET /cases/{case_id}/difference
PUT /cases/{case_id}/seen | GET /cases/{case_id}/deeds | GET /sealing | GET /phrases
POST /cases/{case_id}/steps/{step}/preview
PUT /phrases/{phrase_id} | DELETE /phrases/{phrase_id}
PUT /accounts/{username}/contact
GET /operations | POST /operations/{service}/inboxes/{inbox}/redrive
"""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    answer = a_portal().browser().get("/api/v1/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")


def test_it_names_every_promised_address_and_no_page(document: dict[str, Any]) -> None:
    promised = {
        each.strip() for line in PROMISED.splitlines() for each in line.split("|")
    }

    assert operations(document).keys() == promised - {""}


def test_every_operation_says_what_it_is_for(document: dict[str, Any]) -> None:
    silent = [
        name
        for name, operation in operations(document).items()
        if not operation.get("summary") or not operation.get("description")
    ]

    assert silent == []


def test_every_order_names_its_key(document: dict[str, Any]) -> None:
    nameless = [
        name
        for name, operation in operations(document).items()
        if not name.startswith("GET") and "/session" not in name
        if "idempotency-key" not in {each["name"] for each in operation["parameters"]}
    ]

    assert nameless == []
