"""The process that opens files of strangers: `python -m …inspection`, fed by lines.

Whatever a file does to it ends here: it has little memory, little time, and no keys.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import warnings
from pathlib import Path

from services.documents.gateways.content import inspect

MEMORY = 1_500_000_000  # bytes
PATIENCE = 60  # seconds for one file


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        path, media_type = json.loads(line)
        signal.alarm(PATIENCE)
        finding = inspect(Path(path), media_type)
        signal.alarm(0)
        sys.stdout.write(json.dumps(finding) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
