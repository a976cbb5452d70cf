"""When an answer is due, counted as the law counts, and why (domain rules C1 to C10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from shared.clock import LOCAL
from shared.legal_time.calendar import DAY, Calendar, at
from shared.legal_time.explanation import Fact, Line, Number, Worked

Unit = Literal["working_day", "day", "same_day"]

SAME_DAY_CUTOFF = "15:00"


@dataclass(frozen=True)
class LegalTime:
    """How long an answer may take; `due_time` is the hour shown, closing when earlier."""

    value: int
    unit: str
    cutoff: str | None = None
    due_time: str | None = None


@dataclass(frozen=True)
class Stop:
    """The clock stood still from, until (None: still does); or began anew at the end."""

    since: datetime
    until: datetime | None
    effect: str = "pause"  # or restart


@dataclass(frozen=True)
class Extension:
    """More time, counted from the date that was due when it was granted (C5)."""

    at: datetime
    value: int
    unit: str
    legal_notice: str = ""


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
    tally = KINDS[legal.unit](legal, calendar)
    tally.say("received", received, moment=received.astimezone(LOCAL))
    tally.receive(received)
    still: Stop | None = None
    for turn in turns(received, stops, extensions):
        if isinstance(turn, Extension):
            tally.extend(turn)
        elif turn.since >= tally.due:
            tally.say("stop-too-late", turn.since, moment=turn.since, due=tally.due)
        elif turn.until is None:
            still = turn
            tally.stop(turn.since)
        else:
            tally.stop(turn.since)
            tally.go_on(turn.since, turn.until, turn.effect)
    tally.finish(still)
    return Counted(tally.due, tuple(tally.lines), is_stopped=still is not None)


def turns(
    received: datetime, stops: Iterable[Stop], extensions: Iterable[Extension]
) -> list[Stop | Extension]:
    """What moved the date, in its order; nothing moved it before the receipt."""
    moved = [each for each in standstills(stops) if ended(each, received)]
    begun = [
        replace(each, since=max(each.since, received).astimezone(LOCAL))
        for each in moved
    ]
    return sorted([*begun, *extensions], key=moment_of)


def ended(stop: Stop, received: datetime) -> bool:
    return stop.until is None or stop.until > received


def moment_of(turn: Stop | Extension) -> datetime:
    return turn.at if isinstance(turn, Extension) else turn.since


def standstills(stops: Iterable[Stop]) -> Iterator[Stop]:
    """The stops in their order; those that overlap are one."""
    whole: Stop | None = None
    for each in sorted(stops, key=moment_of):
        if whole and (whole.until is None or each.since < whole.until):
            whole = joined(whole, each)
            continue
        if whole:
            yield whole
        whole = each
    if whole:
        yield whole


def joined(first: Stop, second: Stop) -> Stop:
    effect = "restart" if "restart" in (first.effect, second.effect) else "pause"
    if first.until is None or second.until is None:
        return Stop(first.since, None, effect)
    return Stop(first.since, max(first.until, second.until), effect)


@dataclass
class Tally:
    """One counting under way: every step says in a line what it did."""

    legal: LegalTime
    calendar: Calendar
    lines: list[Line] = field(default_factory=list)
    due: datetime = datetime.min.replace(tzinfo=LOCAL)
    told: date = date.min  # the days until here are accounted for

    def receive(self, moment: datetime) -> None:
        """Begin the full time."""
        raise NotImplementedError

    def stop(self, since: datetime) -> None:
        self.say("stopped", since, moment=since)

    def go_on(self, since: datetime, until: datetime, effect: str) -> None:
        """Run again: what is left, or, after a restart, the full time (C9)."""
        moment = until.astimezone(LOCAL)
        self.told = max(self.told, moment.date() - DAY)
        if effect == "restart":
            self.say("new-receipt", moment, moment=moment)
            self.receive(moment)
        else:
            self.resume(since, moment)

    def resume(self, since: datetime, until: datetime) -> None:
        raise NotImplementedError

    def extend(self, extension: Extension) -> None:
        """The date moves on by working days, or by days to a working day (C5)."""
        old = self.due
        self.promise(self.extended_day(extension))
        facts: dict[str, Fact] = {
            "value": Number(extension.value, extension.unit),
            "moment": extension.at.astimezone(LOCAL),
            "old": old,
            "new": self.due,
        }
        if extension.legal_notice:
            facts["notice"] = extension.legal_notice
        code = "extended-by-notice" if extension.legal_notice else "extended"
        self.say(code, extension.at, **facts)

    def extended_day(self, extension: Extension) -> date:
        day = self.due.date()
        if extension.unit == "working_day":
            return self.calendar.next_working_day(day, extension.value)
        return self.first_worked(day + extension.value * DAY)

    def finish(self, still: Stop | None) -> None:
        """The last line: the date, or that it is not known yet."""
        if still:
            self.say("still-stopped", still.since, moment=still.since)
            return
        self.tell_days(self.due.date())
        at_closing = self.due == self.calendar.closing(self.due.date())
        self.say("due" if at_closing else "due-hour", self.due, due=self.due)

    def say(self, code: str, moment: datetime, **facts: Fact) -> None:
        self.lines.append(Line(code, moment.astimezone(LOCAL), facts))

    def promise(self, day: date) -> None:
        """Closing time of the day, or the procedure's hour; never earlier than before."""
        end = self.calendar.closing(day)
        if self.legal.due_time:
            end = min(end, at(day, self.legal.due_time))
        self.due = max(self.due, end)

    def first_worked(self, day: date) -> date:
        return self.calendar.next_working_day(day - DAY)

    def day_of_receipt(self, moment: datetime, cutoff: str | None) -> date:
        """C1, and which of its cases it was."""
        local = moment.astimezone(LOCAL)
        arrived = self.calendar.day(local.date())
        day = self.calendar.day_of_receipt(local, cutoff)
        limit = cutoff or self.calendar.office_hours[-1][1]
        side = "before" if day == arrived.date else "after"
        code = f"receipt-{side}-{'cutoff' if cutoff else 'closing'}"
        if not arrived.is_worked:
            code = "receipt-on-day-off"
        self.say(code, at(day, limit), day=day, off=arrived, limit=limit)
        self.told = max(self.told, local.date())
        self.tell_days(day - DAY)
        self.told = max(self.told, day)
        return day

    def tell_days(self, last: date) -> None:
        """Account for the days until this one that are unlike an ordinary one."""
        days = [self.calendar.day(each) for each in dates(self.told + DAY, last)]
        self.told = max(self.told, last)
        for each in days:
            if each.why in ("holiday", "make-up", "notice"):
                code = "day-worked" if each.is_worked else "day-off"
                self.say(code, at(each.date, "00:00"), day=each.date, off=each)
        weekend = [each.date for each in days if each.why == "weekend"]
        if weekend:
            number = Number(len(weekend), "weekend_day")
            code = "weekend" if len(weekend) == 1 else "weekends"
            start, end = weekend[0], weekend[-1]
            self.say(code, at(start, "00:00"), number=number, first=start, last=end)


@dataclass
class WorkingDays(Tally):
    """Minutes not used before a stop run from its end (C2, C7)."""

    first: datetime = datetime.min.replace(tzinfo=LOCAL)
    running: datetime = datetime.min.replace(tzinfo=LOCAL)
    left: int = 0

    def receive(self, moment: datetime) -> None:
        receipt = self.day_of_receipt(moment, self.legal.cutoff)
        value = Number(self.legal.value, "working_day")
        first = self.calendar.next_working_day(receipt)
        self.say("time-working-days", moment, value=value)
        self.tell_days(first - DAY)
        self.first = self.calendar.opening(first)
        self.say("first-day", self.first, day=first)
        self.run(self.first, self.legal.value * self.calendar.day_minutes)

    def stop(self, since: datetime) -> None:
        used = self.calendar.working_minutes(self.running, since)
        used = min(used, self.left)
        self.left -= used
        self.tell_days(since.date())
        code = "stopped-after" if used else "stopped-before-any"
        spent, rest = self.worked(used), self.worked(self.left)
        self.say(code, since, moment=since, used=spent, left=rest)

    def resume(self, since: datetime, until: datetime) -> None:
        self.run(max(self.first, until), self.left)
        end = self.calendar.after(self.running, self.left)
        self.say("went-on", until, moment=until, left=self.worked(self.left), end=end)

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
        self.say("went-on-days", until, moment=until, value=number, day=self.nominal)

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
            moved = at(self.nominal, "00:00")
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
        self.say("went-on-same-day", until, moment=until)
        self.receive(until)


KINDS: dict[str, type[Tally]] = {
    "working_day": WorkingDays,
    "day": CalendarDays,
    "same_day": SameDay,
}


def dates(first: date, last: date) -> Iterator[date]:
    for number in range((last - first) // DAY + 1):
        yield first + timedelta(days=number)
