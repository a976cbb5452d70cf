"""What is different in a case from how somebody saw it before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.route import Route
from services.workflow.domain.state import plain
from services.workflow.domain.waiting import said, words
from shared.expressions import fields_of

Change = dict[str, Any]


def differences(before: Case, now: Case, route: Route) -> list[Change]:
    """In the order in which a leader wants to know: the result first."""
    return [
        *proposed(before, now),
        *found_out(before, now, route),
        *answered(before, now, route),
        *brought(before, now, route),
        *asked(before, now),
        *thought(before, now),
        *stands(before, now),
    ]


def change(what: str, before: Any, after: Any, **more: Any) -> Change:
    return {"what": what, "before": before, "after": after, **more}


def proposed(before: Case, now: Case) -> Iterator[Change]:
    """The outcome, what the decision says, and who proposes it."""
    old, new = before.proposal, now.proposal
    titles = [each and each.outcome["title"] for each in (old, new)]
    if titles[0] != titles[1]:
        yield change("outcome", *titles)
    texts = [(words(each.text) or "") if each else "" for each in (old, new)]
    if texts[0] != texts[1]:
        yield change("text", *texts)


def found_out(before: Case, now: Case, route: Route) -> Iterator[Change]:
    """What the steps found out meanwhile."""
    labels = {each["name"]: each["label"] for each in route.definition["facts"]}
    labels |= field_labels(route)
    old, new = before.known_facts, now.known_facts
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            label = labels.get(name, name)
            yield change("fact", old.get(name), new.get(name), name=label)


def answered(before: Case, now: Case, route: Route) -> Iterator[Change]:
    """Which entries of the form the applicant gave anew; the form says the rest."""
    labels = field_labels(route)
    old, new = plain(before.answers), plain(now.answers)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield change("answer", None, None, name=labels.get(name, name))


def brought(before: Case, now: Case, route: Route) -> Iterator[Change]:
    """Which papers came: intake takes no answer without those that were asked."""
    names = {each["code"]: each["name"] for each in route.definition["documents"]}
    for code in dict.fromkeys(now.brought[len(before.brought) :]):
        yield change("paper", None, None, name=names.get(code, code))


def asked(before: Case, now: Case) -> Iterator[Change]:
    if now.requests != before.requests:
        yield change("supplement", before.requests, now.requests)


def thought(before: Case, now: Case) -> Iterator[Change]:
    """Opinions that came, of other units and of colleagues."""
    for key, each in now.consultations.items():
        old = before.steps.get(key)
        opinion = words(now.steps[key].note)
        if opinion != (words(old.note) if old else None):
            yield change("opinion", None, opinion, unit=each.unit)
        elif key not in before.consultations:
            yield change("consultation", None, words(each.question), unit=each.unit)
    for given in now.opinions[len(before.opinions) :]:
        yield change("opinion", None, words(given.text), by=given.by)


def stands(before: Case, now: Case) -> Iterator[Change]:
    """The date, and what the applicant wants."""
    if before.due_at != now.due_at:
        yield change("due_at", said(before.due_at), said(now.due_at))
    if not before.withdrawal_wished_at and now.withdrawal_wished_at:
        yield change("withdrawal", None, said(now.withdrawal_wished_at))


def field_labels(route: Route) -> dict[str, Any]:
    fields = fields_of(route.definition, route.directory.common)
    return {each["name"]: each["label"] for each in fields}
