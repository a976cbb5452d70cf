"""One table: which refusal is which HTTP status; and how a problem is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services.portal import languages
from shared.errors import DomainError, Refused

STATUS = {
    "key-missing": 400,
    "message-forged": 400,
    "invitation-unknown": 404,
    "not-proven": 401,
    "sign-in-refused": 401,
    "step-up-needed": 403,
    "proof-wrong": 403,
    "code-needed": 401,
    "factor-known": 409,
    "identity-refused": 401,
    "identity-level-low": 403,
    "not-allowed": 403,
    "cross-site": 403,
    "account-disabled": 409,
    "account-taken": 409,
    "method-not-allowed": 405,
    "conflict": 409,
    "changed-meanwhile": 409,
    "upload-moved-on": 409,
    "upload-busy": 423,
    "upload-protocol": 400,
    "key-reused": 409,
    "stale-version": 412,
    "body-too-large": 413,
    "file-too-large": 413,
    "too-many-attempts": 429,
    "too-many-codes": 429,
    "business-missing": 403,
    "sign-in-given-up": 401,
    "provider-away": 503,
    "failed": 500,
    "service-failed": 502,
    "service-unavailable": 503,
    "streams-full": 503,
}
OTHERWISE = 422


def status_of(code: str) -> int:
    """What is not found is named so; all else was understood, and refused."""
    if code == "not-found" or code.endswith("-not-found"):
        return 404
    return STATUS.get(code, OTHERWISE)


@dataclass(frozen=True)
class Problem:
    """Why there is no answer, as RFC 9457 wants it told."""

    code: str
    title: str
    status: int
    errors: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        code: str,
        language: str,
        *,
        otherwise: str = "",
        details: list[dict[str, Any]] | None = None,
    ) -> Problem:
        errors = [told(each, language) for each in details or []]
        sentence = languages.refusal(code, language, otherwise)
        return cls(code, sentence, status_of(code), errors)

    @classmethod
    def refused(cls, refused: Refused | DomainError, language: str) -> Problem:
        message = getattr(refused, "message", "") or str(refused)
        return cls.of(
            refused.code, language, otherwise=message, details=refused.details
        )

    def body(self, request_id: str) -> dict[str, Any]:
        return {
            "type": f"urn:guichet:problem:{self.code}",
            "status": self.status,
            "code": self.code,
            "title": self.title,
            "detail": self.title,
            "errors": self.errors,
            "request_id": request_id,
        }


def told(error: dict[str, Any], language: str) -> dict[str, Any]:
    """One of several reasons: its texts in the asker's language."""
    return {
        key: languages.said(value, language) if is_text(value) else value
        for key, value in error.items()
    }


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(languages.LANGUAGES) <= set(value)
