"""Builds what browsers get: `python -m tools.assets`. Running Guichet needs no Node.

`scss/portal.scss` and every `scss/citizen/_*.scss` become portal.css, `officer.scss`
and every `officer/_*.scss` officer.css; every `js/*.js` becomes a script of its name.
"""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

PORTAL = Path(__file__).parents[1] / "services/portal"
SOURCES = PORTAL / "assets"
BUILT = PORTAL / "static/built"
RECORD = BUILT / "sources.json"
TOOLS = SOURCES / "node_modules/.bin"
SHEETS = {"portal": "citizen", "officer": "officer"}


def main() -> None:
    install()
    BUILT.mkdir(parents=True, exist_ok=True)
    for old in BUILT.iterdir():
        old.unlink()
    for sheet, folder in SHEETS.items():
        (BUILT / f"{sheet}.css").write_text(styled(sheet, folder), encoding="utf-8")
    bundle()
    RECORD.write_text(json.dumps({"digest": digest()}) + "\n")


def install() -> None:
    """Exactly what the lock says; nothing when it is there already."""
    lock = SOURCES / "package-lock.json"
    mark = SOURCES / "node_modules/.guichet"
    wanted = sha256(lock.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        mark.write_text(wanted)


def styled(sheet: str, folder: str) -> str:
    """One sheet, with the parts of the areas behind the common ones."""
    parts = sorted((SOURCES / "scss" / folder).glob("_*.scss"))
    names = [sheet, *(f"{folder}/{each.stem[1:]}" for each in parts)]
    with TemporaryDirectory() as place:
        entry = Path(place) / "entry.scss"
        entry.write_text("".join(f'@use "scss/{name}";\n' for name in names))
        style = ("--style=compressed", "--no-source-map", "--no-charset")
        return run(str(TOOLS / "sass"), *style, f"--load-path={SOURCES}", str(entry))


def bundle() -> None:
    scripts = [str(each) for each in sorted((SOURCES / "js").glob("*.js"))]
    how = ("--bundle", "--minify", "--format=esm", "--target=es2020", "--charset=utf8")
    legal = ("--legal-comments=none", "--log-level=warning")
    run(str(TOOLS / "esbuild"), *scripts, *how, *legal, f"--outdir={BUILT}")


def sources() -> list[Path]:
    found = [*SOURCES.glob("package*.json")]
    found += [each for top in ("scss", "js") for each in (SOURCES / top).rglob("*.*s")]
    return sorted(each for each in found if each.suffix in (".json", ".scss", ".js"))


def digest() -> str:
    """Changes with any source, and says when the built files are older than they."""
    whole = sha256()
    for each in sources():
        whole.update(f"{each.relative_to(SOURCES)}\n".encode() + each.read_bytes())
    return whole.hexdigest()


def run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 -- our own build tools
        command, cwd=SOURCES, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
