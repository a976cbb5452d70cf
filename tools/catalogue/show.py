"""What a person, or a script, reads about files of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.catalogue.checking import Looked

ORDER = {
    "vi": "{count} tệp, không có lỗi.",
    "en": "{count} files, all in order.",
    "fr": "{count} fichiers, tout est en ordre.",
}
FAULTS = {
    "vi": "{count} tệp, {faults} lỗi.",
    "en": "{count} files, {faults} faults.",
    "fr": "{count} fichiers, {faults} erreurs.",
}


def lines(looked: Looked, language: str) -> Iterator[str]:
    """File by file: where, what is wrong, and below it what would be right."""
    for file in looked.files:
        for fault in looked.of(file):
            yield f"{file}: {fault.path}: {fault.reason(language)}"
            yield f"    → {fault.suggestion(language)}"
    end = FAULTS if looked.faults else ORDER
    told = {"count": len(looked.files), "faults": len(looked.faults)}
    yield end[language].format(**told)


def report(looked: Looked, language: str) -> dict[str, Any]:
    return {
        "in_order": not looked.faults,
        "files": [str(each) for each in looked.files],
        "faults": [
            {
                "file": str(file),
                "path": fault.path,
                "code": fault.code,
                "reason": fault.reason(language),
                "suggestion": fault.suggestion(language),
            }
            for file, fault in looked.faults
        ],
    }
