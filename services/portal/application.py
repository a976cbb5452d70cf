"""What one can do with officers' accounts. One public method for each use case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.portal import passwords
from services.portal.domain import Account, Contact, require_administrator
from services.portal.errors import (
    AccountNotFoundError,
    AccountTakenError,
    LastAdministratorError,
    PasswordSameError,
    SignInRefusedError,
    UnitUnknownError,
)
from shared.actor import SYSTEM, Actor
from shared.clock import Clock, now
from shared.directory import Directory
from shared.eventsourcing import Application
from shared.personal import Keys

ADMINISTRATOR = "admin"
STAFF = "staff:"
PAGE = 100


@dataclass(frozen=True)
class NewAccount:
    username: str
    name: str
    agency: str | None
    roles: list[str]
    password: str


@dataclass(frozen=True)
class Changes:
    """Who an officer is from now on, as an administrator says."""

    name: str
    agency: str | None
    roles: list[str]
    email: str = ""


class PortalApplication(Application):
    """Commands answer the position in the log at which they became true."""

    name = "portal"

    def __init__(
        self,
        env: dict[str, str],
        *,
        keys: Keys,
        directory: Directory,
        clock: Clock = now,
    ) -> None:
        super().__init__(env, keys=keys, clock=clock)
        self.directory = directory

    def open_account(self, new: NewAccount, *, by: Actor) -> int:
        require_administrator(by)
        self._require_unit(new.agency)
        if self.find_account(new.username):
            raise AccountTakenError(new.username)
        account = Account.open(
            new.username,
            new.name,
            agency=new.agency,
            roles=new.roles,
            hash=passwords.hashed(new.password),
        )
        return self.commit(account)

    def disable_account(self, username: str, *, by: Actor) -> int:
        account = self._account(username)
        was_administrator = is_administrator(account)
        account.disable(by=by)
        if was_administrator:
            self._require_administrator_besides(username)
        return self.commit(account)

    def reopen_account(self, username: str, password: str, *, by: Actor) -> int:
        account = self._account(username)
        account.reopen(passwords.hashed(password), by=by)
        return self.commit(account)

    def change_account(self, username: str, changes: Changes, *, by: Actor) -> int:
        account = self._account(username)
        self._require_unit(changes.agency)
        was_administrator = is_administrator(account)
        contact = replace(account.contact, email=changes.email)
        account.change(changes.name, agency=changes.agency, roles=changes.roles, by=by)
        if was_administrator and not is_administrator(account):
            self._require_administrator_besides(username)
        if contact != account.contact:
            account.change_contact(contact, by=by)
        return self._kept(account)

    def reset_password(self, username: str, password: str, *, by: Actor) -> int:
        account = self._account(username)
        account.reset_password(passwords.hashed(password), by=by)
        return self.commit(account)

    def change_password(
        self, username: str, present: str, password: str, *, by: Actor
    ) -> int:
        account = self._account(username)
        if not passwords.matches(present, account.password_hash):
            raise SignInRefusedError
        if present == password:
            raise PasswordSameError
        account.change_password(passwords.hashed(password), by=by)
        return self.commit(account)

    def account_history(self, username: str, *, by: Actor) -> list[dict[str, Any]]:
        """What became of an account, the latest first: who did what, when."""
        require_administrator(by)
        account = self._account(username)
        events: list[Any] = list(self.events.get(account.id))
        return [
            {"topic": each.TOPIC, "at": each.timestamp, "by": each.actor["subject"]}
            for each in reversed(events)
        ]

    def change_contact(self, username: str, contact: Contact, *, by: Actor) -> int:
        account = self._account(username)
        account.change_contact(contact, by=by)
        return self.commit(account)

    def find_account(self, username: str) -> Account | None:
        account_id = Account.create_id(username)
        if account_id not in self.repository:
            return None
        account: Account = self.repository.get(account_id)
        return account

    def accounts(self, *, by: Actor) -> list[Account]:
        require_administrator(by)
        return [self.repository.get(account_id) for account_id in self._account_ids()]

    def add_factor(
        self, username: str, secret: str, spare: list[str], *, by: Actor
    ) -> int:
        account: Account = self.load(Account.create_id(username), AccountNotFoundError)
        account.add_factor(secret, spare, by=by)
        return self.commit(account)

    def remove_factor(self, username: str, *, by: Actor) -> int:
        account: Account = self.load(Account.create_id(username), AccountNotFoundError)
        account.remove_factor(by=by)
        return self.commit(account)

    def use_spare(self, username: str, digest: str) -> int:
        account: Account = self.load(Account.create_id(username), AccountNotFoundError)
        account.use_spare(digest)
        return self.commit(account)

    def names(self, subjects: Iterable[str]) -> dict[str, str]:
        """The names of officers, as sheets of paper show them."""
        known = {
            subject: self.find_account(subject.removeprefix(STAFF))
            for subject in subjects
            if subject.startswith(STAFF)
        }
        return {
            subject: account.actor.name
            for subject, account in known.items()
            if account and account.actor.name
        }

    def ensure_administrator(self, password: str) -> None:
        """The first officer, who lets in all the others."""
        if self.find_account(ADMINISTRATOR) is None:
            new = NewAccount(
                ADMINISTRATOR, "Administrator", None, ["administrator"], password
            )
            self.open_account(new, by=SYSTEM)

    def _account_ids(self) -> Iterator[UUID]:
        start = 1
        while opened := self.recorder.select_notifications(
            start, PAGE, topics=[Account.Opened.TOPIC]
        ):
            yield from (UUID(str(each.originator_id)) for each in opened)
            start = opened[-1].id + 1

    def _account(self, username: str) -> Account:
        found: Account = self.load(Account.create_id(username), AccountNotFoundError)
        return found

    def _kept(self, account: Account) -> int:
        """What was so already stands where it stood."""
        if not account.pending_events:
            return self.recorder.max_notification_id() or 0
        return self.commit(account)

    def _require_administrator_besides(self, username: str) -> None:
        for account_id in self._account_ids():
            other: Account = self.repository.get(account_id)
            if other.username != username and is_administrator(other):
                return
        raise LastAdministratorError(username)

    def _require_unit(self, agency: str | None) -> None:
        if agency and agency not in {unit.id for unit in self.directory.units}:
            raise UnitUnknownError(agency)


def is_administrator(account: Account) -> bool:
    return "administrator" in account.roles and not account.is_disabled
