"""The scenes, act by act. All share one clock: whoever moves it, moves it for all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from shared.clock import LOCAL
from shared.legal_time import Calendar
from tools.demo import paying
from tools.demo.client import Json
from tools.demo.proofs import proven
from tools.demo.report import SceneEntry
from tools.demo.scenes.scene import Scene, found
from tools.demo.world import World

PERMIT, BUSINESS = "house-building-permit", "household-business"
RESIDENCE, BIRTH, RECORD = (
    "permanent-residence",
    "interlinked-birth",
    "criminal-record",
)
REVIEWERS = "phong_kt_xa"  # where permits and household businesses are reviewed

BRANCHES = ("residence", "health_card", "id_card")

HOUR = 60  # minutes of working time
DAY = timedelta(days=1)
OFFICE = Calendar()


class PaidOnline(Scene):
    """Its applicant pays at the gateway instead of at the counter."""

    async def pay(self) -> None:
        await paying.pay_online(self.filing.filer, self.filing.path)
        self.saw("the gateway's notice settled the fee", so=True)


class Play:
    def __init__(self, world: World, say: Callable[[str], None]) -> None:
        self.world, self._say = world, say
        self.permit = Scene(
            world,
            "a permit with consultation and tacit consent",
            PERMIT,
            "online",
            consultations=["planning", "fire"],
        )
        self.late = Scene(
            world, "suspended, extended, with an apology", BUSINESS, "counter"
        )
        self.holiday = Scene(world, "a holiday decreed half-way", RESIDENCE, "online")
        self.birth = Scene(
            world, "a birth with three agencies in parallel", BIRTH, "online"
        )
        self.paid = PaidOnline(world, "paid online", RECORD, "online")

    @property
    def scenes(self) -> list[Scene]:
        return [self.permit, self.late, self.holiday, self.birth, self.paid]

    async def begin(self) -> None:
        """All are filed; the birth and the record need nothing but their agencies."""
        self._say("scenes: five dossiers are filed")
        await asyncio.gather(*(each.file() for each in self.scenes))
        self._say("scenes: three agencies work in parallel")
        await asyncio.gather(self._three_agencies(), self.paid.casework.work())

    async def _three_agencies(self) -> None:
        """Up to the moment when the three branches are open at once."""
        while not are_open(await self.birth.case(), BRANCHES):
            await self.birth.casework.work_once()
        self.birth.saw("three branches were open at the same time", so=True)
        await self.birth.casework.work()

    async def assign_in_bulk(self) -> None:
        """The leader hands out what came in, in one action."""
        self._say("scenes: a bulk assignment")
        steps = [
            (self.permit, await self.permit.open_step("review_site")),
            (self.late, await self.late.open_step("review")),
        ]
        leader = await self.permit.officer(REVIEWERS, "unit_leader")
        reviewer = await self.permit.officer(REVIEWERS, "reviewer")
        me = (await reviewer.ask("/me"))["subject"]
        items = [{"case_id": case.id, "step": step["step"]} for case, step in steps]
        told = await leader.order(
            "POST",
            "/queue/bulk",
            {"action": "assign", "items": items, "arguments": {"assignee": me}},
        )
        self.permit.saw(
            "a bulk assignment with a result per item",
            so=[each["ok"] for each in told["items"]] == [True, True],
        )

    async def decree_a_holiday(self) -> None:
        """The last day of a running dossier becomes free: its date moves, and why."""
        self._say("scenes: a holiday is decreed")
        before = await self.holiday.due_at()
        manager = await self.holiday.officer(self.holiday.filing.reception, "manager")
        day = before.astimezone(LOCAL).date()
        notice = f"Quyết định {day:%d%m}/QĐ-UBND"
        await manager.order(
            "POST",
            "/calendar-notices",
            {
                "date": day.isoformat(),
                "kind": "off",
                "scope": "national",
                "scope_id": None,
                "legal_notice": notice,
            },
        )
        case = await self.holiday.until(
            lambda case: datetime.fromisoformat(case["clock"]["due_at"]) > before,
            "the date moves",
        )
        self.holiday.saw("the due date moved, with an event", so=True)
        self.holiday.saw(
            "the explanation names the legal notice",
            so=notice in told(case["clock"]["explanation"]),
        )

    async def suspend_and_resume(self) -> None:
        """The leader lets a case rest for two days: the clock stands meanwhile."""
        self._say("scenes: a case is suspended and resumed")
        leader = await self.late.officer(REVIEWERS, "agency_leader")
        before = await self.late.due_at()
        self.advance_to(OFFICE.before(before, 10 * HOUR))
        basis = {"legal_basis": "Nghị định 118/2025/NĐ-CP, Điều 21"}
        reason = {"reason": "Chờ kết quả xác minh địa điểm kinh doanh."}
        await self.late.order(leader, "suspension", basis | reason)
        await self.late.watch.until(8)
        self.late.saw("suspended: status 8, the clock stands", so=True)
        self.advance(2 * DAY)
        await self.late.order(leader, "resumption", {"note": "Đã có kết quả."})
        await self.late.watch.until(4)
        self.late.saw(
            "resumed: the date moved by what was left",
            so=await self.late.due_at() > before,
        )

    async def consult(self) -> None:
        """Two agencies are asked; one answers, the other says nothing."""
        self._say("scenes: two agencies are consulted")
        self.permit.casework.silent = {"consult_fire", "draft"}
        await self.permit.casework.work_once()
        await self.permit.open_step("consult_fire")
        await self.permit.casework.work_once()
        clock = await self.permit.clock()
        self.permit.saw(
            "the clock stands while others are asked", so=clock["is_stopped"]
        )

    async def apologise_and_extend(self) -> None:
        """The draft is there before the date; the leader approves; the date moves."""
        self._say("scenes: an apology, and a new date")
        first = await self.late.due_at()
        self.advance_to(OFFICE.before(first, 5 * HOUR))
        await self.late.until(
            lambda case: bool(case.get("apology")), "an apology draft"
        )
        self.late.saw("the apology was drafted before the date passed", so=True)
        reviewer = await self.late.officer(REVIEWERS, "reviewer")
        leader = await self.late.officer(REVIEWERS, "agency_leader")
        wish = {"value": 2, "unit": "working_day", "reason": "Số lượng hồ sơ tăng cao."}
        await self.late.order(reviewer, "extension", wish)
        await self.late.order(leader, "extension-approval")
        clock = await self.late.clock()
        self.late.saw("the due date moved", so=await self.late.due_at() > first)
        self.late.saw(
            "the first promise is kept",
            so=datetime.fromisoformat(clock["original_due_at"]) == first,
        )
        self.advance_to(first + DAY / 24)
        await self.late.until(lambda case: case["clock"]["is_late"], "late is late")
        self.late.saw("it counts as late in spite of the extension", so=True)
        await self.late.casework.work()

    async def let_silence_decide(self) -> None:
        """Twelve days later the silent agency has agreed, by law."""
        self._say("scenes: silence is consent")
        self.advance(13 * DAY)
        await self.permit.until(
            lambda case: state(case, "consult_fire") == "done", "tacit consent"
        )
        self.permit.saw("silence was counted as consent", so=True)
        self.permit.casework.silent = set()
        await asyncio.gather(self.permit.casework.work(), self.holiday.casework.work())

    async def end(self) -> list[SceneEntry]:
        self._say("scenes: everything is verified")
        entries = await asyncio.gather(*map(self._entry, self.scenes))
        return list(entries)

    async def _entry(self, scene: Scene) -> SceneEntry:
        dossier = await proven(
            scene.filing,
            scene.watch,
            units=scene.casework.units,
            outcome=scene.name,
            last=10,
        )
        return SceneEntry(name=scene.name, shown=scene.shown, dossier=dossier)

    def advance(self, by: timedelta) -> None:
        self.advance_to(self.world.clock.now + by)

    def advance_to(self, moment: datetime) -> None:
        self.world.clock.advance_to(moment)


def are_open(case: Json, steps: Iterable[str]) -> bool:
    return all(found(case, each) for each in steps)


def state(case: Json, step_id: str) -> str:
    return next(
        (str(each["state"]) for each in case["steps"] if each["step_id"] == step_id),
        "",
    )


def told(lines: Iterable[Any]) -> str:
    """All that an explanation says, in Vietnamese."""
    return " ".join(str(each["text"]["vi"]) for each in lines)
