"""One broken file for each rule of the catalogue's README, as a person sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import cli
from services.intake.domain.catalogue.fault import SENTENCES
from services.intake.domain.texts import LANGUAGES
from shared.directory import CATALOGUE, read
from tests.builders.intake import a_definition
from tests.unit.intake.test_catalogue import Change, drop, put, rule
from tools.catalogue.checking import Looked, looked_over
from tools.catalogue.show import lines, report

PERMIT, RECORD = "house-building-permit", "criminal-record"

RULES: list[tuple[int, str, Change, str, str]] = [
    (1, PERMIT, put("slug", "moon-permit"), "$.slug", "moon-permit.json"),
    (2, PERMIT, put("documents.1.code", "XD01"), "$.documents[1].code", "another name"),
    (2, PERMIT, put("fields.1.name", "channel"), "$.fields[1].name", "channel_2"),
    (
        3,
        PERMIT,
        put("steps.1.depends_on", ["receive_"]),
        "$.steps[1].depends_on[0]",
        "Did you mean receive?",
    ),
    (3, PERMIT, put("steps.8.role", "clerk"), "$.steps[8].role", "return_officer"),
    (
        4,
        PERMIT,
        put("steps.0.agency", "ttpvhcc_xaa"),
        "$.steps[0].agency",
        "Did you mean ttpvhcc_xa?",
    ),
    (
        4,
        PERMIT,
        put("external_status_set", "x"),
        "$.external_status_set",
        "civil_status",
    ),
    (5, PERMIT, put("joins.0.group", "Z"), "$.joins[0].group", "parallel_group"),
    (5, PERMIT, drop("steps.2.when"), "$.steps[2]", "Add when"),
    (6, PERMIT, put("steps.1.duration_minutes", 9000), "$.steps", "Shorten"),
    (
        6,
        PERMIT,
        put("legal_time.parts", [{"agency": "ubnd_xa", "value": 1}]),
        "$.legal_time.parts",
        "add up to 7",
    ),
    (7, PERMIT, rule("flors == null"), "$.checks[0].rule", "Did you mean floors?"),
    (
        7,
        PERMIT,
        rule("building_kind == 'hause'"),
        "$.checks[0].rule",
        "Did you mean house?",
    ),
    (8, PERMIT, put("fields.0.default", "castle"), "$.fields[0].default", "options"),
    (
        9,
        PERMIT,
        put("supplement.max_requests_per_stage", 0),
        "$.steps[1].outcomes",
        "at least 1",
    ),
    (
        10,
        PERMIT,
        put("field_groups", ["applicant_person", "declaration"]),
        "$.result_channels",
        "delivery",
    ),
    (
        10,
        RECORD,
        put("field_groups", ["applicant_person", "delivery", "declaration"]),
        "$.documents[2].required_if",
        "dossier_owner",
    ),
    (
        12,
        PERMIT,
        put("supplement.on_expiry", "void_dossier"),
        "$.supplement.on_expiry",
        "closed",
    ),
]


def broken(folder: Path, slug: str, change: Change) -> Looked:
    definition = a_definition(slug)
    change(definition)
    return looked_over([written(folder / f"{slug}.json", definition)])


def written(file: Path, content: Any) -> Path:
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("number", "slug", "change", "path", "advice"),
    RULES,
    ids=[f"rule {number} {path}" for number, _, _, path, _ in RULES],
)
def test_a_broken_rule_is_named_with_what_would_be_right(
    number: int, slug: str, change: Change, path: str, advice: str, tmp_path: Path
) -> None:
    found = {
        fault.path: fault.suggestion()
        for _, fault in broken(tmp_path, slug, change).faults
    }

    assert number
    assert advice in found[path]


def test_rule_1_a_code_means_one_procedure(tmp_path: Path) -> None:
    other = a_definition(RECORD) | {"code": a_definition(PERMIT)["code"]}
    written(tmp_path / f"{RECORD}.json", other)
    written(tmp_path / f"{PERMIT}.json", a_definition(PERMIT))

    looked = looked_over([tmp_path])

    [(file, fault)] = looked.faults
    assert (file.name, fault.path) == (f"{PERMIT}.json", "$.code")
    assert "valid_to" in fault.suggestion()


def test_rule_11_lists_have_the_codes_of_the_schema(tmp_path: Path) -> None:
    common = read(CATALOGUE / "common.json")
    del common["enums"]["role"][0]
    written(tmp_path / "common.json", common)

    [(file, fault)] = looked_over([tmp_path]).faults

    assert (file.name, fault.path) == ("common.json", "$.enums.role")


@pytest.mark.parametrize(
    ("change", "path", "advice"),
    [
        (put("surprise", 1), "$", "Remove surprise"),
        (put("channelss", []), "$", "Did you mean channels?"),
        (drop("code"), "$", "Add code"),
        (put("steps.0.role", "font_desk"), "$.steps[0].role", "front_desk"),
        (put("version.number", "1"), "$.version.number", "integer"),
        (put("code", "12"), "$.code", "must match"),
        (put("schema_version", "2"), "$.schema_version", '"1.0"'),
        (put("legal_time.value", 0), "$.legal_time.value", "The limit is 1"),
        (put("channels", ["online", "online"]), "$.channels", "Remove the second"),
        (put("steps.1.status", 5), "$.steps[1]", "go"),
        (put("kind", "poem"), "$.kind", "procedure"),
    ],
)
def test_what_the_schema_refuses_comes_with_advice(
    change: Change, path: str, advice: str, tmp_path: Path
) -> None:
    looked = broken(tmp_path, PERMIT, change)

    told = [
        f"{f.reason()} {f.suggestion()}" for _, f in looked.faults if f.path == path
    ]
    assert any(advice in each for each in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_said_in_every_language(
    language: str, tmp_path: Path
) -> None:
    for number, (_, slug, change, _, _) in enumerate(RULES):
        folder = tmp_path / str(number)
        folder.mkdir()
        looked = broken(folder, slug, change)
        assert all("{" not in each for each in lines(looked, language))
        assert not report(looked, language)["in_order"]


def test_every_sentence_has_three_languages_and_says_the_same() -> None:
    for part in SENTENCES.values():
        for text in part.values():
            assert tuple(text) == LANGUAGES
            assert len({frozenset(places(each)) for each in text.values()}) == 1


def places(sentence: str) -> list[str]:
    return [each.partition("}")[0] for each in sentence.split("{")[1:]]


def test_what_is_no_json_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{")

    [(_, fault)] = looked_over([file]).faults

    assert fault.code == "unreadable"


def test_a_folder_may_use_the_projects_agencies(tmp_path: Path) -> None:
    written(tmp_path / f"{PERMIT}.json", a_definition(PERMIT))

    assert looked_over([tmp_path]).faults == []


def test_broken_units_are_a_fault_of_their_file(tmp_path: Path) -> None:
    written(tmp_path / "units.json", {"units": 7})
    written(tmp_path / f"{PERMIT}.json", a_definition(PERMIT))

    [(file, _)] = looked_over([tmp_path]).faults

    assert file.name == "units.json"


def test_the_command_ends_with_1_on_faults_and_prints_them(tmp_path: Path) -> None:
    definition = a_definition(PERMIT)
    definition["steps"][0]["agency"] = "moon"
    file = written(tmp_path / f"{PERMIT}.json", definition)

    good = CliRunner().invoke(cli, ["catalogue", "check", str(CATALOGUE)])
    bad = CliRunner().invoke(
        cli, ["catalogue", "check", str(file), "--language", "fr", "--json"]
    )

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "8 files, all in order." in good.output
    [fault] = json.loads(bad.output)["faults"]
    assert fault["reason"] == "organisme inconnu : moon"


def test_nothing_is_published_where_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUICHET_HOME", str(tmp_path))

    said = CliRunner().invoke(cli, ["catalogue", "publish", str(CATALOGUE)])

    assert said.exit_code == 1
    assert "./guichet up" in said.output
