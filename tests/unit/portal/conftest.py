"""Failures are told in one line: the pretty ones take seconds each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from shared.logging import COMMON


@pytest.fixture(autouse=True, scope="package")
def plain_log() -> Iterator[None]:
    structlog.configure(processors=[*COMMON, structlog.processors.JSONRenderer()])
    yield
    structlog.reset_defaults()
