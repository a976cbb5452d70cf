from __future__ import annotations

from shared.directory import CATALOGUE
from tools.demo.plans import Ending, planned
from tools.demo.world import procedures_in

DEFINITIONS = {each["slug"]: each for each in procedures_in(CATALOGUE)}


def test_a_demonstration_shows_each_procedure_each_ending_and_each_channel() -> None:
    plans = planned(DEFINITIONS, dossiers=12, seed="x")

    assert {plan.procedure for plan in plans} == set(DEFINITIONS)
    assert {plan.ending for plan in plans} == set(Ending)
    assert {plan.channel for plan in plans} == {"online", "counter", "post"}


def test_only_channels_that_a_procedure_offers_are_used() -> None:
    for plan in planned(DEFINITIONS, dossiers=200, seed="x"):
        assert plan.channel in DEFINITIONS[plan.procedure]["channels"]


def test_the_same_seed_gives_the_same_plans() -> None:
    first, second = (planned(DEFINITIONS, dossiers=50, seed="x") for _ in range(2))

    assert first == second
    assert first != planned(DEFINITIONS, dossiers=50, seed="y")


def test_who_must_answer_a_request_files_online() -> None:
    for plan in planned(DEFINITIONS, dossiers=200, seed="x"):
        if plan.ending in (Ending.SUPPLEMENTED, Ending.WITHDRAWN):
            assert plan.channel == "online"
