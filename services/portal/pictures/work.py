"""The process that opens files of strangers: `python -m …pictures.work`, fed by lines.

Whatever a file does to it ends here: it has little memory, little time, and no keys.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

from services.portal.pictures import pages, photos
from services.portal.pictures.errors import FileNotShownError
from shared.errors import DomainError

MEMORY = 1_500_000_000  # bytes
PATIENCE = 30  # seconds for one file


def done(task: dict[str, Any]) -> dict[str, Any]:
    target = Path(task.pop("target", ""))
    match task.pop("do"):
        case "count":
            return pages.count(Path(task["source"]), task["media_type"])
        case "draw":
            return pages.draw(Path(task.pop("source")), target, **task)
        case "take":
            return photos.take(Path(task["source"]), target, task["media_type"])
        case "bind":
            return photos.bind(task["photos"], target, task["at_most"])
    raise FileNotShownError


def answered(line: str) -> dict[str, Any]:
    try:
        return done(json.loads(line))
    except DomainError as error:
        return {"refused": error.code}
    except (MemoryError, RecursionError, OSError, ValueError):
        return {"refused": FileNotShownError.code}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        signal.alarm(PATIENCE)
        answer = answered(line)
        signal.alarm(0)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
