"""What each process reads from its environment, as a page for operators."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib.util import find_spec

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import services
from shared import bootstrap
from shared.settings import ServiceSettings

Row = tuple[str, str, str]


def settings() -> Iterator[tuple[str, type[ServiceSettings]]]:
    for service in pkgutil.iter_modules(services.__path__):
        if find_spec(f"services.{service.name}.config"):
            name = f"{service.name.title()}Settings"
            yield service.name, bootstrap.part(service.name, "config", name)


def rows(found: type[ServiceSettings], *, common: bool) -> Iterator[Row]:
    """Its own settings; with `common`, those that every service has."""
    shared = ServiceSettings.model_fields
    for name, field in found.model_fields.items():
        if (name in shared) == common:
            yield f"`{name.upper()}`", kind(field), default(field)


def kind(field: FieldInfo) -> str:
    if isinstance(field.annotation, type):
        return field.annotation.__name__
    said = re.sub(r"typing\.|pathlib\.", "", str(field.annotation)).replace("|", "or")
    said = re.sub(r"Annotated\[(\w+), [^\]]*\]", r"\1", said)
    return re.sub(r"Optional\[(\w+)\]", r"\1 or None", said)


def default(field: FieldInfo) -> str:
    if field.is_required():
        return "none: must be set"
    if field.default is PydanticUndefined or field.default is None:
        return ""
    value = str(field.default)
    return "in the project" if value.startswith("/") else f"`{value}`"
