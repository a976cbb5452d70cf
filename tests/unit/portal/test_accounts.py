from __future__ import annotations

import pytest

from services.portal import passwords
from services.portal.application import NewAccount
from services.portal.errors import (
    AccountDisabledError,
    AccountNotFoundError,
    AccountTakenError,
    OwnAccountError,
    PasswordWeakError,
    RoleUnknownError,
    UnitUnknownError,
)
from shared.actor import SYSTEM, Actor
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.portal import PASSWORD, an_account, some_accounts

ADMIN = an_officer("administrator", subject="staff:admin")


def a_new_account(
    username: str = "lan",
    *,
    agency: str | None = "ubnd_xa",
    role: str = "reviewer",
    password: str = PASSWORD,
) -> NewAccount:
    return NewAccount(username, "Lê Thị Lan", agency, [role], password)


def test_an_administrator_lets_an_officer_in() -> None:
    accounts = some_accounts()

    accounts.open_account(a_new_account(), by=ADMIN)

    account = accounts.find_account("lan")
    assert account
    assert account.actor == Actor(
        "staff:lan", "ubnd_xa", ("reviewer",), kind="staff", level=2, name="Lê Thị Lan"
    )


def test_nobody_else_does() -> None:
    accounts = some_accounts()

    for stranger in (an_officer("manager"), Actor("citizen:1")):
        with pytest.raises(NotAllowedError):
            accounts.open_account(a_new_account(), by=stranger)

    assert accounts.find_account("lan") is None


def test_the_password_itself_is_never_stored() -> None:
    accounts = some_accounts()

    an_account(accounts)

    [stored] = accounts.recorder.select_notifications(1, 10)
    assert PASSWORD.encode() not in stored.state
    assert b"argon2id" in stored.state


def test_a_weak_password_is_refused() -> None:
    accounts = some_accounts()

    with pytest.raises(PasswordWeakError):
        accounts.open_account(a_new_account(password="short"), by=ADMIN)

    assert accounts.find_account("lan") is None


def test_a_name_is_given_once() -> None:
    accounts = some_accounts()
    an_account(accounts)

    with pytest.raises(AccountTakenError):
        accounts.open_account(a_new_account(), by=ADMIN)


def test_roles_and_units_must_exist() -> None:
    accounts = some_accounts()

    with pytest.raises(RoleUnknownError):
        accounts.open_account(a_new_account(role="king"), by=ADMIN)
    with pytest.raises(UnitUnknownError):
        accounts.open_account(a_new_account(agency="moon"), by=ADMIN)


def test_a_closed_account_stays_closed() -> None:
    accounts = some_accounts()
    an_account(accounts)

    accounts.disable_account("lan", by=ADMIN)

    account = accounts.find_account("lan")
    assert account
    assert account.is_disabled
    with pytest.raises(AccountDisabledError):
        accounts.disable_account("lan", by=ADMIN)


def test_an_unknown_account_cannot_be_closed() -> None:
    with pytest.raises(AccountNotFoundError):
        some_accounts().disable_account("nobody", by=ADMIN)


def test_nobody_closes_their_own_account() -> None:
    accounts = some_accounts()
    accounts.ensure_administrator(PASSWORD)

    with pytest.raises(OwnAccountError):
        accounts.disable_account("admin", by=ADMIN)


def test_the_first_administrator_is_made_once() -> None:
    accounts = some_accounts()

    accounts.ensure_administrator(PASSWORD)
    accounts.ensure_administrator("another password")

    [admin] = accounts.accounts(by=SYSTEM)
    assert passwords.matches(PASSWORD, admin.password_hash)


def test_the_list_of_accounts_is_for_administrators() -> None:
    accounts = some_accounts()
    an_account(accounts)

    with pytest.raises(NotAllowedError):
        accounts.accounts(by=an_officer("reviewer"))

    assert [each.username for each in accounts.accounts(by=ADMIN)] == ["lan"]


def test_without_a_hash_no_password_fits() -> None:
    assert not passwords.matches("the password of nobody", None)
    assert not passwords.matches(PASSWORD, "not a hash")
