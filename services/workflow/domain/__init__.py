"""The case and its procedure: how the administration handles one dossier."""

from services.workflow.domain.case import Case
from services.workflow.domain.officer import Officer
from services.workflow.domain.procedure import Procedure
from services.workflow.domain.roster import Roster
from services.workflow.domain.route import Route

__all__ = ["Case", "Officer", "Procedure", "Roster", "Route"]
