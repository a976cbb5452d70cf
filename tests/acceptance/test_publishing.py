"""New versions and emergencies, published by command where Guichet runs."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from infra.embedded.system import System
from shared.directory import read
from tests.acceptance.towns import Town
from tools.catalogue.publishing import publish
from tools.demo.client import RefusedError

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

NIGHT_PASS = Path(__file__).parent / "catalogues/nasty/night-pass.json"


def versioned(
    number: int, valid_from: str, slug: str = "river-pass", code: str = "1.900109"
) -> dict[str, Any]:
    """A procedure that no other test knows."""
    definition = deepcopy(read(NIGHT_PASS))
    version = {"number": number, "valid_from": valid_from, "valid_to": None}
    return {**definition, "slug": slug, "code": code, "version": version}


def test_a_new_version_replaces_the_old_one_from_its_day(
    system: System, town: Town
) -> None:
    [first] = publish(system, [versioned(1, "2025-01-01")], is_emergency=False)
    [later] = publish(system, [versioned(2, "2099-01-01")], is_emergency=False)
    [urgent] = publish(system, [versioned(3, "2099-01-01")], is_emergency=True)

    assert (first.before, first.after) == (None, 1)
    assert (later.before, later.after) == (1, 1)
    assert urgent.is_emergency
    shown = town.citizen.ask("/procedures/river-pass")
    assert shown.is_success


def test_an_older_version_comes_too_late(system: System) -> None:
    other = ("reed-pass", "1.900110")
    publish(system, [versioned(5, "2025-01-01", *other)], is_emergency=False)

    with pytest.raises(RefusedError) as refusal:
        publish(system, [versioned(4, "2025-01-01", *other)], is_emergency=False)

    assert refusal.value.code == "catalogue-invalid"
    [fault] = refusal.value.errors
    assert fault["path"] == "$.version.number"
    assert '"number": 6' in fault["suggestion"]
