"""When an answer is due, and why: a calculator for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BeforeValidator, Field

from services.portal import due_dates
from services.portal.api.models import Asked, Short
from services.portal.asking import Anybody
from shared.clock import LOCAL
from shared.legal_time import Stop

router = APIRouter(tags=["procedures"])


def local(moment: datetime) -> datetime:
    """Without a zone it is the time here; other centuries have no calendar yet."""
    if not 2000 <= moment.year < 2100:
        raise ValueError("2000 to 2099")
    here = moment.replace(tzinfo=LOCAL) if moment.tzinfo is None else moment
    return here.astimezone(LOCAL)


def span(written: Any) -> Any:
    """FROM/TO, or FROM/- while the clock still stands."""
    since, _, until = str(written).partition("/")
    return since, None if until in ("", "-") else until


Moment = Annotated[datetime, AfterValidator(local)]
Span = Annotated[tuple[Moment, Moment | None], BeforeValidator(span)]
Spans = Annotated[list[Span], Field(default_factory=list, max_length=20)]


class Asking(Asked):
    """A legal time, when it began, and when the clock stood."""

    received: Moment
    procedure: Short | None = None
    value: Annotated[int | None, Field(ge=0, le=1000)] = None
    unit: Literal["working_day", "day", "same_day"] | None = None
    cutoff: Annotated[str | None, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = None
    office: Short | None = None
    pause: Spans
    restart: Spans

    @property
    def question(self) -> due_dates.Question:
        stops = [Stop(*each, "pause") for each in self.pause]
        stops += [Stop(*each, "restart") for each in self.restart]
        return due_dates.Question(
            self.received,
            self.procedure,
            self.value,
            self.unit,
            self.cutoff,
            self.office,
            tuple(stops),
        )


@router.get("/due-date")
async def due_date(desk: Anybody, wanted: Annotated[Asking, Query()]) -> Any:
    """When the legal time ends, line by line why, by the notices now in force."""
    return await due_dates.answer(desk, wanted.question)
