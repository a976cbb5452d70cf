"""The case and its procedure: how the administration handles one dossier."""

from services.workflow.domain.case import Case
from services.workflow.domain.officer import Officer
from services.workflow.domain.phrasebook import Phrasebook
from services.workflow.domain.procedure import Procedure
from services.workflow.domain.roster import Roster
from services.workflow.domain.route import Route
from services.workflow.domain.sight import Sight

__all__ = ["Case", "Officer", "Phrasebook", "Procedure", "Roster", "Route", "Sight"]
