"""Draws a page of a PDF, or a picture, anew: nothing of the file itself is shown."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import sqrt
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageFile, ImageOps

from services.portal.pictures.errors import (
    FileLockedError,
    FileNotShownError,
    FilePageMissingError,
    PhotoTooLargeError,
)

MOST_PIXELS = 100_000_000  # of a picture, before it is opened
MOST_SIDE = 5000  # pixels of a side that we go on with
LARGEST = 24_000_000  # pixels of what we draw
LONGEST = 16_000  # pixels: WebP knows no longer side
CLOSEST = 8.0  # times: a stamp stays a stamp
PDF = "application/pdf"
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
PASSWORD = "Incorrect password"  # noqa: S105 -- what the library says of it


def draw(source: Path, target: Path, **wish: int | str) -> dict[str, int]:
    """One page as WebP of the width that is wished; how many pages there are."""
    media_type, number = str(wish["media_type"]), int(wish["page"])
    width, turn = int(wish["width"]), int(wish["turn"])
    if media_type == PDF:
        picture, pages = page_of(source, number, width, turn)
    else:
        picture, pages = picture_of(source, media_type, number, width, turn), 1
    picture.convert("RGB").save(target, "WEBP", quality=82, method=2)
    return {"pages": pages, "width": picture.width, "height": picture.height}


def count(source: Path, media_type: str) -> dict[str, int]:
    """Pages; a picture is one."""
    if media_type != PDF:
        return {"pages": 1}
    with opened(source) as pdf:
        return {"pages": len(pdf)}


@contextmanager
def opened(source: Path) -> Iterator[pdfium.PdfDocument]:
    try:
        pdf = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        locked = PASSWORD in str(error)
        raise (FileLockedError if locked else FileNotShownError) from None
    try:
        yield pdf
    finally:
        with suppress(pdfium.PdfiumError):
            pdf.close()


def page_of(
    source: Path, number: int, width: int, turn: int
) -> tuple[Image.Image, int]:
    with opened(source) as pdf:
        if not 1 <= number <= len(pdf):
            raise FilePageMissingError
        try:
            page = pdf[number - 1]
            scale = scaled(*upright(page.get_size(), turn), width)
            drawn = page.render(scale=scale, rotation=turn, may_draw_forms=False)
            return drawn.to_pil().copy(), len(pdf)
        except (pdfium.PdfiumError, ValueError):
            raise FileNotShownError from None


def upright(size: tuple[float, float], turn: int) -> tuple[float, float]:
    return size[::-1] if turn % 180 else size


def scaled(width: float, height: float, wished: int) -> float:
    """As wide as wished, unless that grows beyond what we draw."""
    if not (width > 0 and height > 0):
        raise FileNotShownError
    most = sqrt(LARGEST / (width * height))
    return min(wished / width, most, LONGEST / max(width, height), CLOSEST)


def picture_of(
    source: Path, media_type: str, number: int, width: int, turn: int
) -> Image.Image:
    if number != 1:
        raise FilePageMissingError
    with picture(source, media_type) as found:
        image = flat(ImageOps.exif_transpose(found)).rotate(-turn, expand=True)
        scale = min(1.0, scaled(*image.size, width))
        size = [max(1, round(side * scale)) for side in image.size]
        return image.resize((size[0], size[1]))


@contextmanager
def picture(source: Path, media_type: str) -> Iterator[Image.Image]:
    """Its dimensions are read before a single pixel is."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=[PICTURES[media_type]]) as image:
                image.draft("RGB", (4000, 4000))
                image.load()
                image.thumbnail((MOST_SIDE, MOST_SIDE))
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotoTooLargeError from None
    except (OSError, SyntaxError, ValueError, KeyError, MemoryError):
        raise FileNotShownError from None


def flat(image: Image.Image) -> Image.Image:
    """On white paper: what is transparent would be black."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")
