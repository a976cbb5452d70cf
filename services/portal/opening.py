"""Beginning a dossier: for oneself, or at the counter for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.portal import pseudonyms
from services.portal.desk import Desk, Place


@dataclass(frozen=True)
class Wish:
    id: UUID | None
    procedure: str
    channel: str
    language: str
    personal_id: str | None = None
    unit: str | None = None  # that answers for it; as a rule the desk's own


@dataclass(frozen=True)
class Opened:
    id: UUID
    tracking_code: str
    place: Place


async def open_dossier(desk: Desk, wish: Wish, part: str = "") -> Opened:
    settings = desk.parts.settings
    dossier_id = wish.id or random_like(desk.key_of("dossier"))
    code = pseudonyms.tracking_code(settings.pseudonym_key, dossier_id)
    place = await desk.order(
        "intake.open_dossier",
        part=part,
        dossier_id=dossier_id,
        procedure=wish.procedure,
        channel=wish.channel,
        applicant=applicant(desk, wish, dossier_id),
        tracking_code=code,
        language=wish.language,
        unit=(wish.unit or desk.actor.agency) if desk.is_staff else None,
    )
    return Opened(dossier_id, code, place)


def random_like(name: UUID) -> UUID:
    """As random ids look: a derived one might be that of something else."""
    return UUID(bytes=name.bytes, version=4)


def applicant(desk: Desk, wish: Wish, dossier_id: UUID) -> str:
    """Oneself; at the counter, whoever has this number, or nobody known so far."""
    if not desk.is_staff:
        return desk.actor.party
    key = desk.parts.settings.pseudonym_key
    return pseudonyms.citizen(key, wish.personal_id or f"dossier {dossier_id}")
