"""What stands on a printed page, as text and as a small picture."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

COARSE = "36"  # dots for an inch: a stroke moves, a letter does not
DIFFERENT = 64  # of 255
TOLERATED = 0.004  # of all dots: another version of a font may set a few


def text(pdf: bytes) -> str:
    """The text layer as it lies on the page."""
    command = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    lines = done.stdout.decode().replace("\f", "\n").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def pictures(pdf: bytes) -> list[Image.Image]:
    """Each page, small and grey."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", COARSE, "-gray", "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        return [opened(file) for file in sorted(Path(folder).iterdir())]


def opened(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return picture.convert("L")


def looks_like(picture: Image.Image, golden: Path) -> bool:
    """Nothing moved, came or went."""
    before = opened(golden)
    if picture.size != before.size:
        return False
    difference = ImageChops.difference(picture, before).histogram()
    changed = sum(difference[DIFFERENT:])
    return changed <= TOLERATED * picture.width * picture.height


def goldens(folder: Path, name: str) -> list[Path]:
    return sorted(folder.glob(f"{name}-*.png"))


def keep(pdf: bytes, folder: Path, name: str) -> None:
    """Write the goldens anew, for a person to look at."""
    for old in goldens(folder, name):
        old.unlink()
    (folder / f"{name}.txt").write_text(text(pdf), encoding="utf-8")
    for number, picture in enumerate(pictures(pdf), start=1):
        picture.save(folder / f"{name}-{number}.png", optimize=True)
