"""Whoever does whatever in whatever order: only the table's transitions happen."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from eventsourcing.persistence import Tracking
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from services.workflow.domain import Case
from services.workflow.domain.account import account
from services.workflow.domain.state import Act
from services.workflow.publisher import translate
from shared.actor import Actor
from shared.errors import DomainError
from tests.builders.workflow import (
    LATER,
    REVIEW,
    SIGN,
    Handling,
    a_definition,
    a_step,
    an_officer_of,
    the_catalogue,
)
from tests.unit.workflow.commands import (
    AT_A_STEP,
    BY_MESSAGES,
    BY_PEOPLE,
    OFFERED,
    WITH_THE_CASE,
    finish,
    in_hours,
    somebody,
)

# Section 3.2 of the domain reference, from status to statuses, after acceptance.
# It is written here once more, so that nothing proves itself.
TABLE = {
    None: {2},  # T2, T3
    2: {4, 5, 7, 9},  # T9, T5, T19, T17
    4: {5, 6, 7, 8, 9},  # T5, T11, T19, T13, T17
    5: {2, 3, 4, 7},  # T7, T8, T19
    6: {4, 7},  # T12, T15, T19
    8: {4, 7},  # T14, T15, T19
    9: {4, 10},  # T16, T18
    3: set[int](),
    7: set[int](),
    10: set[int](),
}
FINAL = (3, 7, 10)

PARTIAL = [{"group": "A", "mode": "all_settled", "partial_result": True}]
WINDING = a_definition(
    REVIEW,
    a_step("check", "receive", outcomes=["ok", "refuse"]),
    a_step("pay", "review", role="system", clock="paused", status=6),
    a_step("rest", "check", role="third_party", clock="paused", status=8),
    a_step("confirm", "pay", role="applicant", clock="excluded"),
    a_step("draft", "confirm", "rest", role="unit_leader", when="facts.x != true"),
    {**SIGN, "depends_on": ["draft"], "outcomes": ["ok", "refuse"]},
    a_step("number", "sign", role="clerk"),
    facts=[{"name": "x", "type": "boolean", "set_by_step": None, "database": "d"}],
    supplement={"max_requests_per_stage": 1, "clock_effect": "pause"},
)
LINKED = a_definition(
    REVIEW,
    SIGN,
    a_step("card", "sign", parallel_group="A", outcomes=["ok", "refuse"]),
    a_step("home", "sign", parallel_group="A", agency="ca_xa"),
    a_step("key", "home", parallel_group="A", agency="ca_xa", outcomes=["ok", "fail"]),
    joins=PARTIAL,
)
SILENT = a_definition(
    REVIEW,
    a_step(
        "ask",
        "review",
        clock="excluded",
        timeout={"value": 2, "unit": "day", "effect": "consent"},
    ),
    a_step(
        "consent",
        "review",
        role="third_party",
        timeout={"value": 3, "unit": "working_day", "effect": "supplement"},
    ),
    a_step(
        "inspect",
        "review",
        outcomes=["ok", "fail"],
        timeout={"value": 3, "unit": "working_day", "effect": "fail"},
    ),
    {**SIGN, "depends_on": ["ask", "consent", "inspect"]},
)
LATE = a_definition(
    REVIEW,
    a_step("announce", "review", requires=["result_signed"]),
    a_step("file", "announce", role="clerk"),
)
DEFINITIONS = [WINDING, LINKED, SILENT, LATE, *the_catalogue()]

ROLES = (
    "reviewer",
    "unit_leader",
    "agency_leader",
    "clerk",
    "front_desk",
    "return_officer",
    "manager",
    "auditor",
    "applicant",
    "system",
)
ALWAYS_AS_OFFERED = (
    "recall",
    "send_back",
    "ask_supplement",
    "ask_payment",
    "consult",
    "assign_step",
    "give_opinion",
)
PLACE = Tracking("workflow", 1)


class CaseMachine(RuleBasedStateMachine):
    """One case, in the hands of everybody at once."""

    @initialize(
        definition=st.sampled_from(DEFINITIONS),
        answers=st.sampled_from([{}, {"services": ["residence", "id_card"]}]),
    )
    def receive(self, definition: dict[str, Any], answers: dict[str, Any]) -> None:
        full = {"extension": {"max": 0}, **definition}
        self.handling = Handling(full, answers)
        self.case, self.route = self.handling.case, self.handling.route
        self.now = LATER
        self.replayed: Case | None = None
        self.status: int | None = None
        self.look()

    def act(self, by: Actor) -> Act:
        return Act(self.route, self.now, by)

    def look(self) -> None:
        """Each event by itself: a transition of the table, told at most once."""
        for event in self.case.collect_events():
            self.replayed = event.mutate(self.replayed)
            assert self.replayed is not None
            self.move_to(int(self.replayed.status))
            assert len(list(translate(event, PLACE))) == 1

    def move_to(self, status: int) -> None:
        """A step that stops the dossier may be the first to open: T9 happens, too."""
        if status != self.status:
            by_forwarding = TABLE[4] if self.status == 2 else set()
            assert status in TABLE[self.status] | by_forwarding, (self.status, status)
        self.status = status

    def attempt(self, command: Any, key: str, by: Actor) -> bool:
        """What is refused changes nothing."""
        before = self.status
        try:
            command(self.case, key, self.act(by))
        except DomainError:
            assert not list(self.case.collect_events())
            return False
        self.look()
        assert before not in FINAL or before == self.status
        return True

    @rule(
        name=st.sampled_from(sorted(BY_PEOPLE)),
        role=st.sampled_from(ROLES),
        choice=st.data(),
    )
    def anybody_tries_anything(self, name: str, role: str, choice: Any) -> None:
        key = choice.draw(st.sampled_from([*self.case.steps, "no-such-step"]))
        units = {self.case.unit, *(step.unit for step in self.case.steps.values())}
        unit = choice.draw(st.sampled_from([*sorted(units - {""}), "bhxh"]))
        by = somebody(role, unit, choice.draw(st.integers(1, 2)))
        self.attempt(BY_PEOPLE[name], key, by)

    @rule(name=st.sampled_from(sorted(BY_MESSAGES)), hours=st.integers(0, 60))
    def others_tell_something(self, name: str, hours: int) -> None:
        self.now = in_hours(self.now, hours)
        self.attempt(BY_MESSAGES[name], "", somebody("system", None))

    @precondition(lambda self: self.handling.open)
    @rule(name=st.sampled_from(sorted(AT_A_STEP)), choice=st.data())
    def whoever_has_a_step_tries_something(self, name: str, choice: Any) -> None:
        key = choice.draw(st.sampled_from(self.handling.open))
        self.attempt(AT_A_STEP[name], key, an_officer_of(self.case.steps[key]))

    @precondition(lambda self: self.handling.open)
    @rule(choice=st.data())
    def the_case_goes_on(self, choice: Any) -> None:
        self.help_on(choice.draw(st.sampled_from(self.handling.open)))

    @rule(name=st.sampled_from(sorted(WITH_THE_CASE)))
    def a_leader_decides(self, name: str) -> None:
        leader = somebody("agency_leader", self.case.unit)
        self.attempt(WITH_THE_CASE[name], "", leader)

    @rule(role=st.sampled_from(ROLES), choice=st.data())
    def what_is_offered_may_be_done_and_nothing_else(
        self, role: str, choice: Any
    ) -> None:
        units = sorted({step.unit for step in self.case.steps.values()} - {""})
        act = self.act(somebody(role, choice.draw(st.sampled_from(units))))
        assume(self.case.is_involved(act.by))
        told = account(self.case, act)
        steps = {each["step"]: each["allowed"] for each in told["steps"]}
        for name, command in WITH_THE_CASE.items():
            is_offered = OFFERED.get(name, name) in told["allowed"]
            if name != "allow_supplement":  # not offered while one may ask anyway
                assert self.would_be_done(command, "", act) == is_offered, name
        for name in ALWAYS_AS_OFFERED:
            for key, offers in steps.items():
                done = self.would_be_done(AT_A_STEP[name], key, act)
                assert done == (name in offers), (name, key)

    def would_be_done(self, command: Any, key: str, act: Act) -> bool:
        try:
            command(deepcopy(self.case), key, act)
        except DomainError:
            return False
        return True

    @invariant()
    def replaying_gives_the_same(self) -> None:
        assert plain(self.replayed) == plain(self.case)

    @invariant()
    def four_eyes_saw_it(self) -> None:
        if self.case.approval and self.case.proposal:
            assert self.case.approval.by not in self.case.proposal.people

    @invariant()
    def something_is_waited_for_or_it_is_over(self) -> None:
        told = account(self.case, self.act(somebody("reviewer", self.case.unit)))
        assert told["waiting_for"] or self.case.is_ended

    def teardown(self) -> None:
        """However it came here, it can still end."""
        if hasattr(self, "handling"):
            for _ in range(200):
                if self.case.is_ended:
                    break
                self.now = in_hours(self.now, 1)
                self.help_out()
            assert self.case.is_ended, account(self.case, self.act(Actor("x")))

    def help_out(self) -> None:
        """What everybody would do in good faith."""
        case = self.case
        leader = somebody("agency_leader", case.unit, 3)
        if case.suspension:
            self.must(WITH_THE_CASE["resume"], "", leader)
        if case.withdrawal_wished_at:
            self.must(WITH_THE_CASE["deny_withdrawal"], "", leader)
        for name in ("take_answer", "settle_fees", "seal", "seal_branch", "hand_over"):
            self.must(BY_MESSAGES[name], "", somebody("system", None))
        for key in self.handling.open:
            if key in self.handling.open:  # those before it may have ended it
                self.help_on(key)

    def must(self, command: Any, key: str, by: Actor) -> None:
        assert self.attempt(command, key, by)

    def help_on(self, key: str) -> None:
        """The step ends by whom it is assigned to; a proposal is made where needed."""
        step = self.case.steps[key]
        if key == self.route.last.id or self.case.suspension:
            return
        definition = self.route.definition_of(key)
        if definition.is_approval and self.needs_proposal():
            adviser = somebody("unit_leader", step.unit, 9)
            self.attempt(AT_A_STEP["propose_result"], key, adviser)
        by = an_officer_of(step, step.assignee)
        if not self.attempt(finish, key, by) and definition.is_approval:
            self.attempt(finish, key, self.other(key))

    def needs_proposal(self) -> bool:
        proposal = self.case.proposal
        is_off = self.case.is_refused and proposal and proposal.kind != "refuse"
        return proposal is None or bool(is_off)

    def other(self, key: str) -> Actor:
        """Where the one who has the step proposed himself, another takes it."""
        step = self.case.steps[key]
        leader = somebody("agency_leader", step.unit, 7)
        self.attempt(lambda c, k, a: c.assign(k, f"{step.role}-8", act=a), key, leader)
        return an_officer_of(step, f"{step.role}-8")


def plain(case: Case | None) -> dict[str, Any]:
    assert case is not None
    hidden = ("_pending_events", "_modified_on", "_version", "_created_on")
    return {key: value for key, value in vars(case).items() if key not in hidden}


CaseMachine.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # to shrink a whole life takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestCase = CaseMachine.TestCase
