"""Why intake refuses what people write each other, share, rate and complain of."""

from __future__ import annotations

from shared.errors import DomainError, NotFoundError


class DossierNotSentError(DomainError):
    """The dossier was not handed in yet: nobody has it who could answer."""

    code = "dossier-not-sent"


class MessageEmptyError(DomainError):
    """Write something first."""

    code = "message-empty"


class TooManyMessagesError(DomainError):
    """So many messages wait for an answer already: the other side comes first."""

    code = "too-many-messages"


class PowerUnknownError(DomainError):
    """There is no such thing that a helper could be allowed."""

    code = "power-unknown"


class HelperContactError(DomainError):
    """Name the helper, and a telephone or mailbox of theirs."""

    code = "helper-contact-missing"


class TooManyHelpersError(DomainError):
    """This dossier has as many helpers as it can have: end the help of one first."""

    code = "too-many-helpers"


class InvitationNotFoundError(NotFoundError):
    """There is no such invitation."""

    code = "invitation-not-found"


class InvitationOverError(DomainError):
    """This invitation was accepted, taken back, or grew too old."""

    code = "invitation-over"


class OwnDossierError(DomainError):
    """It is your own dossier: somebody else has to accept the invitation."""

    code = "own-dossier"


class AlreadyHelpingError(DomainError):
    """You help with this dossier already."""

    code = "already-helping"


class HelpNotFoundError(NotFoundError):
    """Nobody helps under this number, or no more."""

    code = "help-not-found"


class ScoreInvalidError(DomainError):
    """A rating is a number from 1 to 5."""

    code = "score-invalid"


class NotEndedError(DomainError):
    """It can be rated once it is over."""

    code = "not-ended"


class AlreadyRatedError(DomainError):
    """This dossier was rated already; one rating counts."""

    code = "already-rated"


class ComplaintSubjectError(DomainError):
    """Say what the complaint is about."""

    code = "complaint-subject-unknown"


class ComplaintOpenError(DomainError):
    """A complaint about this dossier is still being answered."""

    code = "complaint-open"


class ComplaintNotFoundError(NotFoundError):
    """There is no such complaint."""

    code = "complaint-not-found"


class ComplaintAnsweredError(DomainError):
    """This complaint was answered already."""

    code = "complaint-answered"
