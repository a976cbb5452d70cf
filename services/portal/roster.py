"""Which officers work where, and what they are called: kept in memory, read on."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from uuid import UUID

from services.portal.application import PAGE, PortalApplication
from services.portal.domain import Account, subject
from shared.personal import Personal

CHANGING = [
    each.TOPIC
    for each in (
        Account.Opened,
        Account.Disabled,
        Account.ContactChanged,
        Account.Changed,
        Account.Reopened,
    )
]


class Roster:
    """The accounts as they are now, without reading each of them again and again."""

    def __init__(self, accounts: PortalApplication) -> None:
        self._accounts = accounts
        self._known: dict[UUID, Account] = {}
        self._seen = 0
        self._lock = Lock()

    def names(self) -> dict[str, str]:
        """What everybody who ever worked here is called, by their subject."""
        return {subject(each.username): called(each) for each in self._all()}

    def colleagues(self, unit: str | None) -> list[Account]:
        """Who works in a unit now, sorted by name."""
        here = [each for each in self._all() if works(each, unit)]
        return sorted(here, key=given_name)

    def written_to(self) -> list[Account]:
        """Who works somewhere and wants to read each day what waits."""
        return [
            each
            for each in self._all()
            if each.agency and each.contact.is_written_to and not each.is_disabled
        ]

    def _all(self) -> list[Account]:
        with self._lock:
            for account_id in set(self._changed()):
                self._known[account_id] = self._accounts.repository.get(account_id)
            return list(self._known.values())

    def _changed(self) -> Iterator[UUID]:
        """Those of whom something new was noted."""
        while new := self._accounts.recorder.select_notifications(
            self._seen + 1, PAGE, topics=CHANGING
        ):
            self._seen = new[-1].id
            yield from (UUID(str(each.originator_id)) for each in new)


def works(account: Account, unit: str | None) -> bool:
    return account.agency == unit and not account.is_disabled


def called(account: Account) -> str:
    name = account.name
    return name.value if isinstance(name, Personal) else account.username


def given_name(account: Account) -> tuple[str, str]:
    """Vietnamese lists are sorted by the last word of a name."""
    name = called(account)
    return name.split()[-1].casefold(), name.casefold()
