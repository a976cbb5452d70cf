"""A book outside the system: every order that was acknowledged, on disk at once."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from tools.demo.client import Acknowledged

OPENING = "POST /dossiers"


class Journal:
    """Append, flush, fsync: what stands here was promised to somebody."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.orders: list[Acknowledged] = []
        self._file = file.open("w", encoding="utf-8")

    def write(self, order: Acknowledged) -> None:
        if order.call == "POST /session":
            return  # signs in, orders nothing
        self._file.write(json.dumps(asdict(order), ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.orders.append(order)

    def close(self) -> None:
        self._file.close()

    @property
    def opened(self) -> list[str]:
        """The dossiers whose opening was acknowledged."""
        answers = [each.answer for each in self.orders if each.call == OPENING]
        return [answer["id"] for answer in answers]

    @property
    def positions(self) -> list[tuple[str, int]]:
        """Where in whose log the acknowledged orders said that they stand."""
        places = [order.answer.get("position") for order in self.orders]
        return [(each["source"], each["position"]) for each in places if each]
