"""When another service says X, audit lets Y ask. Pure, and tested as a table."""

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


@singledispatch
def concerned(message: Message) -> list[Grant]:
    """Who has to do with a dossier from now on."""
    raise NotImplementedError(message.type)


@concerned.register
def _(message: DossierOpened) -> list[Grant]:
    parties = (message.applicant, message.unit)
    return [(message.dossier_id, party) for party in parties if party]


@concerned.register
def _(message: DossierSubmitted | StepOpened) -> list[Grant]:
    return [(message.dossier_id, message.unit)]


@concerned.register
def _(message: DossierShared) -> list[Grant]:
    return [(message.dossier_id, message.party)]


@concerned.register
def _(message: DossierUnshared) -> list[Grant]:
    return []


def concerned_no_more(message: Message) -> list[Grant]:
    """Whose help ended."""
    if isinstance(message, DossierUnshared):
        return [(message.dossier_id, message.party)]
    return []
