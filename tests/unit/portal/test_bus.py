"""What the portal makes of the answers of services."""

from __future__ import annotations

import pytest

from services.portal.bus import ServiceFailedError, ServiceUnavailableError, result


def an_answer_of(exc_type: str) -> dict[str, object]:
    return {"result": None, "error": {"exc_type": exc_type, "exc_args": []}}


@pytest.mark.parametrize("hindrance", ["OperationalError", "InterfaceError"])
def test_a_service_whose_database_refuses_is_away(hindrance: str) -> None:
    with pytest.raises(ServiceUnavailableError):
        result(an_answer_of(hindrance))


def test_any_other_failure_is_a_bug() -> None:
    with pytest.raises(ServiceFailedError):
        result(an_answer_of("KeyError"))
