"""Procedures that nobody has seen, made by the rules of the catalogue alone."""

from __future__ import annotations

from tests.builders.procedures.definition import (
    AGENCIES,
    a_procedure,
    procedures,
)
from tests.builders.procedures.hand import Json

__all__ = ["AGENCIES", "Json", "a_procedure", "procedures"]
