"""compose.yaml shows the same processes as the launcher, with the same settings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from infra import containers
from infra.embedded.databases import SERVICES
from infra.embedded.errors import LauncherError
from infra.embedded.processes import KINDS, STREAM
from infra.embedded.settings import ROOT, LauncherSettings

OUTSIDE = LauncherSettings(
    public_url="https://guichet.example",
    external_smtp="smtp://mail.example:25",
    external_smpp="smpp://us:secret@sms.example:2775",
    external_oidc="https://us:secret@identity.example",
    external_tsa="https://tsa.example",
)


def settings(file: Path) -> dict[str, str]:
    pairs = (line.split("=", 1) for line in file.read_text().splitlines())
    return {name: json.loads(value) for name, value in pairs}


def test_every_process_has_a_container() -> None:
    services = yaml.safe_load((ROOT / "infra/compose.yaml").read_text())["services"]
    shown = {
        (each["command"][0].removeprefix("services."), each["command"][1])
        for each in services.values()
        if each.get("command", [""])[0].startswith("services.")
    }

    usual = {(service, kind) for service, kinds in KINDS.items() for kind in kinds}
    assert shown == usual | {tuple(STREAM.split("."))}


def test_every_service_finds_its_own_account(tmp_path: Path) -> None:
    containers.prepare(tmp_path, OUTSIDE)

    for service in SERVICES:
        own = settings(tmp_path / f"{service}.env")
        prefix = f"GUICHET_{service.upper()}_"
        uri = own[f"{prefix}AMQP_URI"]
        assert uri.startswith(f"amqp://{service}:")
        assert uri.endswith("@rabbitmq:5672//")
        assert own[f"{prefix}POSTGRES_HOST"] == "postgres"
        assert all(name.startswith(prefix) for name in own)


def test_the_key_that_seals_is_the_administrations(tmp_path: Path) -> None:
    containers.prepare(tmp_path, OUTSIDE)

    assert "PKCS11" not in (tmp_path / "signing.env").read_text()


def test_ways_to_pay_are_offered_where_they_are_named(tmp_path: Path) -> None:
    containers.prepare(tmp_path, OUTSIDE)
    without = settings(tmp_path / "intake.env")
    named = OUTSIDE.model_copy(
        update={
            "external_vnpay": "https://SHOP1:hush@pay.example/vpcpay.html",
            "bank_account": "970436/001/UBND XA",
        }
    )
    containers.prepare(tmp_path, named)
    own = settings(tmp_path / "intake.env")

    assert not [name for name in without if "VNPAY" in name or "BANK" in name]
    assert own["GUICHET_INTAKE_VNPAY_TERMINAL"] == "SHOP1"
    assert own["GUICHET_INTAKE_VNPAY_SECRET"] == "hush"
    assert own["GUICHET_INTAKE_VNPAY_URL"] == "https://pay.example/vpcpay.html"
    assert own["GUICHET_INTAKE_BANK_ACCOUNT_NAME"] == "UBND XA"


def test_secrets_are_made_once(tmp_path: Path) -> None:
    containers.prepare(tmp_path, OUTSIDE)
    first = (tmp_path / "portal.env").read_text()

    containers.prepare(tmp_path, OUTSIDE)

    assert (tmp_path / "portal.env").read_text() == first


def test_what_is_not_said_is_named(tmp_path: Path) -> None:
    with pytest.raises(LauncherError, match="GUICHET_EXTERNAL_TSA"):
        containers.prepare(tmp_path, LauncherSettings())

    assert list(tmp_path.iterdir()) == []


def test_no_container_and_no_pod_is_told_of_a_rehearsal(tmp_path: Path) -> None:
    containers.prepare(tmp_path, OUTSIDE)
    written = [*tmp_path.glob("*.env"), containers.FOLDER.parent / "compose.yaml"]
    deployed = (ROOT / "k8s").rglob("*.yaml")

    assert not [x for x in (*written, *deployed) if "GUICHET_CLOCK" in x.read_text()]


@pytest.mark.parametrize("module", ["infra.containers", "infra.declare"])
def test_what_operators_run_begins_by_itself(module: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", module], capture_output=True, cwd=ROOT, text=True
    )

    assert "Traceback" not in run.stderr
    assert run.returncode == 1
