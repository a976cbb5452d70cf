"""Times that an office can count: what is longer than ten years was mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.intake.domain.catalogue.fault import Fault

Definition = Mapping[str, Any]
Number = tuple[str, Any, int]  # where it stands, what it is, and the most it may be

DAYS = 3650
MINUTES = DAYS * 480  # of working days
SPANS = (
    ("extension", "max_length"),
    ("supplement", "request_limit"),
    ("supplement", "answer_limit"),
    ("supplement", "guidance_limit"),
    ("supplement", "refusal_limit"),
)


def faults(definition: Definition) -> Iterator[Fault]:
    for path, number, most in numbers(definition):
        if number is not None and number > most:
            told = {"message": f"{number} > {most}", "limit": most}
            yield Fault(path, "schema", "schema.limit", told)


def numbers(definition: Definition) -> Iterator[Number]:
    legal, extension = definition["legal_time"], definition["extension"]
    notify = "notify_before_due_working_days"
    yield "$.legal_time.value", legal["value"], DAYS
    for kind in ("variants", "parts"):
        for place, each in enumerate(legal.get(kind) or ()):
            yield f"$.legal_time.{kind}[{place}].value", each["value"], DAYS
    yield f"$.extension.{notify}", extension.get(notify), DAYS
    for part, name in SPANS:
        span = definition[part].get(name) or {}
        yield f"$.{part}.{name}.value", span.get("value"), DAYS
    for place, step in enumerate(definition["steps"]):
        path, silence = f"$.steps[{place}]", step.get("timeout") or {}
        yield f"{path}.duration_minutes", step["duration_minutes"], MINUTES
        yield f"{path}.timeout.value", silence.get("value"), DAYS
