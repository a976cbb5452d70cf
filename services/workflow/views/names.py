"""People's names in a search: found by who knows them, read by nobody."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.personal import Erased, Personal
from shared.search_words import search_words

MOST_WORDS = 8  # of one search
DIGITS = 32  # 128 bits: no two words share them by chance
PURPOSE = b"guichet workflow: words of names"


class Names:
    """Each word of a name as a digest under a key that only this service has."""

    def __init__(self, master_key: bytes) -> None:
        self._key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(master_key)

    def digest(self, word: str) -> str:
        return hmac.new(self._key, word.encode(), sha256).hexdigest()[:DIGITS]

    def words(self, presentation: Personal | Erased) -> list[str]:
        """What an applicant is found by; nothing once they are forgotten."""
        if isinstance(presentation, Erased):
            return []
        applicant = json.loads(presentation.value).get("applicant") or {}
        return [self.digest(each) for each in search_words(applicant.get("name") or "")]

    def terms(self, query: str | None) -> list[list[str]]:
        """For each word of a search what may stand in a row: itself, or as a name."""
        words = search_words(query or "")[:MOST_WORDS]
        return [[word, self.digest(word)] for word in words]
