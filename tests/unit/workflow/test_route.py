from __future__ import annotations

from typing import Any

import pytest

from shared.expressions import ExpressionError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    REVIEW,
    SIGN,
    Handling,
    a_case,
    a_definition,
    a_step,
)

BRANCHES = "['66', null, '68', '66']"


def fan_out(*, keys: str = BRANCHES, **more: Any) -> Any:
    by = {"keys": keys, "by": "province"}
    outcomes = ["ok", "refuse"]
    return a_step(
        "inquire", "receive", agency="ca_xa", fan_out=by, outcomes=outcomes, **more
    )


def test_parallel_steps_are_open_side_by_side() -> None:
    handling = a_case(a_definition(a_step("a", "receive"), a_step("b", "receive")))

    assert handling.open == ["a", "b"]


def test_a_step_waits_for_all_it_depends_on() -> None:
    joined = a_step("c", "a", "b")
    handling = a_case(
        a_definition(a_step("a", "receive"), a_step("b", "receive"), joined)
    )

    handling.finish("a")
    assert handling.open == ["b"]
    handling.finish("b")

    assert handling.open == ["c"]


def test_a_needless_step_counts_as_done() -> None:
    handling = a_case(
        a_definition(
            a_step("a", "receive", when="channel == 'online'"), a_step("b", "a")
        )
    )

    assert handling.state("a") == "skipped"
    assert handling.open == ["b"]


def test_a_condition_may_ask_for_the_outcome_of_a_step() -> None:
    search = a_step("search", "receive", outcomes=["clear", "verify"])
    verify = a_step("verify", "search", when="outcomes.search == 'verify'")

    clear, doubtful = (a_case(a_definition(search, verify)) for _ in range(2))
    clear.finish("search", "clear")
    doubtful.finish("search", "verify")

    assert clear.open == ["approval"]
    assert doubtful.open == ["verify"]


def test_a_defective_condition_stops_the_step_and_is_never_taken_for_false() -> None:
    broken = a_step("broken", "review", when="1 / 0 == 1")
    handling = a_case(a_definition(REVIEW, broken))

    with pytest.raises(ExpressionError):
        handling.finish("review")


def test_one_branch_opens_for_each_different_key() -> None:
    handling = Handling(a_definition(fan_out()))

    assert handling.open == ["inquire:66", "inquire:68"]
    assert handling.case.steps["inquire:66"].unit == "ca_xa"


def test_without_keys_there_is_no_branch() -> None:
    handling = a_case(a_definition(fan_out(keys="[]"), a_step("compile", "inquire")))

    assert handling.state("inquire") == "skipped"
    assert handling.open == ["compile"]


def test_what_joins_the_branches_waits_for_each() -> None:
    handling = a_case(a_definition(fan_out(), a_step("compile", "inquire")))

    handling.finish("inquire:68")
    assert handling.open == ["inquire:66"]
    handling.finish("inquire:66")

    assert handling.open == ["compile"]


def test_the_outcome_of_branches_is_the_refusal_if_there_is_one() -> None:
    compile_ = a_step("compile", "inquire", when="outcomes.inquire == 'refuse'")
    joins = [{"group": "A", "mode": "all_settled"}]
    step = fan_out(parallel_group="A")
    handling = a_case(a_definition(step, compile_, joins=joins))

    handling.finish("inquire:66", "refuse")
    handling.finish("inquire:68")

    assert handling.open == ["compile"]


def grouped(mode: str) -> Handling:
    outcomes = ["ok", "refuse"]
    return a_case(
        a_definition(
            a_step("a", "receive", parallel_group="A", outcomes=outcomes),
            a_step("a2", "a", parallel_group="A"),
            a_step("a3", "a2", parallel_group="A"),
            a_step("b", "receive", parallel_group="A"),
            a_step("sign", "a3", "b", role="agency_leader", signature="authority"),
            joins=[{"group": "A", "mode": mode}],
        )
    )


def test_a_refused_branch_ends_alone_where_all_need_only_be_settled() -> None:
    handling = grouped("all_settled")

    handling.finish("a", "refuse")

    assert [handling.state(step) for step in ("a2", "a3")] == ["skipped"] * 2
    assert handling.open == ["b"]
    assert not handling.case.is_refused
    handling.finish("b")
    assert handling.open == ["sign"]


def test_a_refused_branch_refuses_the_dossier_where_all_must_be_done() -> None:
    handling = grouped("all_done")

    handling.finish("a", "refuse", note="Không đạt")

    assert handling.state("b") == "stopped"
    assert handling.open == ["sign"]
    assert handling.case.is_refused


def test_a_step_that_pauses_the_dossier_gives_it_its_status() -> None:
    handling = a_case(a_definition(a_step("pay", "receive", clock="paused", status=6)))

    assert handling.case.status == 6


def test_a_dossier_needs_nobody_but_its_leader_between_desk_and_desk() -> None:
    handling = Handling(a_definition())

    assert handling.open == ["approval"]
    assert events(handling.case) == ["Opened", "StepFinished", "StepOpened"]


def test_what_waits_for_the_paper_does_not_hold_up_its_approval() -> None:
    tell = a_step("tell", "receive", role="system", requires=["result_signed"])
    handling = a_case(a_definition(tell))

    assert handling.open == ["tell", "approval"]
    handling.propose("approval", by=an_officer("reviewer"))
    handling.finish("approval")
    handling.seal()
    handling.finish("tell")

    assert handling.case.is_released


def test_a_clerk_who_files_the_signed_paper_is_not_who_numbers_it() -> None:
    requires = ["result_signed"]
    file = a_step("file", "sign", role="clerk", requires=requires)
    handling = a_case(a_definition(REVIEW, SIGN, file))

    handling.propose("review")
    handling.finish("review")
    handling.finish("sign")

    assert handling.case.is_requested
    handling.seal()
    handling.finish("file")
    assert handling.case.is_released
