"""Looks over files of procedures, alone and beside each other; needs no server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from services.intake.domain.catalogue import Fault, check, check_lists
from shared.directory import BrokenFileError, Directory, place, read

LISTS = (
    "agencies.json",
    "common.json",
    "units.json",
    "guidance.json",
    "procedure.schema.json",
)


@dataclass(frozen=True)
class Looked:
    """What was read: each procedure under its file, and all that is wrong."""

    definitions: dict[Path, Any]
    faults: list[tuple[Path, Fault]]

    @property
    def files(self) -> list[Path]:
        return sorted({*self.definitions, *(file for file, _ in self.faults)})

    def of(self, file: Path) -> list[Fault]:
        return [fault for each, fault in self.faults if each == file]


def looked_over(paths: Iterable[Path]) -> Looked:
    """Each folder has its own agencies and lists, or else the project's."""
    looked = Looked({}, [])
    for folder, files in groupby(sorted(set(found(paths))), key=lambda f: f.parent):
        look(folder, list(files), looked)
    return looked


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as they are named; of a folder, every procedure in it."""
    for path in paths:
        if path.is_dir():
            yield from path.glob("*.json")
        else:
            yield path


def look(folder: Path, files: list[Path], looked: Looked) -> None:
    definitions: list[tuple[str, Any]] = []
    for file in files:
        if file.name in LISTS:
            continue
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            looked.faults.append((file, unreadable(error)))
        else:
            looked.definitions[file] = content
            definitions.append((file.name, content))
    try:
        directory = Directory.load(folder)
    except BrokenFileError as broken:
        told = {"message": broken.reason}
        looked.faults.append((broken.file, Fault(broken.path, "lists", "json", told)))
        return
    faults = [*lists(folder, directory), *check(definitions, directory)]
    looked.faults.extend((folder / fault.file, fault) for fault in faults)


def lists(folder: Path, directory: Directory) -> list[Fault]:
    """The folder's own lists; those of the project are in order."""
    if not any((folder / name).exists() for name in LISTS):
        return []
    agencies = read(place(folder, "agencies.json"))
    return check_lists(directory.common, agencies, directory.schema)


def unreadable(error: Exception) -> Fault:
    return Fault("$", "unreadable", "json", {"message": str(error)})
