"""Why the system does not start, said so that a person can act on it."""

from __future__ import annotations

from pathlib import Path


class LauncherError(Exception):
    """Something the person at the keyboard can mend."""


class AlreadyRunningError(LauncherError):
    def __init__(self, home: Path) -> None:
        super().__init__(
            f"Guichet is already running from {home}. "
            "Stop it with `./guichet down`, or look with `./guichet doctor`."
        )


class NotRunningError(LauncherError):
    def __init__(self, home: Path) -> None:
        super().__init__(
            f"Nothing is running from {home}. Start it with `./guichet up`."
        )


class PortTakenError(LauncherError):
    def __init__(self, name: str, port: int) -> None:
        super().__init__(
            f"Port {port}, which you chose for {name}, is taken by another program. "
            f"Stop that program, or set GUICHET_PORTS__{name.upper()} to a free port."
        )


class OtherVersionError(LauncherError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"The {what} were made by another version of Guichet. "
            "Keep them with the version that made them, or begin anew: "
            "`./guichet down --reset` deletes all local state."
        )


class DidNotStartError(LauncherError):
    def __init__(self, name: str, last_lines: str) -> None:
        super().__init__(f"{name} did not start. The end of its log:\n{last_lines}")


class MissingProgramError(LauncherError):
    def __init__(self, program: str, package: str) -> None:
        super().__init__(f"{program} is missing. Install it: apt-get install {package}")


class ScaleError(LauncherError):
    def __init__(self, process: str, possible: list[str]) -> None:
        super().__init__(
            f"{process} cannot run any number of times here. "
            f"These can: {', '.join(possible)}."
        )
