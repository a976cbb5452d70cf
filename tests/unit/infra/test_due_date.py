"""`./guichet due-date`: dates with their reasons, and what it says to bad input."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import cli
from infra.cli.published import Definition, published

FRIDAY = "2026-11-20T10:00"
THREE = ("--value", "3", "--unit", "working_day")
DOSSIER = {
    "id": "d-1",
    "received": FRIDAY,
    "legal_time": {"value": 3, "unit": "working_day", "cutoff": None},
}


def asked(*options: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["due-date", *options])
    return result.exit_code, result.stdout, result.stderr


def answered(*options: str) -> Any:
    status, out, err = asked("--received", FRIDAY, "--json", *options)
    assert (status, err) == (0, "")
    return json.loads(out)


def due(*options: str) -> str | None:
    found: str | None = answered(*options)["due"]
    return found


def refused(*options: str) -> str:
    status, out, err = asked(*options)
    assert (status, out) == (2, "")
    return err


def of_file(folder: Path, *dossiers: Any) -> tuple[int, str, str]:
    file = folder / "dossiers.json"
    file.write_text(json.dumps(list(dossiers)))
    return asked("--scenario", str(file))


def test_the_date_comes_first_and_then_its_reasons() -> None:
    status, out, _ = asked(*THREE, "--received", FRIDAY)

    assert status == 0
    assert out.splitlines() == [
        "Due: Thursday 26/11/2026 at 17:00, closing time.",
        "  1. Received on Friday 20/11/2026 at 10:00.",
        "  2. The day of receipt is Friday 20/11/2026: a working day, before closing "
        "at 17:00.",
        "  3. Legal time: 3 working days, the day of receipt not counted.",
        "  4. Not counted: 2 weekend days, from Saturday 21/11/2026 to Sunday "
        "22/11/2026.",
        "  5. The first day counted is Monday 23/11/2026.",
        "  6. Not counted: Tuesday 24/11/2026, Vietnam Cultural Day.",
    ]


@pytest.mark.parametrize(
    ("options", "ends"),
    [
        (THREE, "2026-11-26T17:00"),
        (("--value", "10", "--unit", "day"), "2026-11-30T17:00"),
        (("--unit", "same_day"), "2026-11-20T17:00"),
        ((*THREE, "--cutoff", "10:00"), "2026-11-27T17:00"),
        ((*THREE, "--hours", "07:00-11:00,12:00-16:00"), "2026-11-26T16:00"),
        ((*THREE, "--override", "2026-11-24=work"), "2026-11-25T17:00"),
        (
            (*THREE, "--override", "2026-11-24=work", "--override", "2026-11-25=off"),
            "2026-11-26T17:00",
        ),
        (
            (*THREE, "--pause", "2026-11-25T07:30", "2026-11-26T07:30"),
            "2026-11-27T17:00",
        ),
        (
            (
                *THREE,
                "--pause",
                "2026-11-25T07:30",
                "2026-11-26T07:30",
                "--pause",
                "2026-11-26T08:00",
                "2026-11-26T17:00",
            ),
            "2026-11-30T17:00",
        ),
        (
            (*THREE, "--restart", "2026-11-25T07:30", "2026-11-26T07:30"),
            "2026-12-01T17:00",
        ),
    ],
)
def test_every_option_counts(options: tuple[str, ...], ends: str) -> None:
    assert due(*options) == ends


def test_a_moment_may_name_its_zone() -> None:
    status, out, _ = asked(*THREE, "--received", "2026-11-20T10:00Z", "--json")

    assert (status, json.loads(out)["due"]) == (0, "2026-11-27T17:00")


def test_a_pause_that_lasts_leaves_the_date_open() -> None:
    found = answered(*THREE, "--pause", "2026-11-25T10:00", "-", "--language", "vi")

    assert found["due"] is None
    assert found["explanation"][-1].startswith("Đang tạm dừng từ 10:00")


def test_a_procedure_brings_its_time_and_says_which_longer_ones_there_are() -> None:
    options = ("--procedure", "criminal-record", "--received", FRIDAY)

    status, out, _ = asked(*options, "--channel", "online", "--language", "fr")

    assert status == 0
    assert out.startswith("Échéance : lundi 30/11/2026 à 17:00")
    assert out.endswith("Le délai est de 15 jours si : complex_verification.\n")


def test_a_procedure_brings_its_cutoff() -> None:
    afternoon = ("--received", "2026-11-20T15:00", "--json")

    _, out, _ = asked("--procedure", "interlinked-birth", *afternoon)

    assert json.loads(out)["due"] == "2026-11-27T17:00"


def test_a_longer_time_applies_when_its_condition_is_known_to_hold() -> None:
    content = published("household-business")
    longer = {"when": "channel == 'post'", "value": 5, "note": None}
    content["legal_time"]["variants"] = [longer]
    received = datetime.fromisoformat("2026-11-20T10:00+07:00")
    by = {
        channel: Definition(content, received, channel)
        for channel in ("post", "counter", None)
    }

    assert [each.legal.value for each in by.values()] == [5, 3, 3]
    assert [len(each.longer) for each in by.values()] == [0, 0, 1]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "--received is missing"),
        (("--received", FRIDAY), "the legal time is missing"),
        (
            (*THREE, "--received", "yesterday"),
            "--received: 'yesterday' is not a moment",
        ),
        ((*THREE, "--received", "2026-11-20"), "write day and time"),
        ((*THREE, "--received", "2026-02-30T10:00"), "--received: '2026-02-30T10:00'"),
        ((*THREE, "--received", "1926-11-20T10:00"), "2000 to 2099"),
        (("--value", "-1", "--unit", "day", "--received", FRIDAY), "--value: -1"),
        (("--value", "0", "--unit", "day", "--received", FRIDAY), "write 1 to 3650"),
        ((*THREE, "--received", FRIDAY, "--cutoff", "24:30"), "--cutoff: '24:30'"),
        ((*THREE, "--received", FRIDAY, "--channel", "dove"), "--channel: 'dove'"),
        (
            (*THREE, "--received", FRIDAY, "--hours", "07:30-12:00,11:30-17:00"),
            "--hours: what opens at 11:30 overlaps",
        ),
        (
            (*THREE, "--received", FRIDAY, "--hours", "11:30-07:30"),
            "--hours: 11:30-07:30 ends before it begins",
        ),
        (
            (*THREE, "--received", FRIDAY, "--override", "2026-11-31=off"),
            "--override: '2026-11-31' is not a date",
        ),
        (
            (*THREE, "--received", FRIDAY, "--override", "2026-11-30=maybe"),
            "--override: '2026-11-30=maybe' is no notice",
        ),
        (
            (
                *THREE,
                "--received",
                FRIDAY,
                "--pause",
                "2026-11-26T10:00",
                "2026-11-25T10:00",
            ),
            "--pause: it ends at 2026-11-25T10:00, before it begins",
        ),
        ((*THREE, "--received", FRIDAY, "--pause", FRIDAY), "--pause: ''"),
        (
            ("--procedure", "criminal-records", "--received", FRIDAY),
            "is not in the catalogue: write criminal-record\n",
        ),
        (
            (
                "--procedure",
                "certified-copy",
                "--received",
                FRIDAY,
                "--channel",
                "online",
            ),
            "--channel: certified-copy is not handed in so: write counter",
        ),
        (
            ("--procedure", "criminal-record", "--received", FRIDAY, "--value", "3"),
            "--value: the procedure says it",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_option(
    options: tuple[str, ...], says: str
) -> None:
    assert says in refused(*options)


def test_a_file_is_answered_one_line_for_each_dossier(tmp_path: Path) -> None:
    vector = {
        **DOSSIER,
        "legal_time": {"value": 7, "unit": "working_day", "cutoff": None},
        "office_hours": [["07:30", "11:30"], ["13:00", "17:00"]],
        "pauses": [
            {"from": "2026-11-25T17:00", "to": "2026-12-02T17:00", "effect": "pause"}
        ],
    }
    same_day = {"id": 2, "received": FRIDAY, "legal_time": {"unit": "same_day"}}

    status, out, err = of_file(tmp_path, DOSSIER, vector, same_day)

    lines = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [each["id"] for each in lines] == ["d-1", "d-1", 2]
    assert [each["due"] for each in lines] == [
        "2026-11-26T17:00",
        "2026-12-09T17:00",
        "2026-11-20T17:00",
    ]
    assert lines[0]["explanation"][-1] == (
        "Due: Thursday 26/11/2026 at 17:00, closing time."
    )


def test_notices_of_other_places_do_not_count(tmp_path: Path) -> None:
    monday = {"date": "2026-11-23", "kind": "off"}
    scopes = {"P1": "province", "P2": "province", "A1": "agency", "A2": "agency"}
    dossiers = [
        {**DOSSIER, "overrides": [{**monday, "scope": scope, "scope_id": place}]}
        for place, scope in scopes.items()
    ]
    national = {**DOSSIER, "overrides": [{**monday, "scope": "national"}]}

    _, out, _ = of_file(tmp_path, *dossiers, national)

    dates = [json.loads(line)["due"][8:10] for line in out.splitlines()]
    assert dates == ["27", "26", "27", "26", "27"]


def test_a_pause_that_lasts_in_a_file_leaves_the_date_open(tmp_path: Path) -> None:
    pause = {"from": "2026-11-25T10:00", "to": None, "effect": "restart"}

    _, out, _ = of_file(tmp_path, {**DOSSIER, "pauses": [pause]})

    assert json.loads(out)["due"] is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"received": "2026-13-20T10:00"},
            "[1].received (id 'd-1'): '2026-13-20T10:00'",
        ),
        ({"received": None}, "[1].received (id 'd-1'): is missing"),
        ({"legal_time": {"value": -3, "unit": "day"}}, "[1].legal_time (id 'd-1'): -3"),
        ({"legal_time": {"value": 3, "unit": "week"}}, "write 'working_day', 'day' or"),
        ({"office_hours": [["08:00", "12:00"], ["11:00", "17:00"]]}, "overlaps"),
        ({"overrides": [{"date": "2026-11-31"}]}, "[1].overrides[0].date (id 'd-1')"),
        (
            {"pauses": [{"from": "2026-11-26T10:00", "to": "2026-11-25T10:00"}]},
            "[1].pauses[0] (id 'd-1'): it ends at 2026-11-25T10:00",
        ),
        (
            {"pauses": [{"from": "2026-11-26T10:00"}]},
            "write null while the pause lasts",
        ),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_place_and_nothing_is_answered(
    tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    status, out, err = of_file(tmp_path, DOSSIER, {**DOSSIER, **change})

    assert (status, out) == (2, "")
    assert says in err


def test_a_key_that_means_nothing_is_told(tmp_path: Path) -> None:
    status, out, err = of_file(tmp_path, {**DOSSIER, "pause": []})

    assert (status, out.count("\n")) == (0, 1)
    assert err == "d-1: 'pause' means nothing here: left out\n"


@pytest.mark.parametrize(
    ("content", "says"), [("{}", "is no list"), ("[", "is not JSON")]
)
def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "dossiers.json"
    file.write_text(content)

    assert says in refused("--scenario", str(file))
    assert "cannot be read" in refused("--scenario", str(tmp_path / "none.json"))


def test_a_file_says_everything_itself() -> None:
    assert "--value: the dossiers" in refused("--scenario", "any.json", *THREE)
