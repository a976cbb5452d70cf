"""Photos of a paper, made into one PDF: upright, readable, without a place."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

from services.portal.pictures.errors import FileNotShownError, PhotoUnreadableError
from services.portal.pictures.pages import flat, picture

LONGEST = 2400  # pixels: an A4 page at 200 dots to the inch
QUALITY = 80
SIZES = ((LONGEST, QUALITY), (1700, 70), (1300, 55))
A4 = (595.276, 841.89)  # points


def take(source: Path, target: Path, media_type: str) -> dict[str, int]:
    """A photo as we keep it: only its pixels, nothing of where and with what."""
    try:
        with picture(source, media_type) as found:
            image = flat(ImageOps.exif_transpose(found))
    except FileNotShownError:
        raise PhotoUnreadableError from None
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return {"width": plain.width, "height": plain.height}


def bind(photos: list[list[Any]], target: Path, at_most: int) -> dict[str, int]:
    """One PDF of them all, each on its page; coarser when it would be too large."""
    made = {"size": 0}
    for longest, quality in SIZES:
        pdf = pikepdf.new()
        for path, turn in photos:
            add_page(pdf, coarser(Path(path), longest, quality), int(turn))
        pdf.save(target, linearize=True, deterministic_id=True)
        made = {"pages": len(pdf.pages), "size": target.stat().st_size}
        if made["size"] <= at_most:
            break
    return made


def coarser(photo: Path, longest: int, quality: int) -> bytes:
    stored = photo.read_bytes()
    if longest == LONGEST:
        return stored
    with Image.open(BytesIO(stored), formats=["JPEG"]) as image:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        written = BytesIO()
        image.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def add_page(pdf: pikepdf.Pdf, jpeg: bytes, turn: int) -> None:
    """The photo fills a sheet of A4, upright or lying, and is not compressed again."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        width, height = image.size
    sheet = A4 if height >= width else A4[::-1]
    scale = min(sheet[0] / width, sheet[1] / height)
    drawn = (width * scale, height * scale)
    corner = [(side - each) / 2 for side, each in zip(sheet, drawn, strict=True)]
    photo = pdf.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    content = "q {:.3f} 0 0 {:.3f} {:.3f} {:.3f} cm /Photo Do Q".format(*drawn, *corner)
    page = pdf.add_blank_page(page_size=sheet)
    page.obj.Resources = Dictionary(XObject=Dictionary(Photo=photo))
    page.obj.Contents = pdf.make_stream(content.encode())
    page.obj.Rotate = turn % 360
