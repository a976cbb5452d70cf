"""Legal working time: when an answer is due, counted as the law counts, and why."""

from shared.legal_time.calendar import (
    OFFICE_HOURS,
    Calendar,
    Day,
    OfficeHours,
    Override,
    Span,
)
from shared.legal_time.counting import Counted, count
from shared.legal_time.explanation import Line, Number
from shared.legal_time.terms import Extension, LegalTime, Stop

__all__ = [
    "OFFICE_HOURS",
    "Calendar",
    "Counted",
    "Day",
    "Extension",
    "LegalTime",
    "Line",
    "Number",
    "OfficeHours",
    "Override",
    "Span",
    "Stop",
    "count",
]
