"""Slows down whoever guesses passwords."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from services.portal.errors import TooManyAttemptsError
from shared.clock import Clock

PAUSE = timedelta(seconds=60)
OF_ACCOUNT = 5  # failures from one address for one account
OF_ADDRESS = 30  # failures from one address, whatever the account
REMEMBERED = 10_000

Who = tuple[str, str]


class Attempts:
    """Attempts of the last minute that did not succeed, forgotten with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[Who, list[datetime]] = OrderedDict()

    def begin(self, account: str, address: str) -> None:
        """Counted before its outcome is known: many at once are many, too."""
        if self._count((account, address)) >= OF_ACCOUNT:
            raise TooManyAttemptsError
        if self._count(("", address)) >= OF_ADDRESS:
            raise TooManyAttemptsError
        for who in ((account, address), ("", address)):
            self._failures[who] = [*self._recent(who), self._clock()]
            self._failures.move_to_end(who)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """It was no failure, and those before it were of somebody who forgets."""
        self._failures.pop((account, address), None)
        self._failures["", address] = self._recent(("", address))[:-1]

    def _count(self, who: Who) -> int:
        return len(self._recent(who))

    def _recent(self, who: Who) -> list[datetime]:
        since = self._clock() - PAUSE
        return [at for at in self._failures.get(who, []) if at > since]
