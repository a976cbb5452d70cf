"""Who proposes the result of a case, and who signs it: never the same person."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tools.demo.client import Json, Person, RefusedError
from tools.demo.staff import Staff

PROPOSED = "Hồ sơ đủ điều kiện giải quyết theo quy định."
DECLINED = "Hồ sơ không đủ điều kiện giải quyết theo quy định."
TOO_EARLY = ("checks-failed", "already-decided")
REFUSAL = ("refuse",)
GRANTS = ("grant", "partial")

Look = Callable[[], Awaitable[Json]]


class Deciding:
    """One case on its way to a decision. What cannot be granted is refused."""

    def __init__(self, staff: Staff, look: Look, *, is_to_be_refused: bool) -> None:
        self._staff, self._look = staff, look
        self._proposing = asyncio.Lock()
        self._proposer: Person | None = None
        self.is_to_be_refused = is_to_be_refused

    @property
    def words(self) -> str:
        return DECLINED if self.is_to_be_refused else PROPOSED

    async def propose_early(self, officer: Person, path: str) -> None:
        """Whoever first holds a step proposes, as soon as that can be granted."""
        try:
            await self._propose_once(officer, path)
        except RefusedError as refusal:
            if refusal.code not in TOO_EARLY:
                raise

    async def signer(self, step: Json, path: str) -> Person:
        """Who signs, with a proposal of somebody else before them."""
        role = "clerk" if step["role"] in ("reviewer", "system", "third_party") else ""
        adviser = await self._staff.officer(step["unit"], role or "reviewer")
        await self._propose_once(adviser, path)
        signer = await self._staff.officer(step["unit"], step["role"])
        if signer is not self._proposer:
            return signer
        return await self._staff.officer(step["unit"], step["role"], seat="2")

    async def _propose_once(self, officer: Person, path: str) -> None:
        """Nobody proposes twice, unless there is nothing left to be granted."""
        async with self._proposing:
            case = await self._look()
            made = case.get("proposal")
            if case.get("result") or (made and self._is_wanted(made)):
                return
            try:
                await self._propose(officer, path, case)
            except RefusedError as refusal:
                if refusal.code != "already-refused":
                    raise
                self.is_to_be_refused = True
                await self._propose(officer, path, case)

    def _is_wanted(self, outcome: Json) -> bool:
        return (outcome["kind"] in REFUSAL) == self.is_to_be_refused

    async def _propose(self, officer: Person, path: str, case: Json) -> None:
        offered = case["proposable"]
        if not any(each["kind"] in GRANTS for each in offered):
            self.is_to_be_refused = True
        kinds = REFUSAL if self.is_to_be_refused else GRANTS
        outcome = min(
            (each for each in offered if each["kind"] in kinds),
            key=lambda each: kinds.index(each["kind"]),
        )
        body = {"outcome": outcome["code"], "text": self.words}
        await officer.order("POST", f"{path}/proposal", body)
        self._proposer = officer
