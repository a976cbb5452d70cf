"""The account: which officer may sign in, for which unit, with which roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.portal.errors import (
    AccountDisabledError,
    AccountOpenError,
    EmailInvalidError,
    OwnAccountError,
    RoleUnknownError,
)
from services.portal.second_factor import SecondFactor
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

NAMESPACE = UUID("6a3f7a0e-52c9-4a4e-9a54-0d5ffb1c9d51")

ROLES = frozenset(
    {
        "front_desk",
        "reviewer",
        "unit_leader",
        "agency_leader",
        "clerk",
        "return_officer",
        "cashier",
        "inspector",
        "manager",
        "auditor",
        "administrator",
        "data_protection",
    }
)


@dataclass(frozen=True)
class Contact:
    """Where and in which language an officer is written to; no e-mail: not at all."""

    email: str = field(default="", repr=False)
    language: str = "vi"
    wants_digest: bool = True

    @property
    def is_written_to(self) -> bool:
        return bool(self.email) and self.wants_digest


NO_CONTACT = Contact()
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def require_known(roles: list[str]) -> None:
    if unknown := sorted(set(roles) - ROLES):
        raise RoleUnknownError(*unknown)


def require_administrator(by: Actor) -> None:
    if not by.has("administrator") and by.kind != "system":
        raise NotAllowedError(by.subject)


class Account(SecondFactor, Aggregate):
    """One officer's way in. Only a hash of the password is ever known."""

    TOPIC = "portal.account"

    class Opened(Aggregate.Event, AggregateCreated):
        TOPIC = "portal.account.opened"

        username: str
        name: Personal | Erased
        agency: str | None
        roles: list[str]
        password_hash: str

    def __init__(
        self,
        *,
        username: str,
        name: Personal | Erased,
        agency: str | None,
        roles: list[str],
        password_hash: str,
    ) -> None:
        self.username = username
        self.name = name
        self.agency = agency
        self.roles = roles
        self.password_hash = password_hash
        self.is_disabled = False
        self.must_change_password = False
        self.contact = NO_CONTACT
        self.factor = None
        self.spare = ()

    @staticmethod
    def create_id(username: str) -> UUID:
        return uuid5(NAMESPACE, username)

    @classmethod
    def open(
        cls,
        username: str,
        name: str,
        *,
        agency: str | None,
        roles: list[str],
        hash: str,
    ) -> Account:
        """Let an officer in from now on."""
        require_known(roles)
        return cls(
            username=username,
            name=Personal(subject(username), name),
            agency=agency,
            roles=roles,
            password_hash=hash,
        )

    @property
    def newcomer(self) -> Actor:
        """Who may do nothing yet but take a password of their own."""
        return replace(self.actor, agency=None, roles=())

    @property
    def actor(self) -> Actor:
        """The officer, as the services will know them."""
        return Actor(
            subject(self.username),
            self.agency,
            tuple(self.roles),
            kind="staff",
            level=2,
            name=self.name.value if isinstance(self.name, Personal) else "",
        )

    def disable(self, *, by: Actor) -> None:
        """Let the officer in no more. What they did keeps their mark."""
        require_administrator(by)
        if by.subject == subject(self.username):
            raise OwnAccountError(self.username)
        if self.is_disabled:
            raise AccountDisabledError(self.username)
        self.trigger_event(self.Disabled)

    class Disabled(Aggregate.Event):
        TOPIC = "portal.account.disabled"

        def apply(self, aggregate: Account) -> None:
            aggregate.is_disabled = True

    def reopen(self, hash: str, *, by: Actor) -> None:
        """Let the officer in again, with a password to be changed at once."""
        require_administrator(by)
        if not self.is_disabled:
            raise AccountOpenError(self.username)
        self.trigger_event(self.Reopened, password_hash=hash)

    class Reopened(Aggregate.Event):
        TOPIC = "portal.account.reopened"

        password_hash: str

        def apply(self, aggregate: Account) -> None:
            aggregate.is_disabled = False
            aggregate.password_hash = self.password_hash
            aggregate.must_change_password = True

    def change(
        self, name: str, *, agency: str | None, roles: list[str], by: Actor
    ) -> None:
        """Say who the officer is now, for which unit, and what they may do."""
        require_administrator(by)
        self._require_open()
        require_known(roles)
        if by.subject == subject(self.username) and "administrator" not in roles:
            raise OwnAccountError(self.username)
        named = Personal(subject(self.username), name)
        if (named, agency, roles) != (self.name, self.agency, self.roles):
            self.trigger_event(self.Changed, name=named, agency=agency, roles=roles)

    class Changed(Aggregate.Event):
        TOPIC = "portal.account.changed"

        name: Personal | Erased
        agency: str | None
        roles: list[str]

        def apply(self, aggregate: Account) -> None:
            aggregate.name = self.name
            aggregate.agency = self.agency
            aggregate.roles = self.roles

    def reset_password(self, hash: str, *, by: Actor) -> None:
        """Give the officer a password that is good for one sign-in."""
        require_administrator(by)
        self._require_open()
        self.trigger_event(self.PasswordSet, password_hash=hash, is_temporary=True)

    def change_password(self, hash: str, *, by: Actor) -> None:
        """Take a password of one's own."""
        if by.subject != subject(self.username):
            raise NotAllowedError(by.subject)
        self._require_open()
        self.trigger_event(self.PasswordSet, password_hash=hash, is_temporary=False)

    class PasswordSet(Aggregate.Event):
        TOPIC = "portal.account.password-set"

        password_hash: str
        is_temporary: bool

        def apply(self, aggregate: Account) -> None:
            aggregate.password_hash = self.password_hash
            aggregate.must_change_password = self.is_temporary

    def _require_open(self) -> None:
        if self.is_disabled:
            raise AccountDisabledError(self.username)

    def change_contact(self, contact: Contact, *, by: Actor) -> None:
        """Say where the officer is written to, and whether each day with work."""
        if by.subject != subject(self.username):
            require_administrator(by)
        if self.is_disabled:
            raise AccountDisabledError(self.username)
        if contact.email and not EMAIL.fullmatch(contact.email):
            raise EmailInvalidError(self.username)
        sealed = Personal(subject(self.username), contact.email)
        self.trigger_event(
            self.ContactChanged,
            email=sealed if contact.email else None,
            language=contact.language,
            wants_digest=contact.wants_digest,
        )

    class ContactChanged(Aggregate.Event):
        TOPIC = "portal.account.contact-changed"

        email: Personal | Erased | None
        language: str
        wants_digest: bool

        def apply(self, aggregate: Account) -> None:
            email = self.email.value if isinstance(self.email, Personal) else ""
            aggregate.contact = Contact(email, self.language, self.wants_digest)


def subject(username: str) -> str:
    """Under which name the services know an officer."""
    return f"staff:{username}"


def officer(name: str) -> str:
    """An officer's subject, from that or from their user name."""
    name = name.strip()
    return name if ":" in name or not name else subject(name)
