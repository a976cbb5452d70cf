"""Looks over procedures before they are published: every fault, with its place."""

from __future__ import annotations

from services.intake.domain.catalogue.check import check, check_lists
from services.intake.domain.catalogue.fault import Fault

__all__ = ["Fault", "check", "check_lists"]
