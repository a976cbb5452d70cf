"""Why the portal itself refuses, before any service is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shared.errors import DomainError, NotFoundError


class AccountNotFoundError(NotFoundError):
    """No account has this name."""

    code = "account-not-found"


class AccountTakenError(DomainError):
    """An account with this name exists already."""

    code = "account-taken"


class AccountDisabledError(DomainError):
    """The account is closed."""

    code = "account-disabled"


class AccountOpenError(DomainError):
    """The account is open."""

    code = "account-open"


class UsernameInvalidError(DomainError):
    """A user name has small letters, digits, dots, dashes; two of them at least."""

    code = "username-invalid"


class DefinitionUnreadableError(DomainError):
    """What was sent is no JSON of a procedure."""

    code = "definition-unreadable"


class LastAdministratorError(DomainError):
    """Nobody would be left to let officers in."""

    code = "last-administrator"


class PasswordSameError(DomainError):
    """The new password is the one there was."""

    code = "password-same"


class OwnAccountError(DomainError):
    """Nobody closes their own account."""

    code = "own-account"


class PasswordWeakError(DomainError):
    """The password has fewer than twelve characters."""

    code = "password-weak"


class RoleUnknownError(DomainError):
    """There is no such role."""

    code = "role-unknown"


class UnitUnknownError(DomainError):
    """There is no such unit."""

    code = "unit-unknown"


class SignInRefusedError(DomainError):
    """Name and password do not belong together."""

    code = "sign-in-refused"


class FactorKnownError(DomainError):
    """There is a second factor already."""

    code = "factor-known"


class FactorMissingError(DomainError):
    """There is no such second factor."""

    code = "factor-missing"


class FactorCodeWrongError(DomainError):
    """The app shows another code for this secret."""

    code = "factor-code-wrong"


class CodeNeededError(DomainError):
    """A code of the second factor is needed as well."""

    code = "code-needed"


class ProofWrongError(DomainError):
    """This does not prove that it is you."""

    code = "proof-wrong"


class TooManyAttemptsError(DomainError):
    """Too many failed attempts: wait a minute."""

    code = "too-many-attempts"


class IdentityRefusedError(DomainError):
    """The answer of the identity provider proves nothing."""

    code = "identity-refused"


class IdentityLevelError(DomainError):
    """The sign-in is of a lower level than this needs."""

    code = "identity-level-low"


class CrossSiteError(DomainError):
    """The request comes from another site."""

    code = "cross-site"


class FileTooLargeError(DomainError):
    """The file is larger than the service takes."""

    code = "file-too-large"


class BodyTooLargeError(DomainError):
    """The request is larger than the service takes."""

    code = "body-too-large"


class ProcedureNotFoundError(NotFoundError):
    """No procedure has this name."""

    code = "procedure-not-found"


class PageNotFoundError(NotFoundError):
    """There is no such page."""

    code = "page-not-found"


class MethodNotAllowedError(DomainError):
    """This address does not take such a request."""

    code = "method-not-allowed"


class FileMissingError(DomainError):
    """No file was chosen."""

    code = "file-missing"


class NothingChosenError(DomainError):
    """Nothing was chosen with which something could be done."""

    code = "nothing-chosen"


class RefundAmountError(DomainError):
    """What should go back is a whole number of dong, more than zero."""

    code = "refund-amount-invalid"


class LegalTimeMissingError(DomainError):
    """Name a procedure, or a number of days and how they are counted."""

    code = "legal-time-missing"


class DayInvalidError(DomainError):
    """This is no day of the calendar."""

    code = "day-invalid"


class OutcomeMissingError(DomainError):
    """No outcome was chosen."""

    code = "outcome-missing"


class DossierUnknownError(NotFoundError):
    """No dossier has this code."""

    code = "dossier-not-found"


class StatementUnreadableError(DomainError):
    """The file is no statement: JSON with a list of lines."""

    code = "statement-unreadable"


class RegisterTooLongError(DomainError):
    """So many dossiers make no register that anybody reads. Choose fewer days."""

    code = "register-too-long"


class PhoneInvalidError(DomainError):
    """No mobile phone has this number."""

    code = "phone-invalid"


class CodeWrongError(DomainError):
    """This is not the code that was sent."""

    code = "code-wrong"


class CodeExpiredError(DomainError):
    """The code is too old, was used, or was guessed too often: ask for another."""

    code = "code-expired"


class TooManyCodesError(DomainError):
    """Too many codes were asked for: wait, or sign in another way."""

    code = "too-many-codes"


class LettersKeptError(DomainError):
    """Some letters still cannot be handled: the service's log says why."""

    code = "letters-kept"


class EmailInvalidError(DomainError):
    """Nobody can have such an e-mail address."""

    code = "email-invalid"


class BusinessMissingError(DomainError):
    """The provider named no business for which this person may act."""

    code = "business-missing"


class ProviderUnknownError(NotFoundError):
    """There is no such way to sign in."""

    code = "provider-not-found"


class SignInGivenUpError(DomainError):
    """Nobody signed in: it was given up at the provider."""

    code = "sign-in-given-up"


class ProviderAwayError(DomainError):
    """The identity provider does not answer."""

    code = "provider-away"


class InvitationUnknownError(NotFoundError):
    """This is no address of an invitation."""

    code = "invitation-unknown"


class PageIncompleteError(DomainError):
    """Something on this page is missing or cannot be right."""

    code = "page-incomplete"

    def __init__(self, page: str, problems: Iterable[dict[str, Any]]) -> None:
        super().__init__(page)
        self.problems = list(problems)

    @property
    def details(self) -> list[dict[str, Any]]:
        return self.problems


class NotAllDoneError(DomainError):
    """Parts of the form are not finished yet."""

    code = "form-not-finished"


class LinkExpiredError(NotFoundError):
    """This link is too old, or was not copied whole."""

    code = "link-not-found"
