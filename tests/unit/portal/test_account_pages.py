"""Officers' accounts as an administrator meets them, and one's own password."""

from __future__ import annotations

import re

import pytest

from tests.builders import an_officer
from tests.builders.portal import PASSWORD, APortal, Browser, a_portal, an_account
from tests.unit.portal.test_pages import LANGUAGES, hidden

HERE = "/vi/staff/admin/accounts"
PAGES = ("accounts", "accounts/new", "accounts/lan", "agencies")
NEW = {
    "username": "binh",
    "name": "Trần Bình",
    "agency": "ubnd_xa",
    "roles": "clerk",
    "email": "binh@example.vn",
    "password": "for one time only",
}


def an_office() -> tuple[APortal, Browser]:
    portal = a_portal()
    an_account(portal.parts.accounts)
    an_account(portal.parts.accounts, "hoa", "administrator")
    return portal, portal.person(an_officer("administrator", subject="staff:hoa"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "page", ["accounts", "accounts/new", "accounts/lan", "agencies"]
)
def test_the_pages_are_there_in_every_language(language: str, page: str) -> None:
    _, browser = an_office()

    assert browser.get(f"/{language}/staff/admin/{page}").status_code == 200


@pytest.mark.parametrize(
    "page", ["accounts", "accounts/new", "accounts/lan", "agencies"]
)
def test_they_are_for_administrators(page: str) -> None:
    portal, _ = an_office()
    manager = portal.person(an_officer("manager", "auditor"))

    assert manager.get(f"/vi/staff/admin/{page}").status_code == 403


def test_accounts_are_found_by_name_unit_role_and_state() -> None:
    _, browser = an_office()

    assert "/lan" in browser.get(f"{HERE}?query=le thi").text
    assert "/lan" not in browser.get(f"{HERE}?query=binh").text
    assert "/lan" not in browser.get(f"{HERE}?role=administrator").text
    assert "/lan" not in browser.get(f"{HERE}?state=closed").text


def test_an_account_is_opened_with_a_password_for_once() -> None:
    portal, browser = an_office()
    form = hidden(browser.get(f"{HERE}/new").text)

    answer = browser.post(f"{HERE}/new", data={**form, **NEW})

    assert answer.headers["location"] == f"{HERE}?done=account_opened"
    account = portal.parts.accounts.find_account("binh")
    assert account
    assert (account.roles, account.must_change_password) == (["clerk"], True)
    assert account.contact.email == "binh@example.vn"


def test_what_was_wrong_is_shown_again_as_it_was_typed() -> None:
    _, browser = an_office()
    form = hidden(browser.get(f"{HERE}/new").text)

    answer = browser.post(f"{HERE}/new", data={**form, **NEW, "username": "B!"})

    assert answer.status_code == 422
    assert 'value="Trần Bình"' in answer.text
    assert "for one time only" not in answer.text


def test_a_changed_account_is_in_its_history() -> None:
    portal, browser = an_office()
    form = hidden(browser.get(f"{HERE}/lan").text)

    browser.post(f"{HERE}/lan", data={**form, **NEW, "roles": "cashier"})

    account = portal.parts.accounts.find_account("lan")
    assert account
    assert account.roles == ["cashier"]
    assert "Thay đổi tài khoản cán bộ" in browser.get(f"{HERE}/lan").text


@pytest.mark.parametrize(("language", "who"), [("vi", "Hệ thống"), ("fr", "Système")])
def test_what_the_system_did_is_said_in_words(language: str, who: str) -> None:
    _, browser = an_office()

    page = browser.get(f"/{language}/staff/admin/accounts/lan").text

    assert re.search(rf"</time> \W {who}</p>", page)


def test_who_has_a_password_for_once_may_only_change_it() -> None:
    portal, administrator = an_office()
    form = hidden(administrator.get(f"{HERE}/lan").text)
    once = {"password": "for one time only"}
    administrator.post(f"{HERE}/lan/password", data={**form, **once})
    lan = portal.browser()
    form = hidden(lan.get("/vi/staff/sign-in").text)

    signed_in = lan.post("/vi/staff/sign-in", data={**form, "username": "lan", **once})

    assert signed_in.headers["location"] == "/vi/staff/password"
    form = hidden(lan.get("/vi/staff/password").text)
    own = {"present": "for one time only", "password": PASSWORD}
    changed = lan.post("/vi/staff/password", data={**form, **own})
    assert "password_changed" in changed.headers["location"]
    again = lan.post("/vi/staff/sign-in", data={**form, "username": "lan", **own})
    assert again.headers["location"] == "/vi/staff/queue"
