"""Whole procedures: whatever satisfies the schema and the rules of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from random import Random
from typing import Any

from hypothesis import strategies as st

from shared.directory import CATALOGUE, read
from tests.builders.procedures.conditions import Conditions, about_fact
from tests.builders.procedures.forms import Forms, documents
from tests.builders.procedures.hand import Hand, Json, text3
from tests.builders.procedures.money import Fees
from tests.builders.procedures.steps import Graph

AGENCIES = [each["id"] for each in read(CATALOGUE / "agencies.json")["agencies"]]
WAYS = ("online", "counter", "post")
APPLICANTS = ("citizen", "foreigner", "enterprise", "cooperative", "organisation")
ROLES = ("front_desk", "reviewer", "unit_leader", "agency_leader", "inspector")
FORMATS = (None, "{n}/{yyyy}-KQ", "{n}", "KQ-{yyyy}", "{n}, quyển số {book}/{yyyy}")
WORKING_DAY = 480
COUNTS = ("counts", "counts_in_variant")
KEEPABLE = {
    "integer": "{0} == null || {0} <= 3",
    "decimal": "{0} == null || {0} <= 2.5",
    "date": "{0} == null || {0} <= today",
    "select": "{0} == null || {0} == '{1}'",
    "multiselect": "size({0}) == 0 || {0}.exists(x, x == '{1}')",
    "table": "size({0}) < 4",
    "boolean": "{0}",
}
SURE = ("verified", "recalled", "model", "sources")


class Definition:
    """Draws one procedure, chapter by chapter."""

    def __init__(self, hand: Hand, slug: str, agencies: Sequence[str]) -> None:
        self.hand, self.slug, self.agencies = hand, slug, agencies
        self.channels = hand.some(WAYS, 1, 3)
        self.result_channels = hand.some(WAYS, 1, 3)
        self.groups = self._groups()
        forms = Forms(hand, self.groups)
        forms.draw()
        self.fields, self.known = forms.fields, forms.known
        self.graph = Graph(hand, agencies, self.known)
        self.graph.draw()

    def written(self) -> Json:
        hand, graph = self.hand, self.graph
        on_form = Conditions(hand, self.known)
        everything = Conditions(hand, self.known, graph.facts, graph.steps)
        held = any("fees_settled" in x.get("requires", ()) for x in graph.steps[:-1])
        fees = Fees(hand, self.known, graph.facts, on_form)
        return {
            **self._names(),
            **self._ways(),
            "legal_time": self._legal_time(everything),
            "legal_basis": ["118/2025/ND-CP"],
            "facts": graph.facts,
            "steps": graph.steps,
            "joins": graph.joins,
            "documents": documents(hand, Conditions(hand, self._of_papers())),
            "fees": fees.draw(self.agencies, is_held=held),
            "field_groups": self.groups,
            "fields": self.fields,
            "checks": [*self._checks(on_form), *self._reviews()],
            "refusal_reasons": self._reasons(),
            "supplement": self._supplement(),
            "extension": self._extension(),
            "outcomes": self._outcomes(),
            "external_status_set": None,
            "provenance": {key: [] for key in SURE},
        }

    def _of_papers(self) -> list[Json]:
        """Of whom a paper of attorney may be asked, the owner has to be known."""
        is_known = "dossier_owner" in self.groups
        return [x for x in self.known if is_known or x["name"] != "acting_as"]

    def _names(self) -> Json:
        hand = self.hand
        return {
            "kind": "procedure",
            "schema_version": "1.0",
            "slug": self.slug,
            "code": f"1.{hand.number(0, 999_999):06}",
            "code_aliases": ["2.000001"] if hand.likely(10) else [],
            "replaces": ["3.000001"] if hand.likely(10) else [],
            "version": {
                "number": hand.number(1, 9),
                "valid_from": hand.pick(["2020-01-01", "2025-07-01"]),
                "valid_to": hand.pick([None, "2099-12-31"]),
            },
            "names": text3(f"Procedure {self.slug}"),
            "sector": {"id": "unseen", "name": text3("Sector")},
        }

    def _ways(self) -> Json:
        hand = self.hand
        level = hand.pick(["full", "partial", "information_only"])
        return {
            "level": hand.pick(["commune", "province", "central"]),
            "flow": self.graph.flow,
            "online_level": level,
            "online_level_reason": None if level == "full" else text3("Reason"),
            "channels": self.channels,
            "result_channels": self.result_channels,
            "applicant_types": hand.some(APPLICANTS, 1, 3),
        }

    def _groups(self) -> list[str]:
        """With several ways of return one has to be chosen on the form."""
        found = ["applicant_person"] if self.hand.likely(90) else []
        if found and self.hand.likely(30):
            found.append("dossier_owner")
        if len(self.result_channels) > 1 or self.hand.likely(40):
            found.append("delivery")
        return [*found, "declaration"] if not found or self.hand.likely(70) else found

    def _legal_time(self, asks: Conditions) -> Json:
        hand, steps = self.hand, self.graph.steps
        usual, longest = (minutes(steps, with_conditions=x) for x in (False, True))
        unit = hand.pick(["working_day", "working_day", "day", "same_day"])
        if unit == "same_day" and longest <= WORKING_DAY:
            return self._same_day()
        value = ceil(usual / WORKING_DAY) + hand.number(0, 10) or 1
        variants: list[Json] = [
            {"when": asks.one(), "value": value + hand.number(1, 9), "note": None}
            for _ in range(hand.number(0, 2))
        ]
        most = max([value, *(each["value"] for each in variants)])
        if (needed := ceil(longest / WORKING_DAY)) > most:
            variants.append({"when": asks.one(), "value": needed, "note": None})
        return {
            "value": value,
            "unit": hand.pick(["working_day", "day"]),
            "clock_starts": "on_acceptance",
            "due_time": hand.pick(["17:00", "11:30", "23:59", "00:00"]),
            "cutoff": self._cutoff() if hand.likely(30) else None,
            "variants": variants,
            "parts": self._parts(value) if hand.likely(25) else [],
            "note": None,
        }

    def _same_day(self) -> Json:
        fixed: Json = {"value": 0, "unit": "same_day", "clock_starts": "on_acceptance"}
        more: Json = {"variants": [], "parts": [], "note": None}
        return {**fixed, "due_time": "17:00", "cutoff": self._cutoff(), **more}

    def _cutoff(self) -> Json:
        time = self.hand.pick(["15:00", "00:00", "23:59", "09:30"])
        return {"time": time, "after": "next_working_day"}

    def _parts(self, value: int) -> list[Json]:
        agencies = self.hand.some(self.agencies, 1, min(3, value))
        left = value - len(agencies) + 1
        ones = [{"agency": each, "value": 1} for each in agencies[1:]]
        return [{"agency": agencies[0], "value": left}, *ones]

    def _checks(self, asks: Conditions) -> list[Json]:
        """Errors only where an answer can be right; warnings wherever one likes."""
        found = [
            rule
            for each in self.fields
            if each.get("set_by", "applicant") == "applicant" and "computed" not in each
            for rule in keepable(each)
        ]
        rules = [("error", each) for each in self.hand.some(found, 0, 2)]
        rules += [("warning", asks.one()) for _ in range(self.hand.number(0, 2))]
        return [
            self._check(f"c{x}", "submission", *each) for x, each in enumerate(rules)
        ]

    def _check(self, id: str, stage: str, severity: str, rule: str) -> Json:
        about = {"id": id, "stage": stage, "severity": severity}
        return {**about, "rule": rule, "message": text3(f"Check {id}")}

    def _reviews(self) -> list[Json]:
        """What must be found out for a grant, by a step that finds it out."""
        found: list[Json] = []
        for fact in self.graph.facts:
            name = f"facts.{fact['name']}"
            if fact["type"] != "boolean":
                continue
            if fact["set_by_step"] is None:
                rule = f"{name} != true"
            else:
                rule = self.hand.pick([f"{name} == true", f"{name} != true"])
            severity = self.hand.pick(["error", "warning"])
            found.append(self._check(f"r_{fact['name']}", "review", severity, rule))
        asks = [each for fact in self.graph.facts for each in about_fact(fact)]
        if asks and self.hand.likely(30):
            found.append(
                self._check("r_any", "review", "warning", self.hand.pick(asks))
            )
        return found

    def _reasons(self) -> list[Json]:
        count = self.hand.number(0, 2)
        return [{"code": f"r{x}", "label": text3(f"Reason {x}")} for x in range(count)]

    def _supplement(self) -> Json:
        hand, least = self.hand, int(self.graph.may_supplement)
        limits = ("request_limit", "answer_limit", "guidance_limit", "refusal_limit")
        self.voids = hand.likely(40)
        return {
            "max_requests_per_stage": hand.number(least, 2) if least else 0,
            "override_role": hand.pick(ROLES),
            "clock_effect": hand.pick(["pause", "restart"]),
            **{name: self._span() for name in limits},
            "on_expiry": "void_dossier" if self.voids else "refuse_allowed",
            "note": None,
        }

    def _span(self) -> Json | None:
        if self.hand.likely(40):
            return None
        unit = self.hand.pick(["working_day", "day"])
        return {"value": self.hand.number(1, 60), "unit": unit}

    def _extension(self) -> Json:
        hand = self.hand
        return {
            "max": hand.number(0, 2),
            "proposed_by": hand.pick(ROLES),
            "decided_by": hand.pick(ROLES),
            "max_length": self._span(),
            "notice_form": "04",
            "notify_before_due_working_days": hand.number(0, 3),
            "reason_required": hand.likely(50),
            "counts_as_late": hand.likely(50),
            "copy_to": hand.pick([None, "superior_agency"]),
        }

    def _outcomes(self) -> list[Json]:
        hand = self.hand
        kinds = [hand.pick(["grant", "grant", "grant", "partial"])]
        kinds += ["refuse"] if hand.likely(85) else []
        kinds += ["closed"] if self.voids else []
        others = ("grant", "partial", "intermediate", "supplement", "closed", "refuse")
        least = max(0, 2 - len(kinds))
        kinds += hand.some(others, least, least + 2)
        return [self._outcome(f"o{x}", kind) for x, kind in enumerate(kinds)]

    def _outcome(self, code: str, kind: str) -> Json:
        hand = self.hand
        return {
            "code": code,
            "kind": kind,
            "title": text3(f"Outcome {code}"),
            "signer": hand.pick([None, "chairperson", "director"]),
            "form": hand.pick([None, "02", "03", "05"]),
            "number_format": hand.pick(FORMATS),
            "validity_months": hand.pick([None, 1, 60]),
            "renewals": hand.number(0, 2),
        }


def keepable(field: Json) -> list[str]:
    """Rules over one answer that some answer of its type keeps."""
    if field.get("min", 0) > 0 or field.get("max", 9) < 3 or "must_be" in field:
        return []
    if field.keys() & {"earliest", "latest"}:
        return []
    last = field.get("options", [{"value": ""}])[-1]["value"]
    rule = KEEPABLE.get(field["type"], "")
    return [rule.format(field["name"], last)] if rule else []


def minutes(steps: list[Json], *, with_conditions: bool) -> int:
    """The longest way through the steps that count."""
    ends: dict[str, int] = {}
    for step in steps:
        happens = with_conditions or "when" not in step
        counts = step["clock"] in COUNTS and happens
        own = step["duration_minutes"] if counts else 0
        ends[step["id"]] = own + max((ends[x] for x in step["depends_on"]), default=0)
    return max(ends.values())


@st.composite
def procedures(
    draw: Callable[[Any], Any],
    slug: str = "unseen",
    agencies: Sequence[str] = tuple(AGENCIES),
) -> Json:
    """A procedure that nobody has seen; where it fails, the simplest one is found."""
    hand = Hand(lambda least, most: int(draw(st.integers(least, most))))
    return Definition(hand, slug, agencies).written()


def a_procedure(
    seed: object, slug: str = "unseen", agencies: Sequence[str] = tuple(AGENCIES)
) -> Json:
    """By chance alone, so with more of everything; the same one for the same seed."""
    return Definition(Hand(Random(str(seed)).randint), slug, agencies).written()
