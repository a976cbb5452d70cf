"""One counting under way: every step says in a line what it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from shared.clock import LOCAL
from shared.legal_time.calendar import DAY, Calendar, hour_of, midnight
from shared.legal_time.explanation import Fact, Line, Number, Waiting
from shared.legal_time.terms import Extension, LegalTime, Stop

LONG_AGO = datetime.min.replace(tzinfo=LOCAL)


@dataclass
class Tally:
    """One counting under way: every step says in a line what it did."""

    legal: LegalTime
    calendar: Calendar
    lines: list[Line] = field(default_factory=list)
    due: datetime = LONG_AGO
    told: date = date.min  # the days until here are accounted for

    def receive(self, moment: datetime) -> None:
        """Begin the full time."""
        raise NotImplementedError

    def stop(self, stop: Stop) -> None:
        self.say("stopped", stop.since, why=Waiting(stop.reasons))

    def go_on(self, since: datetime, until: datetime, effect: str) -> None:
        """Run again: what is left, or, after a restart, the full time (C9)."""
        moment = until.astimezone(LOCAL)
        self.told = max(self.told, moment.date() - DAY)
        if effect == "restart":
            self.say("new-receipt", moment)
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
            self.say("still-stopped", still.since, why=Waiting(still.reasons))
            return
        self.tell_days(self.due.date())
        at_closing = self.due == self.calendar.closing(self.due.date())
        self.say("due" if at_closing else "due-hour", self.due, due=self.due)

    def say(self, code: str, at: datetime, **facts: Fact) -> None:
        moment = at.astimezone(LOCAL)
        self.lines.append(Line(code, moment, {"moment": moment, **facts}))

    def promise(self, day: date) -> None:
        """Closing time of the day, or the procedure's hour; it only moves on."""
        end = self.calendar.closing(day)
        if self.legal.due_time:
            end = min(end, hour_of(day, self.legal.due_time))
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
        self.say(code, hour_of(day, limit), day=day, off=arrived, limit=limit)
        self.told = max(self.told, local.date())
        self.tell_days(day - DAY)
        self.told = max(self.told, day)
        return day

    def tell_days(self, last: date) -> None:
        """Account for the days until this one that are unlike an ordinary one."""
        days = [self.calendar.day(each) for each in dates(self.told + DAY, last)]
        self.told = max(self.told, last)
        weekend = [each.date for each in days if each.why == "weekend"]
        for each in days:
            if each.why in ("holiday", "make-up", "notice"):
                code = "day-worked" if each.is_worked else "day-off"
                self.say(code, midnight(each.date), day=each.date, off=each)
            elif each.date in weekend[:1]:
                self.tell_weekends(weekend)

    def tell_weekends(self, days: list[date]) -> None:
        first, last = days[0], days[-1]
        number = Number(len(days), "weekend_day")
        code = "weekend" if len(days) == 1 else "weekends"
        self.say(code, midnight(first), number=number, first=first, last=last)


def dates(first: date, last: date) -> Iterator[date]:
    for number in range((last - first) // DAY + 1):
        yield first + timedelta(days=number)
