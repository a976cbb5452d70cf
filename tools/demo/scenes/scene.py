"""One dossier of a scene, and what is asked of it there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tools.demo.casework import Casework
from tools.demo.client import Json, Person, until
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.watch import Watch
from tools.demo.world import World


class Scene:
    """Filed and received like any other; then its scene decides what happens."""

    def __init__(
        self, world: World, name: str, procedure: str, channel: str, **findings: Any
    ) -> None:
        plan = Plan(0, procedure, channel, Ending.GRANTED, f"scene-{name}")
        self.world, self.name, self.shown = world, name, dict[str, bool]()
        self.filing = Filing(world, plan)
        self.findings = findings

    async def file(self) -> None:
        """From the empty form to the open case."""
        await self.filing.prepare()
        self.watch = Watch(self.filing.filer, self.filing.id, self.name)
        self.casework = Casework(self.filing, self.watch, findings=self.findings)
        await self.filing.draft()
        await self.filing.submit()
        await self.pay()
        await self.filing.accept()
        self.id = str((await self.until(lambda case: "id" in case, "a case"))["id"])

    async def pay(self) -> None:
        await self.filing.pay()

    def saw(self, what: str, *, so: bool) -> None:
        """For the report: what this scene was to show, and whether it did."""
        self.shown[what] = so

    async def case(self) -> Json:
        return await self.casework.look()

    async def until(self, is_so: Any, what: str) -> Json:
        return await until(self.case, is_so, what=f"{self.name}: {what}")

    async def officer(self, unit: str, role: str) -> Person:
        return await self.world.staff.officer(unit, role)

    async def order(self, by: Person, deed: str, body: Json | None = None) -> Json:
        """Something is done with the case as a whole, or at one of its steps."""
        return await by.order("POST", f"/cases/{self.id}/{deed}", body or {})

    async def open_step(self, step_id: str) -> Json:
        case = await self.until(
            lambda case: found(case, step_id) is not None, f"{step_id} opens"
        )
        return found(case, step_id) or {}

    async def clock(self) -> Json:
        told: Json = (await self.case())["clock"]
        return told

    async def due_at(self) -> datetime:
        return datetime.fromisoformat((await self.clock())["due_at"])


def found(case: Json, step_id: str) -> Json | None:
    open_steps = (each for each in case["steps"] if each["state"] == "open")
    return next((each for each in open_steps if each["step_id"] == step_id), None)
