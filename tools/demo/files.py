"""Papers as a scanner at home makes them: slightly crooked, a little grey, legible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

PAGE = (827, 1169)  # A4 at 100 dots per inch
MARGIN = 90
INK, PAPER, GREY = 40, 246, 225
FONTS = Path("/usr/share/fonts/truetype/noto")
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SENTENCES = (
    "Kính gửi: Ủy ban nhân dân xã Ea Kly, tỉnh Đắk Lắk.",
    "Tôi xin gửi kèm giấy tờ này để bổ sung cho hồ sơ đã khai.",
    "Tôi cam đoan nội dung khai là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    "Nếu cần thêm thông tin, xin liên hệ theo số điện thoại ghi trong hồ sơ.",
)
ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
}
FORMATS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


@dataclass(frozen=True)
class Scan:
    """A file ready to be handed in."""

    name: str
    media_type: str
    content: bytes


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = FONTS / f"NotoSerif-{name}.ttf"
    if file.exists():
        return ImageFont.truetype(file, size)
    fallback: ImageFont.FreeTypeFont | ImageFont.ImageFont
    fallback = ImageFont.load_default(size)
    return fallback


def page(title: str, lines: list[str], random: Random) -> Image.Image:
    """One sheet: the motto, a title, what it says, a place to sign."""
    sheet = Image.new("L", PAGE, PAPER)
    draw = ImageDraw.Draw(sheet)
    middle, y = PAGE[0] / 2, float(MARGIN)
    for text, weight in zip(MOTTO, ("Bold", "Regular"), strict=True):
        draw.text((middle, y), text, INK, font(weight, 18), anchor="ma")
        y += 30
    for text in wrap(title.upper(), 42):
        draw.text((middle, y + 40), text, INK, font("Bold", 24), anchor="ma")
        y += 36
    y += 90
    for line in lines:
        for text in wrap(line, 68):
            draw.text((MARGIN, y), text, INK, font("Regular", 19))
            y += 32
    draw.text((PAGE[0] - 300, y + 60), "Người làm đơn", INK, font("Bold", 19))
    signature(draw, random, PAGE[0] - 280, round(y) + 130)
    crooked = random.uniform(-0.8, 0.8)
    return sheet.rotate(crooked, Image.Resampling.BILINEAR, fillcolor=GREY)


def signature(draw: ImageDraw.ImageDraw, random: Random, x: int, y: int) -> None:
    points = [(x + 16 * i, y + random.randint(-28, 28)) for i in range(9)]
    draw.line(points, fill=70, width=3, joint="curve")


def scan(
    title: str, writer: str, *, media_type: str = "application/pdf", seed: str
) -> Scan:
    """A paper of this name by this person; the same one for the same seed."""
    random = Random(seed)
    to, *others = SENTENCES
    lines = [to, f"Tên tôi là: {writer}.", *random.sample(others, k=2)]
    sheet, content = page(title, lines, random), BytesIO()
    sheet.save(content, FORMATS[media_type], quality=70)
    name = f"{title[:60].strip().replace('/', '-')}.{ENDINGS[media_type]}"
    return Scan(name, media_type, content.getvalue())


def suitable(accepted: list[str] | None) -> str:
    """The first of the accepted kinds that we can make."""
    known = [each for each in accepted or FORMATS if each in FORMATS]
    return known[0] if known else "application/pdf"
