"""A small town: its people, and a dossier of theirs that was received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from infra.embedded.system import System
from tests.acceptance.callers import Caller, caller
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.world import world

PROCEDURE, OTHER_UNIT = "permanent-residence", "so_noi_vu"


@dataclass(frozen=True)
class Town:
    """Who is here, a form filled in properly, and a dossier that was received."""

    citizen: Caller
    administrator: Caller
    strange_reviewer: Caller
    strange_desk: Caller
    answers: dict[str, Any]
    received: str
    desk: Caller

    def version(self, path: str) -> int:
        return int(self.citizen.ask(path).json()["version"])


async def settle(system: System) -> Town:
    async with world(system.connect()) as here:
        await here.learn_procedures()
        plan = Plan(0, PROCEDURE, "online", Ending.GRANTED, "bad input")
        filing = Filing(here, plan)
        await filing.prepare()
        await filing.draft()
        await filing.submit()
        await filing.pay()
        await filing.accept()
        return Town(
            citizen=caller(filing.filer),
            administrator=caller(here.administrator),
            strange_reviewer=caller(await here.staff.officer(OTHER_UNIT, "reviewer")),
            strange_desk=caller(await here.staff.officer(OTHER_UNIT, "front_desk")),
            answers=filing.form(filing.applicant).filled(),
            received=filing.path,
            desk=caller(filing.desk),
        )
