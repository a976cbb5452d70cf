"""The demonstration, looked at by somebody who believes only what is in the report."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import httpx
import pytest

from infra.embedded.system import System
from tests.acceptance.conftest import DemoOptions
from tools.demo import main
from tools.demo.plans import Ending
from tools.demo.report import DossierEntry, Report

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

CATALOGUES = Path(__file__).parent / "catalogues"
GRANTED = (Ending.GRANTED, Ending.SUPPLEMENTED)


@pytest.fixture(scope="module")
def report(system: System, tmp_path_factory: pytest.TempPathFactory) -> Report:
    file = tmp_path_factory.mktemp("demo") / "report.json"
    assert main(system, DemoOptions(report=file)) == 0
    return Report.model_validate_json(file.read_text())


@pytest.fixture(scope="module")
def granted(report: Report) -> list[DossierEntry]:
    return [each for each in report.dossiers if each.outcome in GRANTED]


def offered(system: System) -> set[str]:
    answer = httpx.get(f"{system.connect().public_url}/api/v1/procedures")
    return {each["slug"] for each in answer.json()["items"]}


def test_every_procedure_reaches_its_decision(
    system: System, granted: list[DossierEntry]
) -> None:
    known = {file.stem for file in Path("catalogue").glob("*-*.json")}

    assert {each.procedure for each in granted} == known


def test_dossiers_came_in_on_all_three_ways(report: Report) -> None:
    assert {each.channel for each in report.dossiers} == {"online", "counter", "post"}


def test_every_ending_was_shown(report: Report) -> None:
    assert {each.outcome for each in report.dossiers} == {*Ending}


def test_what_is_granted_was_accepted_examined_and_returned(
    granted: list[DossierEntry],
) -> None:
    for each in granted:
        assert {2, 4, 10} <= set(each.statuses)
        assert each.statuses[-1] == 10


def test_a_supplement_interrupts_the_examination(report: Report) -> None:
    [asked] = [each for each in report.dossiers if each.outcome == Ending.SUPPLEMENTED]

    before = asked.statuses.index(5)
    assert 4 in asked.statuses[before:]


def test_no_two_dossiers_share_a_code(report: Report) -> None:
    counts = Counter(each.code for each in report.dossiers)

    assert max(counts.values()) == 1


def test_every_decision_is_sealed_and_on_disk_as_reported(
    granted: list[DossierEntry],
) -> None:
    for each in granted:
        assert {"receipt", "decision"} <= {paper.kind for paper in each.papers}
        for paper in each.papers:
            content = Path(paper.path).read_bytes()
            assert hashlib.sha256(content).hexdigest() == paper.sha256
            assert paper.signature_valid


def test_every_history_verifies_and_is_complete(report: Report) -> None:
    for each in report.dossiers:
        assert each.history.verified
        assert each.history.leaves == each.events > 0


def test_applicants_were_told_and_nothing_is_pending(report: Report) -> None:
    for each in report.dossiers:
        assert each.messages
        assert {message.state for message in each.messages} <= {
            *("sent", "delivered", "failed", "unknown"),
        }


@pytest.mark.parametrize("folder", ["unseen", "nasty"])
def test_procedures_never_seen_before_are_carried_out(
    folder: str, system: System, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    unseen = CATALOGUES / folder

    status = main(system, DemoOptions(file, dossiers=6, catalogue=unseen))

    told = Report.model_validate_json(file.read_text())
    assert status == 0
    assert {each.procedure for each in told.dossiers} == {
        each.stem for each in unseen.glob("*.json")
    }


def test_a_broken_catalogue_is_refused_as_a_whole(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    before = offered(system)

    status = main(system, DemoOptions(catalogue=CATALOGUES / "broken"))

    said = capsys.readouterr().out
    assert status == 1
    assert "reading-room-pass" in said
    assert "nobody_knows" in said
    assert offered(system) == before
