"""How the launcher speaks: progress on the error stream, results on the other."""

from __future__ import annotations

from time import monotonic

from rich.console import Console
from rich.markup import escape

out = Console()
err = Console(stderr=True)


def failed(message: str) -> None:
    err.print(f"[bold red]✗[/] {escape(message)}", highlight=False)


def said(message: str) -> None:
    err.print(escape(message), highlight=False)


def warned(message: str) -> None:
    err.print(f"[yellow]![/] {escape(message)}", highlight=False)


class Steps:
    """One line for each step, with the time it took; the open one moves."""

    def __init__(self) -> None:
        self._status = err.status("")
        self._step = ""
        self._since = monotonic()

    def __call__(self, step: str) -> None:
        self.close()
        self._step, self._since = step, monotonic()
        self._status.update(f"{step} …")
        self._status.start()

    def close(self) -> None:
        if self._step:
            self._status.stop()
            took = monotonic() - self._since
            err.print(f"[green]✓[/] {escape(self._step)} [dim]{took:.1f} s[/]")
            self._step = ""

    def abandon(self) -> None:
        self._status.stop()
        self._step = ""
