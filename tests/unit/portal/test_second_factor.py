"""A second factor: set up with an app, asked for at the door and before decisions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from services.portal import one_time
from services.portal.domain import Account
from services.portal.errors import FactorKnownError
from shared.actor import Actor, StepUpNeededError
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.portal import NOON, PASSWORD, APortal, a_portal, an_account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LAN = an_officer("agency_leader", subject="staff:lan")
FORM = re.compile(r'name="(form_token|key|offer)" value="([^"]+)"')


class Door:
    """An officer with an app on their phone, before a portal."""

    def __init__(self, *, has_factor: bool = True) -> None:
        self.portal: APortal = a_portal()
        an_account(self.portal.parts.accounts, "lan", "agency_leader")
        self.spare = one_time.spare_codes()
        if has_factor:
            digests = [one_time.digest(each) for each in self.spare]
            self.portal.parts.accounts.add_factor("lan", SECRET, digests, by=LAN)

    @property
    def code(self) -> str:
        return one_time.at(SECRET, self.portal.clock.now)

    def opens(self, code: str = "") -> httpx.Response:
        said = {"username": "lan", "password": PASSWORD, "code": code}
        return self.portal.browser().post("/api/v1/session", json=said)

    def proves(self, proof: str) -> httpx.Response:
        actor = replace(LAN, level=2)
        address = "/api/v1/session/step-up"
        return self.portal.program(actor).post(address, json={"proof": proof})


def test_the_code_is_what_every_app_shows() -> None:
    """RFC 6238, appendix B, in six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    shown = [one_time.code_of(secret, at // 30) for at in (59, 1111111109, 1234567890)]

    assert shown == ["287082", "081804", "005924"]


def test_the_password_alone_opens_nothing_any_more() -> None:
    door = Door()

    assert door.opens().json()["code"] == "code-needed"
    assert door.opens("000000").json()["code"] == "sign-in-refused"
    assert door.opens(door.code).status_code == 201


def test_a_code_is_good_once_even_while_it_is_shown() -> None:
    door = Door()

    answers = [door.opens(door.code).status_code for _ in range(2)]

    assert answers == [201, 401]


@pytest.mark.parametrize(("late", "status"), [(25, 201), (120, 401)])
def test_clocks_may_differ_a_little(late: int, status: int) -> None:
    door = Door()
    code = door.code

    door.portal.clock.pass_by(timedelta(seconds=late))

    assert door.opens(code).status_code == status


def test_a_spare_code_stands_for_the_phone_once() -> None:
    door = Door()
    spare = door.spare[3].upper()

    answers = [door.opens(f"{spare[:4]}-{spare[4:]}").status_code for _ in range(2)]

    assert answers == [201, 401]


def test_decisions_ask_for_the_code_and_not_for_the_password() -> None:
    door = Door()

    assert door.proves(PASSWORD).json()["code"] == "proof-wrong"
    assert door.proves(door.code).status_code == 200


def test_neither_secret_nor_spare_codes_are_stored_in_clear() -> None:
    door = Door()

    log = door.portal.parts.accounts.recorder.select_notifications(1, 100)
    stored = b"".join(each.state for each in log).decode()

    assert SECRET not in stored
    assert not any(each in stored for each in door.spare)


def an_open_account() -> Account:
    account = Account.open("lan", "Lan", agency=None, roles=[], hash="x")
    account.collect_events()
    return account


@pytest.mark.parametrize(
    "by",
    [
        Actor("citizen:1"),
        an_officer("administrator", subject="staff:admin"),
        Actor("staff:lan", kind="citizen", level=3),
    ],
    ids=str,
)
def test_nobody_adds_a_factor_to_another_account(by: Actor) -> None:
    account = an_open_account()

    with pytest.raises(NotAllowedError):
        account.add_factor(SECRET, [], by=by)

    assert events(account) == []


def test_a_stolen_session_neither_adds_nor_removes_one() -> None:
    account = an_open_account()
    signed_in = replace(LAN, level=2)

    with pytest.raises(StepUpNeededError):
        account.add_factor(SECRET, [], by=signed_in)
    account.add_factor(SECRET, [], by=LAN)
    with pytest.raises(StepUpNeededError):
        account.remove_factor(by=signed_in)
    with pytest.raises(FactorKnownError):
        account.add_factor(SECRET, [], by=LAN)

    assert events(account) == ["FactorAdded"]


def test_who_lost_everything_asks_an_administrator() -> None:
    account = an_open_account()
    account.add_factor(SECRET, ["a"], by=LAN)

    account.remove_factor(by=an_officer("administrator", subject="staff:admin"))

    assert (account.factor, account.spare) == (None, ())


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_an_officer_sets_it_up_on_their_page(language: str) -> None:
    door = Door(has_factor=False)
    browser = door.portal.person(LAN)
    here = f"/{language}/staff/account"
    page = browser.get(here).text
    offered = browser.post(f"{here}/factor", data=dict(FORM.findall(page))).text
    secret = "".join(re.findall(r"<code>([A-Z2-7 ]{30,})</code>", offered)[0].split())
    form = dict(FORM.findall(offered))

    wrong = browser.post(f"{here}/factor/confirmation", data=form | {"code": "000000"})
    right = browser.post(
        f"{here}/factor/confirmation", data=form | {"code": one_time.at(secret, NOON)}
    )

    assert "data:image/svg+xml" in offered
    assert wrong.status_code == 422
    assert len(re.findall(r"<code>[a-z0-9]{4}-[a-z0-9]{4}-", right.text)) == 10
    account = door.portal.parts.accounts.find_account("lan")
    assert account
    assert account.factor
