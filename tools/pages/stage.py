"""The people and the dossiers that the pages show: filed on a real system."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from infra.embedded.running import Places
from tools.demo.client import Person
from tools.demo.scenes.scene import Scene, found
from tools.demo.supplementing import REASON
from tools.demo.world import World, world
from tools.pages.inventory import ADMINISTRATOR, APPLICANT, VISITOR, Shown

SESSION = "guichet_session"
REVIEW, SIGN, SEAL = "review", "sign", "number_seal"
LONG, ONLINE, AT_THE_COUNTER = (
    "house-building-permit",
    "household-business",
    "certified-copy",
)
CENTRE, OFFICE, COMMITTEE = "ttpvhcc_xa", "phong_kt_xa", "ubnd_xa"
TOO_MUCH = "Thu thừa một bản sao"
POSTS = {
    "front_desk": CENTRE,
    "cashier": CENTRE,
    "manager": CENTRE,
    "auditor": CENTRE,
    "reviewer": OFFICE,
    "unit_leader": OFFICE,
    "agency_leader": COMMITTEE,
    "clerk": COMMITTEE,
}


@dataclass
class Stage:
    """Where to look, as whom, and at what."""

    url: str
    sessions: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def session(self, shown: Shown) -> str | None:
        """The session of who looks at this page; a visitor has none."""
        if shown.who == VISITOR:
            return None
        who = f"{APPLICANT} of {shown.of}" if shown.who == APPLICANT else shown.who
        return self.sessions[who]

    def path(self, shown: Shown, language: str) -> str:
        return f"/{language}{shown.path}".format(**self.names.get(shown.of, {}))


async def staged(places: Places) -> Stage:
    """File what the pages need, and let everybody sign in."""
    async with world(places) as here:
        await here.learn_procedures()
        stage = Stage(places.public_url)
        stage.sessions[ADMINISTRATOR] = session_of(here.administrator)
        made = await asyncio.gather(
            *(act(here, name) for name, act in ACTS.items()), people(here, stage)
        )
        for scene in filter(None, made):
            await tell(stage, scene)
        return stage


async def people(here: World, stage: Stage) -> None:
    for role, agency in POSTS.items():
        unit = here.directory.unit_of(agency).id
        stage.sessions[role] = session_of(await here.staff.officer(unit, role))


async def begun(here: World, name: str, procedure: str = LONG) -> Scene:
    """Filled in, with its files; the applicant has not sent it."""
    scene = Scene(here, name, procedure, "online")
    await scene.filing.prepare()
    await scene.filing.draft()
    return scene


async def sent(here: World, name: str) -> Scene:
    scene = await begun(here, name, ONLINE)
    await scene.filing.submit()
    return scene


async def owing(here: World, name: str) -> Scene:
    """Sent, and to be paid for."""
    scene = await begun(here, name)
    await scene.filing.submit()
    return scene


async def received(here: World, name: str) -> Scene:
    scene = Scene(here, name, ONLINE, "online")
    await scene.file()
    return scene


async def reviewed(here: World, name: str) -> Scene:
    """On the table of the reviewer."""
    scene = await received(here, name)
    await until_open(scene, REVIEW)
    return scene


async def lamented(here: World, name: str) -> Scene:
    """On the table of the reviewer, and its applicant complains that it takes long."""
    scene = await reviewed(here, name)
    said = {"subject": "delay", "text": "Tôi chờ đã lâu."}
    filing = scene.filing
    await filing.filer.order("POST", f"{filing.path}/complaints", said)
    return scene


async def asked(here: World, name: str) -> Scene:
    """The reviewer wants a better scan."""
    scene = await reviewed(here, name)
    step = await scene.open_step(REVIEW)
    officer = await scene.officer(step["unit"], step["role"])
    await scene.order(officer, f"steps/{step['step']}/claim")
    code = code_of_a_scan(scene)
    item = {"kind": "document", "key": code, "reason": REASON, "note": ""}
    body = {"items": [item], "note": ""}
    await scene.order(officer, f"steps/{step['step']}/supplement", body)
    await scene.watch.until(5)
    return scene


def code_of_a_scan(scene: Scene) -> str:
    papers = scene.filing.definition["documents"]
    return next((x["code"] for x in papers if x["manner"] == "upload"), "")


async def copied(here: World, name: str) -> Scene:
    scene = Scene(here, name, AT_THE_COUNTER, "counter")
    await scene.file()
    return scene


async def repaid(here: World, name: str) -> Scene:
    """A part of its fee is to go back, and nobody has decided."""
    scene = await copied(here, name)
    filing = scene.filing
    seen = await filing.filer.ask(filing.path)
    cashier = await scene.officer(seen["unit"], "cashier")
    payment_id = seen["payments"][0]["payment_id"]
    wish = {"payment_id": payment_id, "amount": 1000, "reason": TOO_MUCH}
    await cashier.order("POST", f"{filing.path}/refunds", wish)
    return scene


async def proposed(here: World, name: str) -> Scene:
    """On the table of the leader, who was told what to sign."""
    scene = await copied(here, name)
    await until_open(scene, SIGN)
    return scene


async def signed(here: World, name: str) -> Scene:
    """On the table of the clerk, who seals."""
    scene = await copied(here, name)
    await until_open(scene, SEAL)
    return scene


async def done(here: World, name: str) -> Scene:
    scene = await received(here, name)
    await scene.casework.work()
    await scene.watch.until(10)
    return scene


async def until_open(scene: Scene, step: str) -> None:
    while found(await scene.case(), step) is None:
        await scene.casework.work_once()


ACTS: dict[str, Callable[[World, str], Awaitable[Scene]]] = {
    "draft": begun,
    "sent": sent,
    "owing": owing,
    "working": lamented,
    "asked": asked,
    "repaid": repaid,
    "proposed": proposed,
    "signed": signed,
    "done": done,
}


async def tell(stage: Stage, scene: Scene) -> None:
    """Under which names the addresses of the pages find this dossier."""
    filing = scene.filing
    seen = await filing.filer.ask(filing.path)
    files = [file for each in seen["documents"] for file in each["files"]]
    stage.names[scene.name] = {
        "id": filing.id,
        "case": getattr(scene, "id", ""),
        "procedure": filing.plan.procedure,
        "page": filing.definition["fields"][0]["name"],
        "paper": code_of_a_scan(scene),
        "tracking_code": seen["tracking_code"],
        "file": str(files[0]["file_id"] if isinstance(files[0], dict) else files[0])
        if files
        else "",
    }
    stage.sessions[f"{APPLICANT} of {scene.name}"] = session_of(filing.filer)


def session_of(person: Person) -> str:
    """The token of a program is that of a browser, too."""
    bearer = person.http.headers.get("Authorization", "")
    return bearer.removeprefix("Bearer ") or str(person.http.cookies[SESSION])
