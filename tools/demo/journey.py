"""One dossier from its first word to its end, as its plan says."""

from __future__ import annotations

from collections.abc import Callable

from tools.demo.casework import Casework
from tools.demo.filing import Filing
from tools.demo.plans import FINAL_STATUS, Ending, Plan
from tools.demo.proofs import proven
from tools.demo.report import DossierEntry
from tools.demo.watch import Watch
from tools.demo.world import World

Progress = Callable[[str], None]


class Journey:
    """`await Journey(world, plan).made()` answers what the report says about it."""

    def __init__(
        self, world: World, plan: Plan, *, on_step: Progress = lambda _: None
    ) -> None:
        self.world, self.plan, self._on_step = world, plan, on_step
        self.filing = Filing(world, plan)

    @property
    def name(self) -> str:
        return f"{self.plan.procedure} ({self.plan.channel}, {self.plan.ending})"

    async def made(self) -> DossierEntry:
        await self.travel()
        return await self.proofs()

    async def travel(self) -> None:
        """File, receive, decide, return; or end earlier where the plan says so."""
        await self.filing.prepare()
        filing = self.filing
        self.watch = Watch(filing.filer, filing.id, self.name)
        self.casework = Casework(filing, self.watch)
        self._on_step("fills in the form")
        await filing.draft()
        await filing.submit()
        await filing.complete()
        await filing.pay()
        if self.plan.ending == Ending.NOT_RECEIVED:
            await filing.refuse()
        else:
            await self._decide()
        await self.watch.until(FINAL_STATUS[self.plan.ending])

    async def _decide(self) -> None:
        self._on_step("is received")
        await self.filing.accept()
        if self.plan.ending == Ending.WITHDRAWN:
            reason = {"reason": "Tôi muốn nộp lại hồ sơ sau."}
            filer, path = self.filing.filer, self.filing.path
            await filer.order("POST", f"{path}/withdrawal", reason)
            await self.casework.grant_withdrawal()
            return
        self._on_step("crosses the agencies")
        await self.casework.work()

    async def proofs(self) -> DossierEntry:
        self._on_step("is verified")
        return await proven(
            self.filing,
            self.watch,
            units=self.casework.units,
            outcome=self.casework.ending.value,
            last=FINAL_STATUS[self.plan.ending],
        )
