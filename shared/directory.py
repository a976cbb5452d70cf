"""Who is who in this deployment: the kinds of agencies, and the unit of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Text3 = dict[str, str]  # one text in vi, en and fr

CATALOGUE = Path(__file__).parents[1] / "catalogue"

LANGUAGES = ("vi", "en", "fr")

OFFICE_HOURS = [("07:30", "11:30"), ("13:00", "17:00")]


class BrokenFileError(Exception):
    """A file of the catalogue cannot be used: says which, where in it, and why."""

    def __init__(self, file: Path, path: str, reason: str) -> None:
        super().__init__(f"{file}: {path}: {reason}")
        self.file, self.path, self.reason = file, path, reason


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(Entry):
    """A kind of agency that steps name; `parent` is the authority it belongs to."""

    id: str
    level: str
    function: str
    parent: str | None
    name: Text3


class Unit(Entry):
    """One real office: of a kind, at a place, with its hours and who leads it."""

    id: str
    agency: str
    code: str = Field(pattern=r"^[GH][0-9]{2}(\.[0-9]{2,3}){0,3}$")
    province: str
    commune: str | None
    name: Text3
    place: Text3
    address: str
    phone: str
    website: str
    leader_title: Text3
    office_hours: list[tuple[str, str]]
    tax_code: str | None = None


class Agencies(Entry):
    kind: Literal["agencies"]
    schema_version: str
    agencies: list[Agency]


class Units(Entry):
    kind: Literal["units"]
    schema_version: str
    units: list[Unit]


class Item(Entry):
    """One code of a list and its name; of a place also where it lies."""

    code: str = Field(min_length=1)
    label: Text3 | str = Field(min_length=1)
    within: str | None = None

    def as_listed(self) -> dict[str, Any]:
        """As `common.json` writes it; a bare name is the same in every language."""
        label = self.label
        if isinstance(label, str):
            label = dict.fromkeys(LANGUAGES, label)
        listed: dict[str, Any] = {"code": self.code, "label": label}
        return listed if self.within is None else listed | {"within": self.within}


class CodeList(Entry):
    kind: Literal["list"]
    schema_version: str
    note: str | None = None
    items: list[Item] = Field(min_length=1)


class UnknownUnitError(Exception):
    """No unit of this deployment has this id, or is of this kind."""


class Directory:
    """The agencies, units, common lists and schema that apply to a folder."""

    def __init__(
        self,
        agencies: list[Agency],
        units: list[Unit],
        *,
        common: dict[str, Any],
        schema: dict[str, Any],
    ) -> None:
        self.agencies = {each.id: each for each in agencies}
        self.common = common
        self.schema = schema
        self._units = {each.id: each for each in units}
        for each in unmet(agencies, units):
            self._units[each.id] = each

    @classmethod
    def load(cls, folder: Path = CATALOGUE) -> Directory:
        """What the folder lacks is taken from the project's own catalogue."""
        agencies = parsed(place(folder, "agencies.json"), Agencies).agencies
        units = parsed(place(folder, "units.json"), Units).units
        common = with_lists(read(place(folder, "common.json")), folder)
        schema = read(place(folder, "procedure.schema.json"))
        return cls(agencies, units, common=common, schema=schema)

    @property
    def units(self) -> list[Unit]:
        return list(self._units.values())

    def unit(self, unit_id: str) -> Unit:
        if unit_id not in self._units:
            raise UnknownUnitError(unit_id)
        return self._units[unit_id]

    def unit_of(
        self, agency: str, *, province: str | None = None, commune: str | None = None
    ) -> Unit:
        """The unit of this kind at this place; elsewhere, the one that stands in."""
        ours = [each for each in self.units if each.agency == agency]
        if not ours:
            raise UnknownUnitError(agency)
        at = [each for each in ours if commune and each.commune == commune]
        near = [each for each in ours if province and each.province == province]
        return (at or near or ours)[0]

    def above(self, unit: Unit) -> Unit | None:
        """The authority a unit belongs to, as the first line of its papers names it."""
        kind = self.agencies.get(unit.agency)
        if kind is None or kind.parent is None:
            return None
        return self.unit_of(kind.parent, province=unit.province, commune=unit.commune)

    def is_reception(self, unit_id: str | None) -> bool:
        """The unit receives dossiers and returns results for other authorities."""
        unit = self._units.get(unit_id or "")
        kind = self.agencies.get(unit.agency) if unit else None
        return kind is not None and kind.function == "reception"


def unmet(agencies: list[Agency], units: list[Unit]) -> Iterator[Unit]:
    """A kind that no unit stands for is its own unit, reached through the first."""
    known = {each.agency for each in units}
    missing = [each for each in agencies if each.id not in known]
    for number, agency in enumerate(missing, start=900):
        yield units[0].model_copy(
            update={
                "id": agency.id,
                "agency": agency.id,
                "code": f"{units[0].code.partition('.')[0]}.{number}",
                "name": agency.name,
                "place": agency.name,
                "office_hours": OFFICE_HOURS,
            }
        )


def with_lists(common: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The lists that the deployment loads; they name codes and forbid none."""
    lists = [loaded(each, folder) for each in common["catalogues"]]
    return common | {"catalogues": lists}


def loaded(listed: dict[str, Any], folder: Path) -> dict[str, Any]:
    file = place(folder, f"lists/{listed['id']}.json")
    if listed["items"] is not None or not file.exists():
        return listed
    items = parsed(file, CodeList).items
    seen: set[str] = set()
    for number, each in enumerate(items):
        if each.code in seen or not re.fullmatch(listed["code_pattern"], each.code):
            reason = f"{each.code} stands twice, or is no code of this list"
            raise BrokenFileError(file, f"$['items'][{number}]", reason)
        if isinstance(each.label, dict) and set(each.label) != set(LANGUAGES):
            reason = "needs a name in vi, en and fr, or one for all"
            raise BrokenFileError(file, f"$['items'][{number}]['label']", reason)
        seen.add(each.code)
    return listed | {"items": [each.as_listed() for each in items], "is_open": True}


def place(folder: Path, name: str) -> Path:
    """The folder's own file, or the project's."""
    own = folder / name
    return own if own.exists() else CATALOGUE / name


def read(file: Path) -> dict[str, Any]:
    """The JSON object a file holds."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenFileError(file, "$", str(error)) from None
    if not isinstance(content, dict):
        raise BrokenFileError(file, "$", "is not an object")
    return content


Parsed = TypeVar("Parsed", bound=Entry)


def parsed(file: Path, model: type[Parsed]) -> Parsed:
    try:
        return model.model_validate(read(file))
    except ValidationError as error:
        first = error.errors()[0]
        path = "".join(f"[{key!r}]" for key in first["loc"])
        raise BrokenFileError(file, f"${path}", first["msg"]) from None
