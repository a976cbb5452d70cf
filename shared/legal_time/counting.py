"""When an answer is due, counted as the law counts (rules C1 to C10), and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shared.legal_time.calendar import DAY, Calendar, midnight
from shared.legal_time.explanation import Line, Number, Waiting, Worked
from shared.legal_time.tally import LONG_AGO, Tally
from shared.legal_time.terms import Extension, LegalTime, Stop, turns

SAME_DAY_CUTOFF = "15:00"


@dataclass(frozen=True)
class Counted:
    """The due date with its reasons; while the clock stands, the date as last known."""

    due: datetime
    lines: tuple[Line, ...]
    is_stopped: bool = False


def count(
    received: datetime,
    legal: LegalTime,
    calendar: Calendar,
    *,
    stops: Iterable[Stop] = (),
    extensions: Iterable[Extension] = (),
) -> Counted:
    """When the legal time ends; stops after its end change nothing (C10)."""
    if legal.unit not in KINDS:
        raise ValueError(legal.unit)
    tally = KINDS[legal.unit](legal, calendar)
    tally.say("received", received)
    tally.receive(received)
    still: Stop | None = None
    for turn in turns(received, stops, extensions):
        if isinstance(turn, Extension):
            tally.extend(turn)
        elif turn.since >= tally.due:
            tally.say("stop-too-late", turn.since, due=tally.due)
        elif turn.until is None:
            still = turn
            tally.stop(turn)
        else:
            tally.stop(turn)
            tally.go_on(turn.since, turn.until, turn.effect)
    tally.finish(still)
    return Counted(tally.due, tuple(tally.lines), is_stopped=still is not None)


@dataclass
class WorkingDays(Tally):
    """Minutes not used before a stop run from its end (C2, C7)."""

    first: datetime = LONG_AGO
    running: datetime = LONG_AGO
    used: int = 0
    left: int = 0

    def receive(self, moment: datetime) -> None:
        receipt = self.day_of_receipt(moment, self.legal.cutoff)
        value = Number(self.legal.value, "working_day")
        first = self.calendar.next_working_day(receipt)
        self.say("time-working-days", moment, value=value)
        self.tell_days(first - DAY)
        self.first = self.calendar.opening(first)
        self.say("first-day", self.first, day=first)
        self.used = 0
        self.run(self.first, self.legal.value * self.calendar.day_minutes)

    def stop(self, stop: Stop) -> None:
        used = self.calendar.working_minutes(self.running, stop.since)
        used = min(used, self.left)
        self.used, self.left = self.used + used, self.left - used
        self.tell_days(stop.since.date())
        code = "stopped-after" if self.used else "stopped-before"
        spent, rest = self.worked(self.used), self.worked(self.left)
        self.say(code, stop.since, why=Waiting(stop.reasons), used=spent, left=rest)

    def resume(self, since: datetime, until: datetime) -> None:
        self.run(max(self.first, until), self.left)
        end = self.calendar.after(self.running, self.left)
        self.say("went-on", until, left=self.worked(self.left), end=end)

    def extend(self, extension: Extension) -> None:
        old = self.due
        super().extend(extension)
        self.left += self.calendar.working_minutes(old, self.due)

    def run(self, start: datetime, left: int) -> None:
        self.running, self.left = start, left
        self.promise(self.calendar.after(start, left).date())

    def worked(self, minutes: int) -> Worked:
        return Worked(minutes, self.calendar.day_minutes)


@dataclass
class CalendarDays(Tally):
    """Days; the end moves with a stop, and from a day off to a working day (C3, C8)."""

    nominal: date = date.min

    def receive(self, moment: datetime) -> None:
        receipt = self.day_of_receipt(moment, self.legal.cutoff)
        self.end_on(receipt + self.legal.value * DAY)
        value = Number(self.legal.value, "day")
        self.say("time-days", moment, value=value, day=self.nominal)

    def resume(self, since: datetime, until: datetime) -> None:
        days = until.date() - since.date()
        self.end_on(self.nominal + days)
        number = Number(days // DAY, "day")
        self.say("went-on-days", until, value=number, day=self.nominal)

    def extend(self, extension: Extension) -> None:
        until = self.due.date() + extension.value * DAY
        super().extend(extension)
        self.nominal = until if extension.unit == "day" else self.due.date()

    def end_on(self, nominal: date) -> None:
        self.nominal = nominal
        self.promise(self.first_worked(nominal))

    def finish(self, still: Stop | None) -> None:
        self.told = max(self.told, self.nominal)
        nominal = self.calendar.day(self.nominal)
        if not (still or nominal.is_worked):
            moved = midnight(self.nominal)
            self.say("moved", moved, day=nominal.date, off=nominal, to=self.due.date())
        super().finish(still)


@dataclass
class SameDay(Tally):
    """Closing time of the day, or of the next after the cut-off (C4, C8)."""

    def receive(self, moment: datetime) -> None:
        self.say("time-same-day", moment)
        last = self.calendar.office_hours[-1][1]
        cutoff = min(self.legal.cutoff or SAME_DAY_CUTOFF, last)
        self.promise(self.day_of_receipt(moment, cutoff))

    def resume(self, since: datetime, until: datetime) -> None:
        self.say("went-on-same-day", until)
        self.receive(until)


KINDS: dict[str, type[Tally]] = {
    "working_day": WorkingDays,
    "day": CalendarDays,
    "same_day": SameDay,
}
