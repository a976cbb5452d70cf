from __future__ import annotations

import pytest

from services.portal import passwords
from services.portal.application import Changes, NewAccount
from services.portal.errors import (
    AccountDisabledError,
    AccountNotFoundError,
    AccountTakenError,
    LastAdministratorError,
    OwnAccountError,
    PasswordSameError,
    PasswordWeakError,
    RoleUnknownError,
    SignInRefusedError,
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


def test_an_officer_is_given_other_roles_and_another_unit() -> None:
    accounts = some_accounts()
    an_account(accounts)
    changes = Changes("Lê Lan", "bhxh", ["clerk"], "lan@example.vn")

    accounts.change_account("lan", changes, by=ADMIN)

    account = accounts.find_account("lan")
    assert account
    assert (account.actor.name, account.agency) == ("Lê Lan", "bhxh")
    assert (account.roles, account.contact.email) == (["clerk"], "lan@example.vn")


def test_only_an_administrator_changes_an_account() -> None:
    accounts = some_accounts()
    an_account(accounts)
    by, lan = an_officer("manager"), an_officer("reviewer", subject="staff:lan")
    acts = (
        lambda: accounts.change_account("lan", Changes("X", None, []), by=lan),
        lambda: accounts.reset_password("lan", PASSWORD, by=by),
        lambda: accounts.reopen_account("lan", PASSWORD, by=by),
        lambda: accounts.account_history("lan", by=by),
    )

    for act in acts:
        with pytest.raises(NotAllowedError):
            act()


def test_the_last_administrator_stays() -> None:
    accounts = some_accounts()
    an_account(accounts, "lan", "administrator")
    gone = Changes("Lan", None, ["clerk"])

    with pytest.raises(LastAdministratorError):
        accounts.disable_account("lan", by=ADMIN)
    with pytest.raises(LastAdministratorError):
        accounts.change_account("lan", gone, by=ADMIN)
    an_account(accounts, "hoa", "administrator")
    accounts.change_account("lan", gone, by=ADMIN)


def test_nobody_gives_up_their_own_office() -> None:
    accounts = some_accounts()
    an_account(accounts, "admin", "administrator")
    an_account(accounts, "hoa", "administrator")

    with pytest.raises(OwnAccountError):
        accounts.change_account("admin", Changes("A", None, ["clerk"]), by=ADMIN)


def test_a_closed_account_is_opened_again_with_a_password_for_once() -> None:
    accounts = some_accounts()
    an_account(accounts, "lan")
    an_account(accounts, "hoa", "administrator")
    accounts.disable_account("lan", by=ADMIN)

    accounts.reopen_account("lan", "another long password", by=ADMIN)

    account = accounts.find_account("lan")
    assert account
    assert (account.is_disabled, account.must_change_password) == (False, True)
    assert (account.newcomer.roles, account.newcomer.agency) == ((), None)
    topics = [each["topic"] for each in accounts.account_history("lan", by=ADMIN)]
    assert topics[:2] == ["portal.account.reopened", "portal.account.disabled"]


def test_who_was_given_a_password_takes_one_of_their_own() -> None:
    accounts = some_accounts()
    an_account(accounts)
    lan = an_officer("reviewer", subject="staff:lan")
    accounts.reset_password("lan", "once and only once", by=ADMIN)

    with pytest.raises(SignInRefusedError):
        accounts.change_password("lan", PASSWORD, "one of my own here", by=lan)
    same = "once and only once"
    with pytest.raises(PasswordSameError):
        accounts.change_password("lan", same, same, by=lan)
    accounts.change_password("lan", "once and only once", "one of my own", by=lan)

    account = accounts.find_account("lan")
    assert account
    assert not account.must_change_password
    assert passwords.matches("one of my own", account.password_hash)
