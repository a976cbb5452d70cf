from __future__ import annotations

from typing import Any

import pytest

from shared.errors import DomainError
from shared.messaging.rpc import require_plain
from shared.plain import is_plain


def nested(depth: int) -> Any:
    value: Any = "end"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    ["Nguyễn Văn Mười\n\tđời", {"a": [1, 2.5, None, True]}, nested(30), ""],
    ids=str,
)
def test_what_people_write_is_plain(value: Any) -> None:
    assert is_plain(value)


@pytest.mark.parametrize(
    "value",
    [
        "a\0b",
        {"a\0": 1},
        {"note": ["\ud800"]},
        "bell\a",
        float("nan"),
        [float("inf")],
        nested(500),
    ],
    ids=ascii,
)
def test_what_nothing_can_store_is_refused_at_the_door(value: Any) -> None:
    assert not is_plain(value)
    with pytest.raises(DomainError) as refused:
        require_plain({"argument": value})
    assert refused.value.code == "invalid"
