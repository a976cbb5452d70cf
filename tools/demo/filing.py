"""From an empty form to a received dossier, on the three ways in."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from infra.standins.citizens import CITIZENS
from tools.demo import citizens, files
from tools.demo.client import Json, Person, until
from tools.demo.forms import Answers, Form
from tools.demo.people import Person as Identity
from tools.demo.people import a_person
from tools.demo.plans import Plan
from tools.demo.rules import Rules
from tools.demo.world import World, hand_picked

AT_THE_DESK = ("shown", "handed_over")
LANGUAGES = ("vi", "vi", "vi", "en", "fr")


class Filing:
    """One dossier on its way to the front desk.

    Online the applicant writes and an officer pays in and accepts; at the counter and
    by post the front desk does all of it.
    """

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        self.definition = world.definitions[plan.procedure]
        self.random = Random(plan.seed)
        self.language = self.random.choice(LANGUAGES)
        self.id = str(uuid4())
        self.answers: Answers = {}
        self._paying = asyncio.Lock()

    async def prepare(self) -> None:
        """Who files, and which desk receives."""
        self.desk = await self.world.staff.officer(self.reception, "front_desk")
        if self.plan.channel == "online":
            sub = self.random.choice(sorted(CITIZENS))
            self.applicant = citizens.identity(sub)
            self.filer = await self.world.citizens.signed_in(sub)
        else:
            self.applicant = a_person(self.plan.seed)
            self.filer = self.desk

    @property
    def reception(self) -> str:
        """The unit that works the first step."""
        first = self.definition["steps"][0]
        return self.world.directory.unit_of(first["agency"]).id

    @property
    def path(self) -> str:
        return f"/dossiers/{self.id}"

    async def draft(self) -> None:
        opened: Json = {
            "id": self.id,
            "procedure": self.plan.procedure,
            "channel": self.plan.channel,
            "language": self.language,
        }
        if self.plan.channel != "online":
            opened["applicant"] = {"personal_id": self.applicant.personal_id}
        await self.filer.order("POST", "/dossiers", opened)
        self.answers = self.form(self.applicant).filled()
        await self.write(self.filer, self.answers)
        await self.add_papers(self.is_wanted_now)
        await self.until_checked()

    async def write(self, by: Person, answers: Answers) -> None:
        await by.order("PUT", f"{self.path}/answers", {"answers": answers})

    def form(self, applicant: Identity) -> Form:
        given = {
            "full_name": applicant.full_name,
            "personal_id": applicant.personal_id,
            "birth_date": applicant.birth_date.isoformat(),
            "gender": applicant.gender,
            "phone": applicant.phone,
            "email": applicant.email,
            "residence": applicant.residence,
        }
        preferred = {
            "acting_as": "self",
            "notify_sms": True,
            "notify_email": True,
            "language": self.language,
        }
        return Form(
            self.definition,
            self.world.common,
            applicant,
            self.plan.channel,
            self.world.today,
            self.plan.seed,
            {**given, **hand_picked(self.plan.procedure)},
            preferred=preferred,
        )

    async def add_papers(self, is_wanted: Callable[[Json], bool]) -> None:
        """Those that are asked for, among these."""
        rules = Rules(
            self.definition, self.world.common, self.plan.channel, self.world.today
        )
        for document in filter(is_wanted, self.definition["documents"]):
            condition = document.get("required_if")
            is_needed = condition and rules.holds(condition, self.answers)
            if document["mandatory"] or is_needed:
                await self.add_paper(document)

    def is_wanted_now(self, document: Json) -> bool:
        """While the applicant alone has the dossier, nothing is shown to an officer."""
        is_away = self.plan.channel == "online"
        return not is_away or document["manner"] not in AT_THE_DESK

    async def complete(self) -> None:
        """Of an online dossier, what only the front desk can add."""
        if self.plan.channel == "online":
            await self.add_papers(lambda document: not self.is_wanted_now(document))
        form = self.form(self.applicant)
        if added := form.added(self.answers, by="front_desk"):
            await self.write(self.desk, added)

    async def add_paper(self, document: dict[str, Any]) -> None:
        """A scan; or the paper itself, shown or handed over the counter."""
        if document["manner"] == "upload":
            name, accepted = document["name"]["vi"], document.get("accept")
            await self.upload(document["code"], name, accepted)
            return
        handed = {name: document[name] for name in ("manner", "originals", "copies")}
        if not handed["originals"] + handed["copies"]:
            handed["originals"] = 1  # something has to be seen
        by = self.filer if document["manner"] == "confirmation" else self.desk
        await by.order("PUT", f"{self.path}/documents/{document['code']}/paper", handed)

    async def upload(self, code: str, title: str, accepted: list[str] | None) -> None:
        scan = files.scan(
            title,
            self.applicant.full_name,
            media_type=files.suitable(accepted),
            seed=f"{self.plan.seed} {code}",
        )
        await self.filer.hand_in(f"{self.path}/documents/{code}/file", scan)

    async def until_checked(self) -> None:
        """Until somebody has looked into every file that was handed in."""

        def is_checked(dossier: Json) -> bool:
            return all(
                each["state"] != "being-checked" for each in dossier["documents"]
            )

        await until(
            lambda: self.filer.ask(self.path),
            is_checked,
            what=f"{self.plan.procedure}: files are checked",
        )

    async def pay(self) -> None:
        """What is due, at the counter; or by transfer, for who is not there."""
        async with self._paying:
            await self._pay()

    async def _pay(self) -> None:
        dossier = await self.desk.ask(self.path)
        if due := int(dossier.get("balance") or 0):
            at_counter = self.plan.channel == "counter"
            method = self.random.choice(("cash", "card")) if at_counter else "transfer"
            reference = hashlib.sha256(self.id.encode()).hexdigest()[:10].upper()
            payment = {"amount": due, "method": method, "reference": reference}
            await self.desk.order("POST", f"{self.path}/payments", payment)

    async def submit(self) -> None:
        if self.plan.channel == "online":
            await self.filer.order("POST", f"{self.path}/submission")

    async def refuse(self) -> None:
        reasons = [each["code"] for each in self.definition["refusal_reasons"][:1]]
        body = {
            "reasons": reasons,
            "note": "Hồ sơ không thuộc thẩm quyền.",
        }
        await self.desk.order("POST", f"{self.path}/refusal", body)

    async def accept(self) -> None:
        await self.desk.order("POST", f"{self.path}/acceptance")
