"""What is sent about messages, helpers, ratings and complaints."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.portal.api.models import Answered, Asked, Short

Text = Annotated[str, Field(min_length=1, max_length=4_000)]


class NewMessage(Asked):
    """A message to the other side; `files` were handed in to the dossier before."""

    text: Text
    files: list[UUID] = Field(default_factory=list, max_length=5)


Power = Literal["fill", "send", "pay", "write", "withdraw"]


class NewHelper(Asked):
    """Who is invited, how they are reached, and what they may do besides reading."""

    kind: Literal["helper", "representative"] = "helper"
    powers: list[Power] = Field(default_factory=list, max_length=5)
    name: Short
    to: Short


class CodeSent(Answered):
    """Under which id the code is entered."""

    code_id: UUID


class Acceptance(Asked):
    """The code that came, and the id it was sent under."""

    code_id: UUID
    code: Annotated[str, Field(min_length=4, max_length=20)]


class NewRating(Asked):
    """From 1 (very dissatisfied) to 5 (very satisfied), with words if one likes."""

    score: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[str, Field(max_length=1_000)] = ""


class NewComplaint(Asked):
    """What it is about, and what happened."""

    subject: Literal["delay", "attitude", "papers", "fee", "decision", "other"]
    text: Text


class ComplaintAnswerGiven(Asked):
    """What was found, and the answer in words."""

    outcome: Literal["upheld", "partly", "rejected"]
    text: Text
