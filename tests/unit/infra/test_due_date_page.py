"""Every example of the page on dates is run: the page cannot lie."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import cli

PAGE = Path(__file__).parents[3] / "docs/due-date.md"
CODE, PROMPT = "    ", "    $ ./guichet "


def blocks() -> Iterator[list[str]]:
    """What stands indented, one block after the other."""
    block: list[str] = []
    for line in [*PAGE.read_text().splitlines(), ""]:
        if line.startswith(CODE):
            block.append(line)
        elif block:
            yield block
            block = []


EXAMPLES = [each for each in blocks() if each[0].startswith(PROMPT)]


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block[0].strip("$ "))
def test_an_example_says_what_the_command_answers(block: list[str]) -> None:
    command, *printed = block

    result = CliRunner().invoke(cli, shlex.split(command.removeprefix(PROMPT)))

    answer = result.stdout or result.stderr
    assert [line.removeprefix(CODE) for line in printed] == answer.splitlines()


def test_the_file_of_the_page_is_answered(tmp_path: Path) -> None:
    written = next(each for each in blocks() if each[0].startswith(f"{CODE}[{{"))
    file = tmp_path / "dossiers.json"
    file.write_text("".join(written))

    result = CliRunner().invoke(cli, ["due-date", "--scenario", str(file)])

    assert result.exit_code == 0
    assert json.loads(result.stdout)["due"] == "2026-11-30T17:00"


def test_the_page_shows_each_way_to_count() -> None:
    commands = " ".join(block[0] for block in EXAMPLES)

    for option in ("working_day", "same_day", "--procedure", "--override", "--pause"):
        assert option in commands
