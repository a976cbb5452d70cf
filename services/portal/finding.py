"""Finding a procedure by words without marks, by a life event, by who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.portal import languages
from services.portal.desk import Desk
from services.portal.read_models import Row

Choice = tuple[str, str]  # a value and its words


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; without any, all there is."""

    query: str = ""
    event: str = ""
    agency: str = ""
    sector: str = ""


async def search(desk: Desk, wish: Wish) -> list[Row]:
    """Those in force today that fit, by their names."""
    today, views = desk.parts.today(), desk.parts.views
    rows = await views.procedures(today, wish.query)
    if wish.query and (meant := desk.parts.guidance.meant_by(wish.query)):
        known = {row["slug"] for row in rows}
        others = await views.procedures(today, "")
        rows += [x for x in others if x["slug"] in meant - known]
    fitting = [row for row in rows if fits(row, wish, desk)]
    return sorted(fitting, key=lambda row: name(row, desk.language).casefold())


def fits(row: Row, wish: Wish, desk: Desk) -> bool:
    definition = row["definition"]
    if wish.event:
        event = desk.parts.guidance.event(wish.event)
        if event is None or row["slug"] not in event.procedures:
            return False
    if wish.agency and wish.agency not in deciding(definition):
        return False
    return not wish.sector or definition["sector"]["id"] == wish.sector


def deciding(definition: dict[str, Any]) -> set[str]:
    """The agencies that people wait for; systems and outsiders are none."""
    outside = ("system", "applicant", "third_party")
    steps = definition["steps"]
    return {step["agency"] for step in steps if step["role"] not in outside}


def name(row: Row, language: str) -> str:
    return languages.said(row["definition"]["names"], language)


def by_sector(rows: list[Row], language: str) -> list[tuple[Choice, list[Row]]]:
    found: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for row in rows:
        sector = row["definition"]["sector"]
        found.setdefault(sector["id"], []).append(row)
        names[sector["id"]] = languages.said(sector["name"], language)
    order = sorted(names, key=lambda id: names[id].casefold())
    return [((id, names[id]), found[id]) for id in order]


def agencies(rows: list[Row], desk: Desk) -> list[Choice]:
    """Every agency that has a part in one of these, by its name."""
    known = desk.parts.directory.agencies
    used = {id for row in rows for id in deciding(row["definition"]) if id in known}
    named = [(id, languages.said(known[id].name, desk.language)) for id in used]
    return sorted(named, key=lambda each: each[1].casefold())
