"""The alarm of a case: whatever is due by now happens, in the order of its moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from services.workflow.domain.decreed import Decreed
from services.workflow.domain.duty import Duty
from services.workflow.domain.extension import Extensions
from services.workflow.domain.lateness import Lateness
from services.workflow.domain.state import Act
from services.workflow.domain.timeouts import Timeouts

MOST = 1_000  # things that may be due with one case at once


class EndlessDutyError(Exception):
    """A bug of ours: something is due again as soon as it is done."""


class Alarm(Timeouts, Extensions, Lateness, Decreed):
    def ring(self, act: Act) -> None:
        """Do what is due by now, each thing once, at the moment at which it was due."""
        if not self.is_over:
            self.move_due_date("calendar", act)
        for _ in range(MOST):
            duty = self._next_duty(act)
            if duty is None or duty.at > act.now:
                return
            duty.do(replace(act, now=duty.at))
        raise EndlessDutyError(str(self.id))

    def next_alarm(self, act: Act) -> datetime | None:
        """When something will be due, as far as one knows now."""
        duty = self._next_duty(act)
        moments = [each for each in self._to_come(act) if each > act.now]
        return min([*moments, *([duty.at] if duty else [])], default=None)

    def _next_duty(self, act: Act) -> Duty | None:
        return min(self._duties(act), key=lambda each: each.at, default=None)

    def _duties(self, act: Act) -> Iterator[Duty]:
        if not self.is_over:
            yield from self.decree_duties(act)
            yield from self.silence_duties(act)
            yield from self.apology_duties(act)
            yield from self.lateness_duties(act)

    def _to_come(self, act: Act) -> Iterator[datetime]:
        """Notices that are not yet in force."""
        if act.gazette and not self.is_over:
            for notice in act.gazette.notices.values():
                yield notice.valid_from
