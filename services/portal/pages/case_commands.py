"""What an officer may do with a case, as forms: one table, one way to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.domain import officer
from services.portal.errors import NothingChosenError, PageNotFoundError
from services.portal.languages import LANGUAGES
from services.portal.pages.forms import Entered, text
from services.portal.pages.rendering import ticked


@dataclass(frozen=True)
class Field:
    """One entry of a form: what it is called, and of what kind it is."""

    name: str
    kind: str = "text"
    required: bool = True

    def read(self, entered: Entered) -> Any:
        if self.kind == "units":
            return ticked(entered, self.name)
        return READ.get(self.kind, str)(text(entered, self.name))


def number(value: str) -> int:
    digits = "".join(each for each in value if each not in ". ,\u202f\u00a0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise NothingChosenError
    return int(digits)


def in_all_languages(value: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, value)


READ = {
    "number": number,
    "money": number,
    "choice": lambda value: value == "yes",
    "named": in_all_languages,
    "officer": officer,
}

REASON = Field("reason", "words")
NOTE = Field("note", "words", required=False)
BASIS = Field("legal_basis")
TIME = (Field("value", "number"), Field("unit", "time"))


@dataclass(frozen=True)
class Command:
    """`place` says where on the page: at an open step, or with the whole case."""

    fields: tuple[Field, ...] = ()
    place: str = "case"
    is_grave: bool = False

    @property
    def is_about_a_step(self) -> bool:
        return self.place != "case"


COMMANDS: Mapping[str, Command] = {
    "assign_step": Command((Field("assignee", "officer"),), "step"),
    "consult": Command(
        (Field("units", "units"), Field("question", "words"), *TIME), "step"
    ),
    "cancel_consultation": Command((REASON,), "consultation"),
    "add_co_handler": Command((Field("officer", "officer"),), "step"),
    "give_opinion": Command((Field("text", "words"),), "step"),
    "send_back": Command((Field("note", "words"),), "step"),
    "ask_payment": Command(
        (Field("amount", "money"), Field("name", "named"), BASIS), "step"
    ),
    "recall": Command((), "done"),
    "allow_supplement": Command((BASIS,)),
    "propose_extension": Command((*TIME, REASON)),
    "approve_extension": Command((Field("reason", "words", required=False),)),
    "reject_extension": Command((REASON,)),
    "decide_withdrawal": Command(
        (Field("granted", "choice"), Field("reason", "words", required=False))
    ),
    "suspend": Command((REASON, BASIS), is_grave=True),
    "resume": Command((NOTE,)),
    "withdraw_result": Command((REASON, BASIS), is_grave=True),
    "stop": Command((REASON, BASIS), is_grave=True),
}


def arguments(name: str, entered: Entered) -> dict[str, Any]:
    """What workflow is to be told, read from the form of a command."""
    command = COMMANDS.get(name)
    if command is None:
        raise PageNotFoundError(name)
    given = {each.name: each.read(entered) for each in command.fields}
    missing = [
        each
        for each in command.fields
        if each.required and given[each.name] in ("", [])
    ]
    if missing:
        raise NothingChosenError(*(each.name for each in missing))
    if command.is_about_a_step:
        return given | {"step": text(entered, "step")}
    return given
