"""Which part of a queue somebody looks at: read from an address, written into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

VIEWS = ("all", "mine", "unassigned")
DUE = ("overdue", "soon", "later")
STATUSES = (2, 4, 5, 6, 8, 9)
LONGEST = 200


@dataclass(frozen=True)
class Filters:
    view: str = "all"
    status: int | None = None
    procedure: str | None = None
    due: str | None = None
    q: str | None = None
    code: str | None = None
    applicant: str | None = None
    priority: bool | None = None
    assignee: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Filters:
        """What an address or a saved view says; what means nothing is left out."""
        texts = {
            name: str(given.get(name) or "").strip()[:LONGEST] or None
            for name in ("procedure", "q", "code", "applicant", "assignee")
        }
        status, due = str(given.get("status") or ""), given.get("due")
        return cls(
            view=view_in(given),
            status=int(status) if status in map(str, STATUSES) else None,
            due=due if due in DUE else None,
            priority=True if str(given.get("priority")) in ("True", "true") else None,
            **texts,
        )

    def arguments(self) -> dict[str, Any]:
        """As workflow wants them."""
        chosen = asdict(self)
        view = chosen.pop("view")
        return chosen | {"mine": view == "mine", "unassigned": view == "unassigned"}

    def chosen(self) -> dict[str, Any]:
        """What differs from the whole queue."""
        return {
            name: value
            for name, value in asdict(self).items()
            if value is not None and (name, value) != ("view", "all")
        }

    def kept(self) -> dict[str, Any]:
        """What a saved view remembers: filters of the queue, by their names."""
        given = self.arguments().items()
        return {name: value for name, value in given if value not in (None, False)}

    def query(self, **more: Any) -> str:
        """The end of an address: `?…`, or nothing."""
        named = {name: value for name, value in more.items() if value is not None}
        parts = urlencode(self.chosen() | named)
        return f"?{parts}" if parts else ""

    def but(self, **changed: Any) -> Filters:
        return replace(self, **changed)


def view_in(given: Mapping[str, Any]) -> str:
    """Everything, or what is mine or nobody's; by its name, or as it was saved."""
    for name in ("mine", "unassigned"):
        if given.get("view") == name or given.get(name) is True:
            return name
    return "all"
