"""The dossier: what an applicant hands in, from the first word to the result."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import AggregateCreated

from services.intake.domain.completion import Completion
from services.intake.domain.correspondence import Correspondence
from services.intake.domain.deadlines import Deadlines
from services.intake.domain.ending import Ending
from services.intake.domain.feedback import Feedback
from services.intake.domain.filing import Filing
from services.intake.domain.findings import Findings
from services.intake.domain.helping import Helping
from services.intake.domain.money import Money
from services.intake.domain.papers import Papers
from services.intake.domain.paying import Paying
from services.intake.domain.reading import Reading
from services.intake.domain.reception import Reception
from services.intake.domain.refunds import Refunds
from shared.eventsourcing import Aggregate


class Dossier(
    Reception,
    Helping,
    Completion,
    Paying,
    Findings,
    Filing,
    Papers,
    Money,
    Refunds,
    Deadlines,
    Ending,
    Reading,
    Correspondence,
    Feedback,
    Aggregate,
):
    """One application by one applicant for one procedure.

    Its life stands in chapters: papers, money, findings, filing, paying, reception,
    completion, refunds, deadlines, ending, reading, correspondence, helping,
    feedback.
    All are named as bases, since the library makes events of direct bases its own.
    """

    TOPIC = "intake.dossier"

    class Opened(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.dossier.opened"

        procedure: str
        procedure_version: int
        channel: str
        applicant: str
        unit: str
        tracking_code: str
        language: str

    def __init__(  # noqa: PLR0913 (one parameter for each fact of its first event)
        self,
        *,
        dossier_id: UUID,
        procedure: str,
        procedure_version: int,
        channel: str,
        applicant: str,
        unit: str,
        tracking_code: str,
        language: str,
    ) -> None:
        self.dossier_id = dossier_id
        self.procedure = procedure
        self.procedure_version = procedure_version
        self.channel = channel
        self.applicant = applicant
        self.unit = unit
        self.tracking_code = tracking_code
        self.language = language
        self._begin()

    @staticmethod
    def create_id(dossier_id: UUID) -> UUID:
        """Chosen by whoever opens it."""
        return dossier_id

    def _begin(self) -> None:
        """Nothing has happened yet."""
        self.answers = self.code = self.refusal = self.supplement = self.result = None
        self.stop = self.original_due_at = None
        self.handed_over = self.receiving_point = None
        self.submitted_at = self.acknowledge_by = self.received_at = self.due_at = None
        self.is_refused = self.is_withdrawn = self.is_returned = False
        self.is_withdrawal_asked = self.is_acknowledgement_overdue = False
        self.leaves = 0
        self.papers, self.requests = {}, {"intake": 0, "review": 0}
        self.fees, self.added_fees, self.payments = [], [], []
        self.refund, self.surplus_refunded, self.fees_refunded = None, 0, 0
        self.refund_decided = None
        self.exemption_groups, self.warnings = [], []
        self.outcomes, self.facts = {}, []
        self.result_channel, self.readings = "", []
        self.messages, self.read_up_to = [], {}
        self.helpers, self.rating, self.complaints = {}, None, []
