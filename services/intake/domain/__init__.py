"""What intake knows of its own: procedures, and dossiers from draft to result."""

from __future__ import annotations

from services.intake.domain.codes import CodeCounter
from services.intake.domain.dossier import Dossier
from services.intake.domain.erasure import Erasure
from services.intake.domain.office_calendar import OfficeCalendar
from services.intake.domain.payment import Payment
from services.intake.domain.procedure import Catalogue, Edition, Procedure
from services.intake.domain.rules import Rules
from services.intake.domain.transfer import Transfer

__all__ = [
    "Catalogue",
    "CodeCounter",
    "Dossier",
    "Edition",
    "Erasure",
    "OfficeCalendar",
    "Payment",
    "Procedure",
    "Rules",
    "Transfer",
]
