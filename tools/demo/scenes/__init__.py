"""What the law does to a dossier: played in rehearsal time, nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable

from tools.demo.report import SceneEntry
from tools.demo.scenes.play import Play
from tools.demo.world import World

Say = Callable[[str], None]


async def played(world: World, *, say: Say = lambda _: None) -> list[SceneEntry]:
    """All scenes side by side, as far as the clock they share allows."""
    play = Play(world, say)
    await play.begin()
    for act in (
        play.assign_in_bulk,
        play.decree_a_holiday,
        play.suspend_and_resume,
        play.consult,
        play.apologise_and_extend,
        play.let_silence_decide,
    ):
        await act()
    return await play.end()
