"""Carries a received dossier through its agencies: whoever a step names does it."""

from __future__ import annotations

import asyncio
from typing import Any

from tools.demo.client import Json, Person, RefusedError, UnansweredError, until
from tools.demo.deciding import DECLINED, Deciding
from tools.demo.filing import Filing
from tools.demo.findings import Findings
from tools.demo.plans import Ending, supplement_step
from tools.demo.supplementing import Supplementing
from tools.demo.values import Values
from tools.demo.watch import Watch

PATIENCE = 120.0  # seconds for the next step to open, papers included
SOON = 5.0  # seconds in which a finding that is under way arrives
REFUSED_THEN = ("checks-failed", "already-refused")
NOT_YET = {
    *("step-not-open", "already-decided", "already-refused", "nothing-proposed"),
    *("checks-failed", "fees-unpaid", "result-not-signed", "supplement-open"),
    *("payment-open", "status-forbids"),
}


class Casework:
    """One case, worked by as many people as its procedure names."""

    def __init__(
        self, filing: Filing, watch: Watch, *, findings: Json | None = None
    ) -> None:
        self.filing, self.watch = filing, watch
        self._told_findings = findings or {}  # others come by chance
        self.silent: set[str] = set()  # steps at which nobody acts
        self.world, self.plan = filing.world, filing.plan
        self.definition, self.staff = filing.definition, filing.world.staff
        self._supplement_at = (
            supplement_step(self.definition)
            if self.plan.ending == Ending.SUPPLEMENTED
            else None
        )
        steps = self.definition["steps"]
        self._requires = {each["id"]: each.get("requires", ()) for each in steps}
        is_to_be_refused = self.plan.ending == Ending.REFUSED
        self.deciding = Deciding(
            self.staff, self.look, is_to_be_refused=is_to_be_refused
        )
        common, today = self.world.common, self.world.today
        values = Values(filing.random, common, filing.applicant, today)
        channel = self.plan.channel
        self._findings = Findings(self.definition, common, channel, values)
        self.units: list[str] = []

    @property
    def ending(self) -> Ending:
        """What became of the plan: some things turn out to be impossible."""
        if self.deciding.is_to_be_refused:
            return Ending.REFUSED
        return Ending.GRANTED if self._supplement_at else self.plan.ending

    async def work(self) -> None:
        """Until the case is over: every open step, all that are open side by side."""
        while await self.work_once():
            pass

    async def work_once(self) -> bool:
        """Whatever is open now, side by side; false once nothing is to come."""
        case = await self._until_something_to_do()
        steps = self._to_do(case)
        tried = await asyncio.gather(*(self._tried(case, each) for each in steps))
        refusals = [each for each in tried if each]
        if steps and len(refusals) == len(steps):
            await self._until_it_moves(case, refusals[0])
        return bool(steps)

    def _to_do(self, case: Json) -> list[Json]:
        """Open, unless nobody is to act there, or the paper has to be there first."""
        is_signed = (case.get("result") or {}).get("paper_id")
        held = {k for k, v in self._requires.items() if "result_signed" in v}
        waiting = self.silent if is_signed else self.silent | held
        steps: list[Json] = case["steps"]
        return [
            each
            for each in steps
            if each["state"] == "open" and each["step_id"] not in waiting
        ]

    async def grant_withdrawal(self) -> None:
        """The applicant asked; whoever has the case decides."""

        def is_wished(case: Json) -> bool:
            return bool(case.get("withdrawal_wish"))

        what = f"{self.filing.id}: the wish to withdraw is seen"
        case = await until(self.look, is_wished, what=what)
        officer = await self.staff.officer(case["unit"], "front_desk")
        body = {"granted": True, "reason": "Theo đề nghị của người nộp."}
        path = f"/cases/{case['id']}/withdrawal-decision"
        await officer.order("POST", path, body)

    async def _until_something_to_do(self) -> Json:
        def is_something(case: Json) -> bool:
            states = {each["state"] for each in case["steps"]}
            return bool(self._to_do(case)) or not states & {"open", "waiting"}

        return await until(
            self.look,
            is_something,
            what=f"{self.plan.procedure}: the next step of {self.filing.id} opens",
            seconds=PATIENCE,
        )

    async def look(self) -> Json:
        """Workflow hears of a dossier a moment after the front desk accepted it."""
        try:
            return await self.filing.desk.ask(f"{self.filing.path}/case")
        except RefusedError as refusal:
            if refusal.status != 404:
                raise
            return {"steps": [{"state": "waiting"}]}

    async def _tried(self, case: Json, step: Json) -> RefusedError | None:
        """Why it could not be done yet: something else has to happen first."""
        try:
            await self._do(case, step)
        except RefusedError as refusal:
            if refusal.code not in NOT_YET:
                raise
            return refusal
        return None

    async def _until_it_moves(self, case: Json, refusal: RefusedError) -> None:
        """Papers are sealed and money is noted elsewhere; then one can go on."""
        before, seconds = standing(case), PATIENCE
        if refusal.code == "checks-failed":  # what nobody finds out is not granted
            seconds = SOON
        try:
            await until(
                self.look,
                lambda case: standing(case) != before,
                what=str(refusal),
                seconds=seconds,
            )
        except UnansweredError:
            if refusal.code not in REFUSED_THEN or self.deciding.is_to_be_refused:
                raise refusal from None
            self.deciding.is_to_be_refused = True

    async def _do(self, case: Json, step: Json) -> None:
        self._remember(step["unit"])
        path = f"/cases/{case['id']}/steps/{step['step']}"
        requires = self._requires.get(step["step_id"], ())
        if "fees_settled" in requires:
            await self.filing.pay()
        if step["step_id"] == self.definition["steps"][-1]["id"]:
            await self._hand_over(step)
        elif step["role"] == "applicant":
            await self._finish(self.filing.filer, path, step)
        else:
            await self._work(path, step)

    def _remember(self, unit: str) -> None:
        if unit not in self.units:
            self.units.append(unit)

    async def _work(self, path: str, step: Json) -> None:
        if step["signature"] == "authority":
            officer = await self.deciding.signer(step, path)
        else:
            officer = await self.staff.officer(step["unit"], step["role"])
        if not step.get("assignee") and step["signature"] != "authority":
            await officer.order("POST", f"{path}/claim", {})
        if step["step_id"] == self._supplement_at:
            await Supplementing(self.filing, self.watch).ask_and_answer(officer, path)
            self._supplement_at = None
            return
        if step["signature"] != "authority":
            await self.deciding.propose_early(officer, path)
        await self._finish(officer, path, step)

    async def _finish(self, officer: Person, path: str, step: Json) -> None:
        case = await self.look()
        body = {
            "outcome": self._outcome(step, case),
            "note": DECLINED if self.deciding.is_to_be_refused else "",
            "facts": self._facts(step, case),
        }
        await officer.order("POST", f"{path}/completion", body)

    def _outcome(self, step: Json, case: Json) -> str:
        """The refusal where it is planned and possible; else what lets it go on."""
        effects: dict[str, str] = {x["code"]: x["effect"] for x in step["outcomes"]}
        is_open = self.deciding.is_to_be_refused and not case.get("result")
        for wanted in ("refuse", "continue") if is_open else ("continue",):
            if wanted in effects.values():
                return next(code for code, each in effects.items() if each == wanted)
        return next(iter(effects))

    def _facts(self, step: Json, case: Json) -> Json:
        """What only the officer of this step can know, some of it by chance."""
        asked = {each["name"] for each in step.get("facts", ())}
        told = {k: v for k, v in self._told_findings.items() if k in asked}
        return self._findings.of(step, case) | told

    async def _hand_over(self, step: Json) -> None:
        """What is still due is paid; the result goes out, unless it went by itself."""
        dossier = await self.watch.until(9, 10)
        await self.filing.pay()
        if dossier["status"] == 9:
            officer = await self.staff.officer(step["unit"], step["role"])
            try:
                await officer.order(
                    "POST",
                    f"{self.filing.path}/hand-over",
                    {"receiver": self.filing.applicant.full_name},
                )
            except RefusedError:
                if (await self.watch.look())["status"] != 10:  # the system was quicker
                    raise
        await self.watch.until(10)
        await self._until_closed(step)

    async def _until_closed(self, step: Json) -> None:
        def is_closed(case: Json) -> bool:
            return all(
                each["state"] != "open"
                for each in case["steps"]
                if each.get("step") == step["step"]
            )

        await until(self.look, is_closed, what=f"{self.filing.id}: the case is closed")


def standing(case: Json) -> list[Any]:
    """All by which one sees that a case moves."""
    steps = sorted((each.get("step", ""), each["state"]) for each in case["steps"])
    paper = (case.get("result") or {}).get("paper_id")
    return [steps, case.get("proposal"), paper, case.get("fees_settled")]
