"""Fields of every type with every setting, and the papers that come with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.builders.procedures.conditions import Conditions
from tests.builders.procedures.hand import COMMON, Hand, Json, text3

SIMPLE = (
    *("text", "textarea", "person_name", "integer", "decimal", "money", "date"),
    *("datetime", "partial_date", "year_month", "boolean", "select", "catalogue"),
    *("citizen_id", "tax_code", "phone", "email", "address"),
)
TYPES = (*SIMPLE, "multiselect", "table", "file")
PATTERNS = (
    *("[A-Z]{2}[0-9]{4}", "^[0-9]{3}/[0-9]{4}$", "(GP|QD)-[0-9]{1,5}", ".{5,30}"),
    *(r"\d{2}\.\d+", "[^<>]{3,20}", r"(?:A|B)\w{2,4}", "[A-Za-zÀ-ỹ ]{4,40}"),
)
NAMES = (
    *("child_birth_date", "child_id", "child_gender", "child_name", "spouse_id"),
    *("house_no", "plot_number", "company_name", "owner_phone", "contact_email"),
    *("start_on", "seats", "share", "note", "purpose", "grade", "area"),
)
SETTERS = ("applicant",) * 8 + ("front_desk", "reviewer", "reviewer", "system")
SOURCES = ("identity.full_name", "profile.phone", "tax_db.code", "land_db.plot_no")
MASKS = ("keep_last_3", "keep_last_4", "hide")
MANNERS = ("upload", "upload", "upload", "shown", "handed_over", "confirmation")
IMAGES = (["application/pdf"], ["image/png", "image/jpeg"], ["image/jpeg"])
DATABASES = [each["id"] for each in COMMON["databases"]]
LISTS = {each["id"]: each for each in COMMON["catalogues"]}


class Forms:
    """Draws the fields of one procedure, one after the other."""

    def __init__(self, hand: Hand, groups: list[str]) -> None:
        self.hand = hand
        shared = [
            x for group in groups for x in COMMON["field_groups"][group]["fields"]
        ]
        context = [each["name"] for each in COMMON["expression_context"]]
        self.taken = {each["name"] for each in shared} | {*context}
        self.shared = shared
        self.fields: list[Json] = []

    @property
    def known(self) -> list[Json]:
        return [*self.shared, *self.fields]

    def draw(self) -> list[Json]:
        for number in range(self.hand.number(0, 7)):
            self.fields.append(self.field(number))
        return self.fields

    def field(self, number: int) -> Json:
        kind = self.hand.pick(TYPES)
        field = {**self._base(self._name(number), kind), **self.settings(kind)}
        hand, asks = self.hand, Conditions(self.hand, self.known)
        if kind == "table":
            field |= self._table()
        if computed := self._computed(field):
            return field | {"required": False, "computed": computed}
        field |= hand.optional("visible_if", 20, asks.one)
        field |= hand.optional("required_if", 15, asks.one)
        field |= hand.optional("set_by", 40, lambda: hand.pick(SETTERS))
        field |= hand.optional("prefill", 10, lambda: hand.pick(SOURCES))
        field |= hand.optional("lock_when_verified", 10, lambda: True)
        field |= hand.optional("help", 10, lambda: text3("Help"))
        return field | self._secrecy()

    def _name(self, number: int) -> str:
        name = self.hand.pick(NAMES) if self.hand.likely(40) else f"f{number}"
        name = name if name not in self.taken else f"f{number}"
        self.taken.add(name)
        return name

    def _base(self, name: str, kind: str) -> Json:
        required = self.hand.likely(50)
        return {
            "name": name,
            "label": text3(f"Field {name}"),
            "type": kind,
            "required": required,
        }

    def _secrecy(self) -> Json:
        if not self.hand.likely(15):
            return {}
        mask = self.hand.optional("mask", 50, lambda: self.hand.pick(MASKS))
        return {"sensitive": True, **mask}

    def settings(self, kind: str) -> Json:
        """What belongs to the type; always so that some answer fits."""
        makers: dict[str, Callable[[], Json]] = {
            "text": self._words,
            "textarea": lambda: without("transform", self._words()),
            "email": lambda: self.hand.optional("max_length", 30, lambda: 60),
            "phone": lambda: self.hand.optional("pattern", 20, lambda: "09[0-9]{8}"),
            "integer": self._whole,
            "money": self._whole,
            "decimal": self._fraction,
            "date": self._dates,
            "datetime": self._dates,
            "boolean": self._truth,
            "select": self._options,
            "multiselect": self._options,
            "catalogue": self._catalogue,
            "file": self._file,
        }
        return makers.get(kind, dict)()

    def _words(self) -> Json:
        match self.hand.number(0, 4):
            case 1:
                return {"max_length": self.hand.number(3, 200)}
            case 2:
                return {"pattern": self.hand.pick(PATTERNS)}
            case 3:
                return {"transform": "uppercase"}
            case 4:
                return {"default": "Bản chính"}
        return {}

    def _whole(self) -> Json:
        least, width = self.hand.number(-5, 5), self.hand.number(0, 50)
        given = self.hand.some([("min", least), ("max", least + width)])
        return dict(given) | ({"default": least} if self.hand.likely(15) else {})

    def _fraction(self) -> Json:
        scale = self.hand.number(0, 6)
        least = self.hand.number(-3, 3)
        bounds = [("min", least), ("max", least + self.hand.number(1, 900) / 1)]
        return {**dict(self.hand.some(bounds)), "scale": scale}

    def _dates(self) -> Json:
        anchor = self.hand.pick(["today", "now"])
        first = {"anchor": anchor, self._step(): -self.hand.number(1, 50)}
        last = {"anchor": anchor, self._step(): self.hand.number(1, 50)}
        match self.hand.number(0, 5):
            case 1:
                return {"earliest": first, "latest": last}
            case 2:
                return {"latest": {**first, "days": -3}}
            case 3:
                return {"earliest": {**last, "months": 1, "days": 1}}
            case 4:
                return {"earliest": first, "latest": {"anchor": "today"}}
        return {}

    def _step(self) -> str:
        return self.hand.pick(["days", "months", "years"])

    def _truth(self) -> Json:
        match self.hand.number(0, 5):
            case 1:
                return {"must_be": True}
            case 2:
                return {"must_be": False}
            case 3:
                return {"default": True}
        return {}

    def _options(self) -> Json:
        values = ["one", "two", "three", "Đỏ tươi", "4"][: self.hand.number(1, 3)]
        options = [{"value": each, "label": text3(each)} for each in values]
        return {"options": options}

    def _catalogue(self) -> Json:
        listed = self.hand.pick(sorted(LISTS))
        items = LISTS[listed]["items"]
        default = {"default": items[-1]["code"]} if items else {}
        return {"catalogue": listed} | (default if self.hand.likely(20) else {})

    def _file(self) -> Json:
        accept = self.hand.optional("accept", 40, lambda: self.hand.pick(IMAGES))
        return accept | self.hand.optional("max_mb", 20, lambda: 1)

    def _table(self) -> Json:
        columns = [self._column(x) for x in range(self.hand.number(1, 3))]
        least = self.hand.number(0, 3)
        rows = [
            ("min_rows", least),
            ("max_rows", max(least, 1) + self.hand.number(0, 3)),
        ]
        return {"columns": columns, **dict(self.hand.some(rows))}

    def _column(self, number: int) -> Json:
        kind, likes = self.hand.pick(SIMPLE), ("birth_date", "id", "name", "gender")
        fits = {"date": 0, "citizen_id": 1, "person_name": 2}.get(kind)
        name = f"c{number}"
        if fits is not None and self.hand.likely(50):
            name = f"c{number}_{likes[fits]}"
        settings = self.settings(kind)
        settings.pop("must_be", None)
        settings.pop("transform", None)
        secrecy = self._secrecy()
        return {**self._base(name, kind), **settings, **secrecy}

    def _computed(self, field: Json) -> str | None:
        """From other answers, where the type allows it."""
        if not self.hand.likely(12) or field.keys() & {"must_be", "default"}:
            return None
        found = list(computations(field["type"], self.known))
        return self.hand.pick(found) if found else None


def without(key: str, settings: Json) -> Json:
    return {each: value for each, value in settings.items() if each != key}


COUNTED = ("table", "multiselect")


def computations(kind: str, known: list[Json]) -> Iterator[str]:
    same = [each["name"] for each in known if each["type"] == kind]
    if kind != "table":  # another has other columns
        yield from same
    match kind:
        case "integer" | "money":
            yield from counts(same, known)
        case "boolean":
            yield "channel == 'online'"
        case "date":
            yield "submitted_on"
        case "text":
            yield from ("channel", "date_words(today)")


def counts(same: list[str], known: list[Json]) -> Iterator[str]:
    lists = [each["name"] for each in known if each["type"] in COUNTED]
    yield "7"
    yield from (f"{name} == null ? null : {name} + 1" for name in same)
    yield from (f"size({name})" for name in lists)


def documents(hand: Hand, asks: Conditions) -> list[Json]:
    return [_document(hand, asks, number) for number in range(hand.number(1, 4))]


def _document(hand: Hand, asks: Conditions, number: int) -> Json:
    mandatory = hand.likely(50)
    condition: dict[str, Any] = {}
    if not mandatory:
        condition = hand.optional("required_if", 50, asks.one)
    return {
        "code": f"ZZ{number:02}",
        "name": text3(f"Paper {number}"),
        "originals": hand.number(0, 2),
        "copies": hand.number(0, 2),
        "mandatory": mandatory,
        "manner": hand.pick(MANNERS),
        "databases": hand.some(DATABASES, 0, 2),
        **condition,
        **hand.optional("accept", 30, lambda: hand.pick(IMAGES)),
        **hand.optional("max_mb", 20, lambda: hand.pick([1, 50])),
    }
