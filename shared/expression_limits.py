"""How much work an expression of the catalogue may make: it must end, and soon."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 500  # characters; also protects the parser
DEEPEST = 3  # macros within each other: tables of a hundred rows are still read at once
MOST_WORK = 1_000_000  # lists that are written down, or grow, go into one another

TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
HIDING = re.compile(r"\\|'''|\"\"\"|//")  # where a text ends would not be plain
MACRO = re.compile(r"\b(?:exists|exists_one|all|filter|map)\b")
STEP = re.compile(r"\b(?:exists|exists_one|all|filter|map)\s*(?=\()|[(\[{]|[)\]}]")


def too_much(source: str) -> str | None:
    """Why nobody would wait for the value of this expression; nothing if one would."""
    if len(source) > LONGEST:
        return f"longer than {LONGEST} characters"
    if not MACRO.search(source):
        return None
    if HIDING.search(source):
        return "a list macro beside an escape, a comment or a text of several lines"
    code = TEXT.sub("''", source)
    depths = list(macro_depths(code))
    if max(depths, default=0) > DEEPEST:
        return f"more than {DEEPEST} list macros within each other"
    grown = max(code.count(",") - len(depths), 0) + code.count("+")
    if (grown + 2) ** len(depths) > MOST_WORK:
        return "too many list macros over too many values"
    return None


def macro_depths(code: str) -> Iterator[int]:
    """Of each macro, within how many it stands, itself counted."""
    open: list[bool] = []
    is_macro = False
    for found in STEP.finditer(code):
        match found[0]:
            case "(" | "[" | "{":
                open.append(is_macro)
                if is_macro:
                    yield sum(open)
                is_macro = False
            case ")" | "]" | "}":
                del open[-1:]
            case _:
                is_macro = True
