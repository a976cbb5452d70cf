"""When another service says X, documents does Y. Pure, and tested as a table."""

from __future__ import annotations

from functools import singledispatch

from shared.access import Grant
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierOpened,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
)
from shared.contracts.workflow import StepOpened

ANYBODY = "*"  # a grant for nobody: it says that we have heard of the dossier
HANDED_IN = "+"  # for whoever works on dossiers of every unit; drafts are private


@singledispatch
def concerned(message: Message) -> list[Grant]:
    """Who has to do with a dossier from now on."""
    return []


@concerned.register
def _(message: DossierOpened) -> list[Grant]:
    at_a_counter = (message.unit, HANDED_IN) if message.unit else ()
    parties = (ANYBODY, message.applicant, *at_a_counter)
    return [(message.dossier_id, party) for party in parties]


@concerned.register
def _(message: DossierSubmitted) -> list[Grant]:
    return [(message.dossier_id, party) for party in (message.unit, HANDED_IN)]


@concerned.register
def _(message: StepOpened) -> list[Grant]:
    return [(message.dossier_id, message.unit)]


@concerned.register
def _(message: DossierShared) -> list[Grant]:
    return [(message.dossier_id, message.party)]


def concerned_no_more(message: Message) -> list[Grant]:
    """Whose help ended."""
    if isinstance(message, DossierUnshared):
        return [(message.dossier_id, message.party)]
    return []
