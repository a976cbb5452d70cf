"""The library's PostgreSQL, without prepared statements.

A pipeline that fails takes back what it prepared, while its connection goes on to
believe in it: after a full disk every later command of that connection would fail.
"""

from __future__ import annotations

from typing import Any

from eventsourcing import postgres
from eventsourcing.utils import Environment, EnvType


class Factory(postgres.PostgresFactory):
    """Found by its place: the environment names this module to the library."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        known: Any = self.datastore.pool.kwargs
        self.datastore.pool.kwargs = {**known, "prepare_threshold": None}
