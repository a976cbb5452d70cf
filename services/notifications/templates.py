"""The texts of notices: versioned data in three languages, cut to size."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.notifications.gsm7 import SEGMENT, folded, shortened

FILE = Path(__file__).with_name("templates.json")

LEGAL = (
    *("accepted", "supplement", "refused", "ready", "withdrawn", "payment", "apology"),
    *("suspended", "resumed", "stopped", "denied", "moved", "recalled", "expired"),
)

COURTESY = (  # whom nothing reaches reads it where they sign in
    *("message", "helper", "helper_gone"),
    *("complaint", "complaint_answered"),
)

FREE = ("agency", "items", "what", "reason", "place")  # what can be cut, if it must

LANGUAGES = ("vi", "en", "fr")

Values = dict[str, str]


class Text(BaseModel):
    """What is said of one thing: in a short message, and in a letter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sms: str
    subject: str
    body: str


class Templates(BaseModel):
    """Every change of a text makes a new version: people may have been told the old."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    frame: dict[str, Values]
    texts: dict[str, dict[str, Text]]

    @classmethod
    def load(cls, file: Path = FILE) -> Templates:
        return cls.model_validate_json(file.read_text(encoding="utf-8"))

    def sms(self, name: str, language: str, values: Values) -> str:
        """One short message in one segment; Vietnamese comes without its accents."""
        text, plain = self.texts[name][language].sms, language == "vi"
        free = [each for each in FREE if f"{{{each}}}" in text]

        def with_free(words: Values) -> str:
            return folded(text.format(**values | words), plain=plain)

        room = SEGMENT - len(with_free(dict.fromkeys(free, "")))
        if room < 0 and (undated := f"{name}.undated") in self.texts:
            return self.sms(undated, language, values)
        words = {each: folded(values.get(each, ""), plain=plain) for each in free}
        return with_free(fitting(words, room))[:SEGMENT]

    def subject(self, name: str, language: str, values: Values) -> str:
        return self.texts[name][language].subject.format(**values)

    def letter(
        self, name: str, language: str, values: Values, *, attached: bool
    ) -> str:
        """The whole letter, paragraph by paragraph, as plain text."""
        frame = self.frame[language]
        parts = [
            frame["greeting"],
            frame["about"],
            self.texts[name][language].body,
            *([frame["attached"]] if attached else []),
            *(frame[each] for each in ("link", "contact", "complaint", "no_reply")),
        ]
        return "\n\n".join(part.format(**values) for part in parts)


def fitting(words: Values, room: int) -> Values:
    """Each cut to its share of the room; what one leaves over, the next may use."""
    found: Values = {}
    for left, (name, text) in zip(range(len(words), 0, -1), words.items(), strict=True):
        found[name] = shortened(text, max(room, 0) // left)
        room -= len(found[name])
    return found
