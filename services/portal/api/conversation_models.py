"""What is sent about messages, helpers, ratings and complaints."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.portal.api.models import Asked

Text = Annotated[str, Field(min_length=1, max_length=4_000)]


class NewMessage(Asked):
    """A message to the other side; `files` were handed in to the dossier before."""

    text: Text
    files: list[UUID] = Field(default_factory=list, max_length=5)
