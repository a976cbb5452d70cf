"""What the law does to a dossier, in rehearsal time, on a system of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.embedded.launch import Launch
from infra.embedded.system import System
from tests.acceptance.conftest import DemoOptions
from tools.demo import main
from tools.demo.report import Report, SceneEntry

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Its clock goes ahead: nobody else may live in it."""
    with Launch(tmp_path_factory.mktemp("rehearsal")) as running:
        yield running


@pytest.fixture(scope="module")
def report(rehearsal: System, tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = tmp_path_factory.mktemp("law") / "report.json"
    assert main(rehearsal, DemoOptions(report=file, dossiers=1, scenes=True)) == 0
    return Report.model_validate_json(file.read_text())


def scene(report: Report, word: str) -> SceneEntry:
    [found] = [each for each in report.scenes if word in each.name]
    return found


def kinds(played: SceneEntry) -> set[str]:
    return {paper.kind for paper in played.dossier.papers}


def test_every_scene_showed_what_it_was_to_show(report: Report) -> None:
    for each in report.scenes:
        assert each.shown
        assert all(each.shown.values()), each.name
        assert each.dossier.statuses[-1] == 10


def test_three_agencies_in_parallel_issue_three_papers_and_one_date(
    report: Report,
) -> None:
    birth = scene(report, "birth")

    branches = [each for each in birth.dossier.papers if each.kind == "branch"]
    assert len(branches) == 3
    assert "decision" in kinds(birth)


def test_a_late_dossier_has_its_apology_sealed_and_sent(report: Report) -> None:
    late = scene(report, "apology")

    assert "apology" in kinds(late)
    assert "apology" in {each.template for each in late.dossier.messages}
    assert 8 in late.dossier.statuses


def test_what_was_paid_online_has_a_numbered_receipt(report: Report) -> None:
    assert "payment" in kinds(scene(report, "online"))
