"""The same for many steps at once: each succeeds or fails by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import structlog
from eventsourcing.persistence import IntegrityError

from services.workflow.domain.roster import LEADERS
from services.workflow.domain.steps import Completion
from services.workflow.errors import (
    AssigneeMissingError,
    NobodyPresentError,
    TooManyError,
)
from services.workflow.handling import Handling
from shared import commands
from shared.actor import Actor
from shared.errors import DomainError, NotAllowedError

MOST = 500  # steps at once
HOW = ("outcome", "note", "facts")  # a step is finished

BulkAction = Literal["claim", "assign", "finish"]

log = structlog.get_logger()


@dataclass(frozen=True)
class Item:
    """One of the steps something is done with; `version` is of the case as seen."""

    case_id: UUID
    step: str
    version: int | None = None

    def told(self, **result: Any) -> dict[str, Any]:
        return {"case_id": str(self.case_id), "step": self.step, **result}

    def refused(
        self, code: str, message: str, details: Sequence[Any] = ()
    ) -> dict[str, Any]:
        why = {"code": code, "message": message, "details": list(details)}
        return self.told(ok=False, **why)


class Bulk(Handling):
    """Asked twice, each thing is done once, and answered as the first time."""

    def bulk(
        self,
        action: BulkAction,
        items: Sequence[Item],
        arguments: Mapping[str, Any],
        *,
        by: Actor,
    ) -> list[dict[str, Any]]:
        """Claim, assign or finish many steps, in the same way."""
        require_few(items)
        match action:
            case "claim":
                act = self._claiming(by)
            case "assign":
                act = self._assigning(arguments.get("assignee"), by)
            case "finish":
                how = {key: arguments[key] for key in HOW if key in arguments}
                act = self._finishing(Completion(**how), by)
        return [self._done(item, act) for item in items]

    def distribute(
        self, items: Sequence[Item], officers: Sequence[str], *, by: Actor
    ) -> list[dict[str, Any]]:
        """Give each step to whoever of these officers has least to do at present."""
        require_few(items)
        is_leader = any(each.has(*LEADERS) for each in (by, *self.deputies(by)))
        if not by.agency or not is_leader:
            raise NotAllowedError(by.subject)
        present = [
            each
            for each in dict.fromkeys(officers)
            if not self.is_away(each, by.agency)
        ]
        if not present:
            raise NobodyPresentError
        loads = dict.fromkeys(present, 0) | self._queue.loads(by.agency, present)
        return [self._given(item, loads, by) for item in items]

    def _given(self, item: Item, loads: dict[str, int], by: Actor) -> dict[str, Any]:
        """Whose it is now: the first time this was asked, another had least to do."""
        result = self._done(
            item, self._assigning(min(loads, key=loads.__getitem__), by)
        )
        if not result["ok"]:
            return result
        assignee = str(self._case(item.case_id).steps[item.step].assignee)
        loads[assignee] = loads.get(assignee, 0) + 1
        return result | {"assignee": assignee}

    def _done(self, item: Item, act: Callable[[Item], int]) -> dict[str, Any]:
        try:
            part = f"{item.case_id}/{item.step}"
            commands.bind_version(item.version)
            position = self.once_for(part, lambda: act(item))
        except DomainError as error:
            return item.refused(error.code, str(error), error.details)
        except IntegrityError:
            return item.refused("conflict", "Somebody was faster. Look again.")
        except Exception:
            log.exception("bulk.failed", case_id=str(item.case_id), step=item.step)
            return item.refused("failed", "This one met a bug. Our log knows more.")
        finally:
            commands.bind_version(None)
        return item.told(ok=True, position=position)

    def _claiming(self, by: Actor) -> Callable[[Item], int]:
        return lambda item: self.claim_step(item.case_id, item.step, by=by)

    def _assigning(self, assignee: str | None, by: Actor) -> Callable[[Item], int]:
        if not assignee:
            raise AssigneeMissingError
        return lambda item: self.assign_step(item.case_id, item.step, assignee, by=by)

    def _finishing(self, completion: Completion, by: Actor) -> Callable[[Item], int]:
        return lambda item: self.finish_step(item.case_id, item.step, completion, by=by)


def require_few(items: Sequence[Item]) -> None:
    if len(items) > MOST:
        raise TooManyError(MOST)
