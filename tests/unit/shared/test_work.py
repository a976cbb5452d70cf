"""What becomes of a message whose work is done, hopeless, or failed this time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.contracts.documents import FileReceived
from shared.errors import NotFoundError
from shared.messaging.work import Workbench
from tests.unit.shared.things import Things, a_message, some_things


@dataclass
class Delivery:
    """A message as the broker's client hands it over."""

    properties: dict[str, Any] = field(default_factory=lambda: {"user_id": "documents"})
    headers: dict[str, Any] = field(default_factory=dict)
    fate: str = "none"

    def ack(self) -> None:
        self.fate = "acknowledged"

    def reject(self) -> None:
        self.fate = "rejected"

    def requeue(self) -> None:
        self.fate = "given back"


@dataclass
class Bench:
    """A worker that fails as it is told to."""

    error: Exception | None = None
    inbox: str = "documents-work"
    app: Things = field(default_factory=some_things)

    def handle(self, message: FileReceived) -> None:
        if self.error:
            raise self.error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (None, "acknowledged"),
        (NotFoundError(), "rejected"),
        (ConnectionError(), "given back"),
    ],
)
def test_a_message_gets_the_fate_of_its_work(
    error: Exception | None, fate: str
) -> None:
    waited: list[float] = []
    delivery = Delivery()

    Workbench(Bench(error), sleep=waited.append).take(
        a_message().model_dump(mode="json"), delivery
    )

    assert delivery.fate == fate
    assert bool(waited) == (fate == "given back")


def test_a_forged_message_is_rejected_before_any_work() -> None:
    delivery = Delivery(properties={"user_id": "portal"})

    Workbench(Bench(AssertionError())).take(
        a_message().model_dump(mode="json"), delivery
    )

    assert delivery.fate == "rejected"
