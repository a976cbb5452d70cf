"""Whatever a service may refuse or record, people read it in their language."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import services
from shared.errors import DomainError
from shared.eventsourcing import Aggregate

LOCALES = Path(__file__).parents[2] / "services/portal/locales"
EVERY_LANGUAGE = {"vi", "en", "fr"}
ON_THE_BUS = ("service", "__main__")  # green threads stay out of tests


FILES = sorted(LOCALES.rglob("*.json"))

Texts = dict[str, dict[str, str]]


def read(file: Path) -> Texts:
    found: Texts = json.loads(file.read_text())
    return found


def texts(name: str) -> Texts:
    files = (LOCALES / name).glob("*.json")
    return {key: text for file in files for key, text in read(file).items()}


def named(file: Path) -> str:
    return str(file.relative_to(LOCALES))


def kinds_of(base: type[Any]) -> Iterator[type[Any]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


@pytest.fixture(scope="module", autouse=True)
def all_services() -> None:
    """Every module of every service, so that every refusal and event is known."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.rpartition(".")[2] not in ON_THE_BUS:
            import_module(module.name)


def ours(kinds: Iterator[type[Any]]) -> Iterator[type[Any]]:
    return (
        kind for kind in kinds if kind.__module__.startswith(("services", "shared"))
    )


def test_every_refusal_has_a_sentence() -> None:
    codes = {kind.code for kind in ours(kinds_of(DomainError))}

    assert codes - texts("refusals").keys() == set()


def test_every_event_has_a_sentence_in_the_history() -> None:
    events = ours(kinds_of(Aggregate.Event))
    topics = {kind.TOPIC for kind in events if "TOPIC" in vars(kind)}

    assert topics - texts("topics").keys() == set()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_everything_is_said_in_every_language(file: Path) -> None:
    silent = {
        key
        for key, text in read(file).items()
        if text.keys() != EVERY_LANGUAGE or not all(text.values())
    }

    assert silent == set()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_stands_in_a_sentence_stands_in_it_in_every_language(file: Path) -> None:
    def places(sentence: str) -> set[str]:
        return {each.partition("}")[0] for each in sentence.split("{")[1:]}

    uneven = {
        key
        for key, text in read(file).items()
        if len({frozenset(places(each)) for each in text.values()}) > 1
    }

    assert uneven == set()


def test_nothing_is_said_in_two_files_of_a_folder() -> None:
    for folder in (each for each in LOCALES.iterdir() if each.is_dir()):
        keys = [key for file in folder.glob("*.json") for key in read(file)]

        assert len(keys) == len(set(keys)), folder.name
