"""What is known already of who fills in a form, and where it is known from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.portal.desk import Desk

CLAIMS = {
    "identity.full_name": "name",
    "identity.personal_id": "personal_id",
    "identity.birth_date": "birthdate",
    "identity.gender": "gender",
    "profile.phone": "phone_number",
    "profile.email": "email",
}
VERIFIED = 2  # the level of sign-in whose word is taken for sure


@dataclass(frozen=True)
class Known:
    """Answers nobody has to type again; the locked ones cannot be changed here."""

    answers: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()


NOTHING = Known()


def known(
    desk: Desk, content: Mapping[str, Any], fields: Iterable[Mapping[str, Any]]
) -> Known:
    """Said by the provider about the applicant; about nobody else's dossier."""
    session = desk.session
    if session is None or session.actor.subject != content.get("applicant"):
        return NOTHING
    answers: dict[str, Any] = {}
    sources: dict[str, str] = {}
    locked = set()
    for each in fields:
        prefill = each.get("prefill", "")
        value = session.claims.get(CLAIMS.get(prefill, ""))
        if not value:
            continue
        name = each["name"]
        answers[name], sources[name] = value, prefill.partition(".")[0]
        if each.get("lock_when_verified") and session.actor.level >= VERIFIED:
            locked.add(name)
    return Known(answers, sources, frozenset(locked))
