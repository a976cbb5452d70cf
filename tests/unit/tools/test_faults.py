from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, cast

from infra.embedded.system import System
from tools.demo.client import Acknowledged
from tools.faults.chaos import AT_MOST, SPARED, Chaos
from tools.faults.invariants import twice
from tools.faults.journal import OPENING, Journal
from tools.faults.post import letters, texts


class Running:
    """A system of names; who is killed is noted, and back at once."""

    def __init__(self, *names: str) -> None:
        self.names, self.killed = names, Counter[str]()

    def pids(self) -> dict[str, int]:
        return dict.fromkeys(self.names, 1)

    def kill(self, name: str) -> None:
        self.killed[name] += 1


def killed(*names: str, times: int, seed: int = 1) -> Counter[str]:
    running = Running(*names)
    chaos = Chaos(cast(System, running), Random(seed))
    for _ in range(times):
        chaos.kill_one()
    return running.killed


def an_order(call: str, **answer: Any) -> Acknowledged:
    return Acknowledged("key-1", "Lê Thị Lan", call, answer)


def test_what_stands_for_the_world_outside_is_spared() -> None:
    assert killed(*SPARED, "intake.serve", times=3).keys() == {"intake.serve"}


def test_nobody_is_killed_so_often_that_the_supervisor_gives_up() -> None:
    counts = killed("intake.serve", "portal.web", "postgres", times=200)

    assert set(counts.values()) == {AT_MOST}


def test_the_same_seed_kills_the_same() -> None:
    names = ("intake.serve", "portal.web", "audit.serve", "postgres", "rabbitmq")

    first, second = (killed(*names, times=8, seed=7) for _ in range(2))

    assert first == second


def test_chaos_ends_in_time() -> None:
    chaos = Chaos(cast(System, Running()), Random(1))

    asyncio.run(chaos.run(seconds=0.01))

    assert not chaos.kills


def test_what_was_acknowledged_stands_in_the_journal_at_once(tmp_path: Path) -> None:
    place = {"source": "intake", "position": 7}

    with closing(Journal(tmp_path / "journal.jsonl")) as journal:
        journal.write(an_order(OPENING, id="dossier-1"))
        journal.write(an_order("PUT /dossiers/dossier-1/answers", position=place))
        lines = (tmp_path / "journal.jsonl").read_text().splitlines()

    assert len(lines) == 2
    assert json.loads(lines[0])["call"] == OPENING
    assert journal.opened == ["dossier-1"]
    assert journal.positions == [("intake", 7)]


def test_signing_in_orders_nothing(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.jsonl")) as journal:
        journal.write(an_order("POST /session"))

    assert journal.orders == []


def test_a_letter_that_came_twice_is_found(tmp_path: Path) -> None:
    for number in (1, 2):
        letter = "Message-ID: <notice-1@guichet>\r\n\r\nXin chào"
        (tmp_path / f"00000{number}-notice-1.eml").write_text(letter)

    assert twice(letters(tmp_path)) == ["<notice-1@guichet>"]


def test_the_same_text_to_two_people_is_two_texts(tmp_path: Path) -> None:
    for number in ("+84901", "+84902"):
        content = json.dumps({"to": number, "text": "Ho so da co ket qua"})
        (tmp_path / f"{number}.json").write_text(content)

    assert twice(texts(tmp_path)) == []
