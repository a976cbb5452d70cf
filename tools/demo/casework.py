"""Carries a received dossier through its agencies: whoever a step names does it."""

from __future__ import annotations

import asyncio

from tools.demo.client import Json, Person, RefusedError, until
from tools.demo.filing import Filing
from tools.demo.forms import fields_of
from tools.demo.plans import Ending, supplement_step
from tools.demo.values import Values
from tools.demo.watch import Watch

PATIENCE = 120.0  # seconds for the next step to open, papers included
PROPOSED = "Hồ sơ đủ điều kiện giải quyết theo quy định."
DECLINED = "Hồ sơ không đủ điều kiện giải quyết theo quy định."
FACTS = {"boolean": False, "money": 0, "integer": 1, "text": "Đã kiểm tra"}


class Casework:
    """One case, worked by as many people as its procedure names."""

    def __init__(
        self, filing: Filing, watch: Watch, *, findings: Json | None = None
    ) -> None:
        self.filing, self.watch = filing, watch
        self._findings = findings or {}  # of the first review; others come by chance
        self.silent: set[str] = set()  # steps at which nobody acts
        self.world, self.plan = filing.world, filing.plan
        self.definition, self.staff = filing.definition, filing.world.staff
        self._supplement_at = (
            supplement_step(self.definition)
            if self.plan.ending == Ending.SUPPLEMENTED
            else None
        )
        self._proposing = asyncio.Lock()
        self.units: list[str] = []

    async def work(self) -> None:
        """Until the case is over: every open step, all that are open side by side."""
        while await self.work_once():
            pass

    async def work_once(self) -> bool:
        """Whatever is open now, side by side; false once nothing is to come."""
        case = await self._until_something_to_do()
        open_steps = [each for each in case["steps"] if self._is_to_do(each)]
        await asyncio.gather(*(self._do(case, each) for each in open_steps))
        return bool(open_steps)

    def _is_to_do(self, step: Json) -> bool:
        return step["state"] == "open" and step["step_id"] not in self.silent

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
            is_over = not states & {"open", "waiting"}
            return is_over or any(map(self._is_to_do, case["steps"]))

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

    async def _do(self, case: Json, step: Json) -> None:
        self._remember(step["unit"])
        path = f"/cases/{case['id']}/steps/{step['step']}"
        if step["role"] == "return_officer":
            await self._hand_over(step)
        elif step["role"] == "applicant":
            await self._finish(self.filing.filer, path, step)
        else:
            officer = await self.staff.officer(step["unit"], step["role"])
            await self._work(officer, path, step)

    def _remember(self, unit: str) -> None:
        if unit not in self.units:
            self.units.append(unit)

    async def _work(self, officer: Person, path: str, step: Json) -> None:
        await officer.order("POST", f"{path}/claim", {})
        if step["step_id"] == self._supplement_at:
            self._supplement_at = None
            await self._supplement(officer, path)
            return
        if step["signature"] != "authority":
            await self._propose_once(officer, path)
        await self._finish(officer, path, step)

    async def _propose_once(self, officer: Person, path: str) -> None:
        """The first to hold a step proposes the result; nobody proposes twice."""
        async with self._proposing:
            if (await self.look()).get("proposal"):
                return
            wanted = "refuse" if self._is_to_be_refused else "grant"
            outcomes = [x for x in self.definition["outcomes"] if x["kind"] == wanted]
            text = DECLINED if self._is_to_be_refused else PROPOSED
            body = {"outcome": outcomes[0]["code"], "text": text}
            await officer.order("POST", f"{path}/proposal", body)

    @property
    def _is_to_be_refused(self) -> bool:
        return self.plan.ending == Ending.REFUSED

    async def _finish(self, officer: Person, path: str, step: Json) -> None:
        body = {
            "outcome": self._outcome(step),
            "note": DECLINED if self._is_to_be_refused else "",
            "facts": self._facts(step),
        }
        await officer.order("POST", f"{path}/completion", body)

    def _outcome(self, step: Json) -> str:
        """The refusal where it is planned and possible; else what lets it go on."""
        effects = {each["code"]: each["effect"] for each in step["outcomes"]}
        wanted = "refuse" if self._is_to_be_refused else "continue"
        if wanted not in effects.values():
            wanted = "continue"
        found = (code for code, effect in effects.items() if effect == wanted)
        return str(next(found))

    def _facts(self, step: Json) -> Json:
        """What only the officer of this step can know, some of it by chance."""
        asked = step.get("facts", [])
        known = {
            each["name"]: FACTS.get(each["type"], self.world.today.isoformat())
            for each in asked
            if each["required"]
        }
        return known | self._reviewed(step["step_id"], {each["name"] for each in asked})

    def _reviewed(self, step_id: str, asked: set[str]) -> Json:
        """Fields of the form that a reviewer fills in, at the first review."""
        if step_id != self._first_review:
            return {}
        filing, common = self.filing, self.world.common
        values = Values(filing.random, common, filing.applicant, self.world.today)
        by_chance = {
            each["name"]: values.of(each)
            for each in fields_of(self.definition, common)
            if each["name"] in asked and each.get("set_by") == "reviewer"
        }
        return by_chance | self._findings

    @property
    def _first_review(self) -> str | None:
        steps = self.definition["steps"]
        reviews = [each["id"] for each in steps if each["role"] == "reviewer"]
        return reviews[0] if reviews else None

    async def _supplement(self, officer: Person, path: str) -> None:
        """Ask for a better paper, receive it, go on."""
        document = next(
            each
            for each in self.definition["documents"]
            if each["mandatory"] and each["manner"] == "upload"
        )
        reason = {
            "vi": "Bản chụp bị mờ",
            "en": "Illegible scan",
            "fr": "Copie illisible",
        }
        item = {
            "kind": "document",
            "key": document["code"],
            "reason": reason,
            "note": "",
        }
        body = {"items": [item], "note": "Đề nghị nộp lại bản rõ hơn."}
        await officer.order("POST", f"{path}/supplement", body)
        await self.watch.until(5)
        filing, accepted = self.filing, document.get("accept")
        await filing.upload(document["code"], f"{document['name']['vi']} (2)", accepted)
        await filing.until_checked()
        await filing.filer.order("POST", f"{filing.path}/supplement-answer")
        await self.watch.until(4)

    async def _hand_over(self, step: Json) -> None:
        """What is still due is paid; the result goes out, unless it went by itself."""
        await self.filing.pay()
        dossier = await self.watch.until(9, 10)
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
