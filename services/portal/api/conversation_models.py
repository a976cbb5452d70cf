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
