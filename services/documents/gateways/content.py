"""What is in a file: its type, and what its makers hid in it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import puremagic
from PIL import Image, ImageFile

from services.documents.domain import Finding

MOST_PIXELS = 100_000_000
MOST_MEMORY = 64 << 20  # bytes that one compressed stream of a PDF may become

UNKNOWN = "application/octet-stream"
MAGIC = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}

EMBEDDED = {"/EmbeddedFile", "/EmbeddedFiles"}
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/AA",
    "/Launch",
    "/RichMedia",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
}
SAYS_WHAT_IT_IS = ("/S", "/Type", "/Subtype")


def media_type(path: Path) -> str:
    """By its first bytes, whatever its name."""
    with path.open("rb") as file:
        start = file.read(16)
    for magic, found in MAGIC.items():
        if start.startswith(magic):
            return found
    try:
        guess = puremagic.from_file(path, mime=True)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return guess if guess and guess not in MAGIC.values() else UNKNOWN


def inspect(path: Path, media_type: str) -> Finding | None:
    if media_type == "application/pdf":
        return inspect_pdf(path)
    return inspect_image(path, FORMATS[media_type])


def inspect_image(path: Path, form: str) -> Finding | None:
    """Its dimensions are read before a single pixel is."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries are less strict
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[form]) as image:
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Finding.TOO_MANY_PIXELS
    except (OSError, SyntaxError, ValueError, MemoryError):
        return Finding.DAMAGED
    return None


def inspect_pdf(path: Path) -> Finding | None:
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_MEMORY)
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return Finding.ENCRYPTED
            if not len(pdf.pages):
                return Finding.DAMAGED
            return next(filter(None, map(found_in, dictionaries(pdf))), None)
    except pikepdf.PasswordError:
        return Finding.ENCRYPTED
    except (pikepdf.PdfError, ValueError, MemoryError, RecursionError):
        return Finding.DAMAGED


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, also within object streams; each indirect object once."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += [item for item in each if is_nested(item)]
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            values = each if isinstance(each, pikepdf.Dictionary) else each.stream_dict
            waiting += [item for item in values.values() if is_nested(item)]
            yield values


def is_nested(item: Any) -> bool:
    """Written where it stands; what is referred to is walked by itself."""
    nested = isinstance(item, pikepdf.Array | pikepdf.Dictionary)
    return nested and not item.is_indirect


def found_in(values: Any) -> Finding | None:
    said = {str(values[key]) for key in SAYS_WHAT_IT_IS if key in values}
    names = set(values.keys()) | said
    if names & EMBEDDED:
        return Finding.EMBEDDED_FILE
    opening = values.get("/OpenAction")
    if names & ACTIVE or not is_plain_opening(opening):
        return Finding.ACTIVE_CONTENT
    return None


def is_plain_opening(opening: Any) -> bool:
    """A document may say at which page it opens, and nothing else."""
    if isinstance(opening, pikepdf.Dictionary):
        return str(opening.get("/S")) == "/GoTo" and "/Next" not in opening
    return True
