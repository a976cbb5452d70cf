"""A text that fits a regular expression, made of words where any letter would do."""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]  # typeshed has none
from random import Random
from typing import Any

WORDS = ("Thành Công", "Hoa Sen", "Phương Nam", "Tây Nguyên", "An Phát", "Minh Tâm")
CATEGORIES = {
    parser.CATEGORY_DIGIT: "0123456789",
    parser.CATEGORY_WORD: "abcdefghijklmnopqrstuvwxyz",
    parser.CATEGORY_SPACE: " ",
    parser.CATEGORY_NOT_DIGIT: "abcdefghijklmnopqrstuvwxyz",
    parser.CATEGORY_NOT_SPACE: "abcdefghijklmnopqrstuvwxyz",
    parser.CATEGORY_NOT_WORD: "-",
}
ANY = "abcdefghijklmnopqrstuvwxyz0123456789 -."
LONGEST_REPEAT = 8


def text_like(pattern: str, random: Random) -> str:
    """A text the pattern matches as a whole."""
    for _ in range(200):
        text = written(parser.parse(pattern), random)
        if re.fullmatch(pattern, text) and text == " ".join(text.split()):
            return text
    raise ValueError(f"No text found for {pattern}")


def written(parts: Any, random: Random) -> str:
    return "".join(part(code, argument, random) for code, argument in parts)


def part(code: Any, argument: Any, random: Random) -> str:
    match code:
        case parser.LITERAL:
            return chr(argument)
        case parser.NOT_LITERAL:
            return random.choice(ANY.replace(chr(argument).lower(), ""))
        case parser.ANY:
            return random.choice(ANY)
        case parser.IN:
            return random.choice(letters(argument))
        case parser.BRANCH:
            return written(random.choice(argument[1]), random)
        case parser.SUBPATTERN:
            return written(argument[-1], random)
        case parser.MAX_REPEAT | parser.MIN_REPEAT:
            least, most, what = argument
            return repeated(least, most, what, random)
        case _:  # anchors and assertions write nothing
            return ""


def repeated(least: int, most: int, what: Any, random: Random) -> str:
    if [each[0] for each in what] == [parser.ANY]:
        words = random.choice(WORDS)
        while len(words) < least:
            words += f" {random.choice(WORDS)}"
        return words[:most]
    count = random.randint(least, max(least, min(most, LONGEST_REPEAT)))
    return "".join(written(what, random) for _ in range(count))


def letters(members: Any) -> str:
    """All that a set allows; of a set that excludes, what else there is."""
    excludes = members[0][0] is parser.NEGATE
    found = "".join(member(*each) for each in members)
    return "".join(each for each in ANY if each not in found) if excludes else found


def member(code: Any, argument: Any) -> str:
    match code:
        case parser.LITERAL:
            return chr(argument)
        case parser.RANGE:
            first, last = argument
            return "".join(map(chr, range(first, min(last, first + 400) + 1)))
        case parser.CATEGORY:
            return CATEGORIES[argument]
        case _:
            return ""
