"""What stands for codes and forms that are kept, in unit tests of the portal."""

from __future__ import annotations

from uuid import UUID, uuid4

from services.portal.code_store import GUESSES, Asked
from services.portal.errors import TooManyCodesError
from services.portal.kept_forms import KeptForm
from services.portal.printing import Press


class MemoryCodes:
    """Codes that end with the test; as many as anybody asks for."""

    def __init__(self) -> None:
        self.kept: dict[UUID, Asked] = {}
        self.guesses: dict[UUID, int] = {}
        self.is_full = False

    async def keep(self, asked: Asked) -> None:
        if self.is_full:
            raise TooManyCodesError
        self.kept[asked.id] = asked

    async def forget(self, code_id: UUID) -> None:
        self.kept.pop(code_id, None)

    async def guess(self, code_id: UUID) -> Asked | None:
        self.guesses[code_id] = self.guesses.get(code_id, 0) + 1
        return self.kept.get(code_id) if self.guesses[code_id] <= GUESSES else None

    async def spend(self, code_id: UUID) -> bool:
        return self.kept.pop(code_id, None) is not None


class MemoryKeptForms:
    """Forms that end with the test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[UUID, str], KeptForm] = {}

    async def keep(self, owner: str, form: KeptForm) -> UUID:
        form_id = uuid4()
        self.kept[form_id, owner] = form
        return form_id

    async def find(self, form_id: UUID, owner: str) -> KeptForm | None:
        return self.kept.get((form_id, owner))


class MemoryUsedSteps:
    """Codes that were used, until the test ends."""

    def __init__(self) -> None:
        self.used: set[tuple[str, int]] = set()

    async def use(self, subject: str, step: int) -> bool:
        is_new = (subject, step) not in self.used
        self.used.add((subject, step))
        return is_new


class MemoryPress(Press):
    """Prints at once, and hands over what it was to print."""

    async def print(self, html: str) -> bytes:
        return html.encode()
