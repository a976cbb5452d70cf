"""Before officers answer for a decision they prove once more that it is them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.actor import Actor
from shared.errors import Refused
from tests.builders.portal import (
    PASSWORD,
    APortal,
    Browser,
    a_citizen,
    a_portal,
    an_account,
)

FORM = re.compile(r'name="(form_token|key)" value="([^"]+)"')
STEP_UP = "/api/v1/session/step-up"
PLACE = "/en/staff/absences"
WANTED = Refused("step-up-needed", "Prove it")
TYPED = {"since": "2026-12-24", "until": "2026-12-25"}


class Leader:
    """Signed in with a password, some time ago."""

    def __init__(self, answers: dict[str, Any] | None = None) -> None:
        self.portal: APortal = a_portal({"workflow.absences": []} | (answers or {}))
        an_account(self.portal.parts.accounts, "lan", "agency_leader")
        account = self.portal.parts.accounts.find_account("lan")
        assert account
        self.actor: Actor = account.actor
        self.browser: Browser = self.portal.person(self.actor)

    def proves(self, proof: str) -> httpx.Response:
        return self.portal.program(self.actor).post(STEP_UP, json={"proof": proof})

    def sends(self, **more: str) -> httpx.Response:
        form = dict(FORM.findall(self.browser.get(PLACE).text))
        return self.browser.post(PLACE, data=form | TYPED | more)


def test_the_password_proves_it_for_five_minutes() -> None:
    leader = Leader()
    program = leader.portal.program(leader.actor)
    before = program.get("/api/v1/me").json()["level"]

    answer = program.post(STEP_UP, json={"proof": PASSWORD})

    assert answer.json()["until"] == "2026-11-20T05:05:00Z"
    assert (before, program.get("/api/v1/me").json()["level"]) == (2, 3)


def test_another_password_proves_nothing() -> None:
    answer = Leader().proves("a wrong password")

    assert (answer.status_code, answer.json()["code"]) == (403, "proof-wrong")


def test_it_is_guessed_as_seldom_as_a_password() -> None:
    leader = Leader()

    codes = [leader.proves("guess").json()["code"] for _ in range(6)]

    assert codes == ["proof-wrong"] * 5 + ["too-many-attempts"]
    assert leader.proves(PASSWORD).json()["code"] == "too-many-attempts"


def test_citizens_have_nothing_to_prove_so() -> None:
    portal = a_portal()

    answer = portal.program(a_citizen()).post(STEP_UP, json={"proof": PASSWORD})

    assert answer.status_code == 403


def test_a_page_asks_for_the_proof_and_keeps_what_was_entered() -> None:
    leader = Leader({"workflow.enter_absence": WANTED})

    asked = leader.sends()

    assert asked.status_code == 403
    assert "Confirm that it is you" in asked.text
    assert 'name="since" value="2026-12-24"' in asked.text
    assert f'action="{PLACE}"' in asked.text
    assert 'type="password"' in asked.text


def test_with_the_proof_it_is_done_as_somebody_who_has_proven_it() -> None:
    leader = Leader()

    done = leader.sends(proof=PASSWORD)

    assert done.status_code == 303
    assert leader.browser.get("/api/v1/me").json()["level"] == 3


def test_with_a_wrong_proof_nothing_is_done_and_nothing_lost() -> None:
    leader = Leader()

    again = leader.sends(proof="a wrong password")

    assert leader.portal.bus.orders == []
    assert "the password or the code is wrong" in again.text
    assert 'name="since" value="2026-12-24"' in again.text
    assert "a wrong password" not in again.text


def test_the_order_keeps_its_key_through_the_proof() -> None:
    leader = Leader({"workflow.enter_absence": WANTED})
    key = str(uuid4())

    asked = leader.sends(key=key)

    assert f'name="key" value="{key}"' in asked.text


@pytest.mark.parametrize("token", ["", "forged"])
def test_another_site_cannot_use_a_proof(token: str) -> None:
    leader = Leader()

    leader.sends(proof=PASSWORD, form_token=token)

    assert leader.portal.bus.orders == []
    assert leader.browser.get("/api/v1/me").json()["level"] == 2


def test_a_closed_account_proves_nothing_any_more() -> None:
    leader = Leader()
    admin = replace(leader.actor, subject="staff:admin", roles=("administrator",))
    leader.portal.parts.accounts.disable_account("lan", by=admin)

    assert leader.proves(PASSWORD).json()["code"] == "proof-wrong"
