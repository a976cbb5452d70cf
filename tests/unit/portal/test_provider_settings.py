"""Providers as the environment names them: wrong ones stop the start, loudly."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.portal.provider_settings import ProviderSettings, different
from tests.builders.portal import A_PROVIDER


def settings(**changed: str) -> ProviderSettings:
    return ProviderSettings.model_validate(A_PROVIDER | changed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"profile": "myspace"},
        {"issuer": "http://issuer.test"},
        {"issuer": "issuer.test"},
        {"issuer": "https://issuer.test?x=1"},
        {"level": "9"},
        {"id": "Not/An/Address"},
        {"client_secret": ""},
        {"client_id": ""},
        {"surprise": "x"},
    ],
    ids=str,
)
def test_a_provider_described_wrongly_stops_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        settings(**wrong)

    assert "hush" not in str(refusal.value)


def test_two_providers_must_differ() -> None:
    same_issuer = settings(id="second")

    with pytest.raises(ValueError, match="same id"):
        different((settings(), settings(issuer="https://other.test")))
    with pytest.raises(ValueError, match="same issuer"):
        different((settings(), same_issuer))
