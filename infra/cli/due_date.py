"""`./guichet due-date`: when an answer is due, and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from infra.cli.due_question import Options, Question, question
from infra.cli.legal_input import InputError
from infra.cli.scenarios import Scenario, scenarios
from shared.legal_time import Counted

SPANS = ("--pause", "--restart")


class Command(TyperCommand):
    """`--pause FROM TO` may come several times: two words become one interval."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words, joined = iter(args), []
        for word in words:
            joined.append(word)
            if word in SPANS:
                ends = [next(words, ""), next(words, "")]
                joined.append("/".join(ends))
        return super().parse_args(ctx, joined)


class Unit(StrEnum):
    WORKING_DAY = "working_day"
    DAY = "day"
    SAME_DAY = "same_day"


class Language(StrEnum):
    VI = "vi"
    EN = "en"
    FR = "fr"


def written(metavar: str, help: str) -> Any:
    return typer.Option(metavar=metavar, help=help)


Text = str | None
Texts = list[str] | None

Procedure = Annotated[Text, written("SLUG", "Take the time of this procedure.")]
Value = Annotated[int | None, written("N", "Or so many days,")]
OfUnit = Annotated[Unit | None, typer.Option(help="of this kind;")]
Cutoff = Annotated[Text, written("HH:MM", "from this hour it is received a day later.")]
Received = Annotated[Text, written("ISO", "When, in local time: 2026-11-20T10:00.")]
Channel = Annotated[Text, written("C", "How: counter, online or post.")]
Hours = Annotated[Text, written("SPANS", "Office hours: 07:30-11:30,13:00-17:00.")]
Pause = Annotated[
    Texts, written("FROM TO", "The clock stood; TO is - if it still does.")
]
Restart = Annotated[Texts, written("FROM TO", "The same, and then the full time anew.")]
Override = Annotated[Texts, written("DATE=off|work", "A legal notice about a day.")]
InLanguage = Annotated[Language, typer.Option(help="Of the explanation.")]
AsJson = Annotated[bool, typer.Option("--json", help="One line for machines.")]
Scenarios = Annotated[
    Path | None, written("FILE", "Answer for all dossiers of a JSON file.")
]


def due_date(  # noqa: PLR0913 - every option of a command is a parameter
    procedure: Procedure = None,
    value: Value = None,
    unit: OfUnit = None,
    cutoff: Cutoff = None,
    received: Received = None,
    channel: Channel = None,
    hours: Hours = None,
    pause: Pause = None,
    restart: Restart = None,
    override: Override = None,
    language: InLanguage = Language.EN,
    as_json: AsJson = False,
    scenario: Scenarios = None,
) -> None:
    """Say when an answer is due, and why this date, line by line."""
    time = (procedure, value, unit, cutoff)
    moved = (pause or [], restart or [], override or [])
    options = Options(*time, received, channel, hours, *moved)
    try:
        if scenario:
            options.require_empty()
            answers = [of_dossier(each, language) for each in scenarios(scenario)]
        else:
            answer = for_machines if as_json else for_people
            answers = [answer(question(options), language)]
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for each in answers:
        typer.echo(each)


def of_dossier(scenario: Scenario, language: str) -> str:
    """One dossier of a file, on one line."""
    for key in scenario.unknown():
        typer.echo(f"{scenario.id}: {key!r} means nothing here: left out", err=True)
    return as_line({"id": scenario.id, **answered(scenario.counted(), language)})


def for_machines(asked: Question, language: str) -> str:
    counted = asked.counted()
    return as_line(
        {
            "received": minute(asked.received),
            "legal_time": asdict(asked.legal),
            **answered(counted, language),
            "lines": [line.plain() for line in (*counted.lines, *asked.longer)],
        }
    )


def for_people(asked: Question, language: str) -> str:
    """The date first, then its reasons, then what might make it another."""
    *reasons, result = sentences(asked.counted(), language)
    lines = [f"{number:>3}. {reason}" for number, reason in enumerate(reasons, 1)]
    longer = [line.sentence(language) for line in asked.longer]
    return "\n".join([result, *lines, *longer])


def answered(counted: Counted, language: str) -> dict[str, Any]:
    due = None if counted.is_stopped else minute(counted.due)
    return {"due": due, "explanation": sentences(counted, language)}


def sentences(counted: Counted, language: str) -> list[str]:
    return [line.sentence(language) for line in counted.lines]


def minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def as_line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
