"""An account of the broker reaches what is its own, and nothing else."""

from __future__ import annotations

import re
from base64 import b64decode
from hashlib import sha256

import pytest

from infra.embedded.broker_accounts import calls, hashed, tells, touches


def reaches(name: str, thing: str) -> bool:
    return re.search(touches(name)["configure"], thing) is not None


@pytest.mark.parametrize(
    "queue",
    [
        "intake.inbox.0",
        "intake.dead-letters",
        "intake-work.inbox.3",
        "rpc-intake",
        "rpc.reply-intake-1f0c",
        "intake.replies.1f0c",
        "contracts",
        "nameko-rpc",
    ],
)
def test_a_service_reaches_its_own(queue: str) -> None:
    assert reaches("intake", queue)


@pytest.mark.parametrize(
    "queue",
    [
        "workflow.inbox.0",
        "rpc-workflow",
        "rpc.reply-workflow-1f0c",
        "intake",
        "amq.default",
        "dead-letters",
        "my-intake.inbox.0",
    ],
)
def test_a_service_reaches_nothing_of_others(queue: str) -> None:
    assert not reaches("intake", queue)


def test_a_service_says_only_what_its_contract_promises() -> None:
    right = tells("intake")["write"]

    assert re.search(right, "dossier.submitted.v1.3")
    assert re.search(right, "event.recorded.v1.all")
    assert not re.search(right, "paper.issued.v1.3")


def test_only_the_portal_calls() -> None:
    assert re.search(calls("portal")["write"], "intake.submit_dossier")
    assert not re.search(calls("workflow")["write"], "intake.submit_dossier")
    assert re.search(calls("workflow")["write"], "intake.told")


def test_a_password_is_stored_as_a_salted_hash() -> None:
    stored = b64decode(hashed("secret"))

    assert stored[4:] == sha256(stored[:4] + b"secret").digest()
    assert hashed("secret") != hashed("secret")
