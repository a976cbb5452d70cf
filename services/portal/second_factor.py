"""An officer's second factor: added, removed, and its spare codes used up."""

from __future__ import annotations

from collections.abc import Callable

from services.portal.errors import FactorKnownError, FactorMissingError
from shared.actor import Actor, require_stepped_up
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal


class SecondFactor:
    """Something the officer has, beside what they know."""

    trigger_event: Callable[..., None]

    username: str
    factor: Personal | Erased | None
    spare: tuple[str, ...]  # digests of codes for the day the phone is lost

    def is_own(self, by: Actor) -> bool:
        return by.kind == "staff" and by.subject == f"staff:{self.username}"

    def add_factor(self, secret: str, spare: list[str], *, by: Actor) -> None:
        """From now on a code is asked for as well."""
        if not self.is_own(by):
            raise NotAllowedError(self.username)
        require_stepped_up(by)
        if self.factor:
            raise FactorKnownError(self.username)
        sealed = Personal(by.subject, secret)
        self.trigger_event(self.FactorAdded, secret=sealed, spare=spare)

    class FactorAdded(Aggregate.Event):
        """`spare` are digests: the codes themselves are shown once and kept nowhere."""

        TOPIC = "portal.account.factor-added"

        secret: Personal | Erased
        spare: list[str]

        def apply(self, aggregate: SecondFactor) -> None:
            aggregate.factor = self.secret
            aggregate.spare = tuple(self.spare)

    def remove_factor(self, *, by: Actor) -> None:
        """By the officer; by an administrator when everything is lost."""
        if not self.is_own(by) and not by.has("administrator"):
            raise NotAllowedError(self.username)
        require_stepped_up(by)
        if not self.factor:
            raise FactorMissingError(self.username)
        self.trigger_event(self.FactorRemoved)

    class FactorRemoved(Aggregate.Event):
        TOPIC = "portal.account.factor-removed"

        def apply(self, aggregate: SecondFactor) -> None:
            aggregate.factor = None
            aggregate.spare = ()

    def use_spare(self, digest: str) -> None:
        """A spare code stands for the phone, once."""
        if digest not in self.spare:
            raise FactorMissingError(self.username)
        self.trigger_event(self.SpareUsed, digest=digest)

    class SpareUsed(Aggregate.Event):
        TOPIC = "portal.account.spare-used"

        digest: str

        def apply(self, aggregate: SecondFactor) -> None:
            left = (each for each in aggregate.spare if each != self.digest)
            aggregate.spare = tuple(left)
