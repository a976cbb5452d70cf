"""Something is asked of the applicant during the review, and they bring it."""

from __future__ import annotations

from typing import Any

from tools.demo.client import Json, Person
from tools.demo.filing import Filing
from tools.demo.forms import fields_of
from tools.demo.watch import Watch

REASON = {"vi": "Bản chụp bị mờ", "en": "Illegible scan", "fr": "Copie illisible"}
BACK = (2, 4, 6, 8, 9)  # whatever the dossier's steps make of it then


class Supplementing:
    """A better scan, where a scan was handed in; else an answer, once more."""

    def __init__(self, filing: Filing, watch: Watch) -> None:
        self.filing, self.watch = filing, watch
        self.definition = filing.definition

    async def ask_and_answer(self, officer: Person, path: str) -> None:
        document = self._document()
        kind, key = ("document", document["code"]) if document else self._field()
        item: Json = {"kind": kind, "key": key, "reason": REASON, "note": ""}
        body = {"items": [item], "note": "Đề nghị nộp lại bản rõ hơn."}
        await officer.order("POST", f"{path}/supplement", body)
        await self.watch.until(5)
        filing = self.filing
        if document:
            await self._bring(document)
        await filing.filer.order("POST", f"{filing.path}/supplement-answer")
        await self.watch.until(*BACK)

    async def _bring(self, document: Json) -> None:
        title = f"{document['name']['vi']} (2)"
        await self.filing.upload(document["code"], title, document.get("accept"))
        await self.filing.until_checked()

    def _document(self) -> Json | None:
        scans = [x for x in self.definition["documents"] if x["manner"] == "upload"]
        scans.sort(key=lambda each: not each["mandatory"])
        return scans[0] if scans else None

    def _field(self) -> tuple[str, str]:
        """The first that is always on the form: what was answered may stay so."""
        fields = fields_of(self.definition, self.filing.world.common)
        return "field", next(each["name"] for each in fields if is_open(each))


def is_open(field: dict[str, Any]) -> bool:
    is_theirs = field.get("set_by", "applicant") == "applicant"
    return is_theirs and not field.keys() & {"computed", "visible_if"}
