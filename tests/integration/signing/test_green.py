"""Under `serve` seals are judged in green threads, many at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from services.signing.config import SigningSettings

MANY_AT_ONCE = """
import eventlet
eventlet.monkey_patch()
import sys
from pathlib import Path
from services.signing.gateways.verifying import PyHankoVerifier
verifier, pdf = PyHankoVerifier(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()
found = list(eventlet.GreenPool().imap(verifier.verify, [pdf] * 8))
print(sum(each.is_valid for each in found))
"""


def test_many_seals_are_judged_at_once(
    settings: SigningSettings, decision: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "decision.pdf"
    file.write_bytes(decision)

    answer = subprocess.run(
        [sys.executable, "-c", MANY_AT_ONCE, settings.trust_roots, file],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "8"
