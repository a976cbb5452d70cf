"""One account of the broker for each service, and what each may touch there."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from typing import Any

from infra.embedded.databases import SERVICES
from infra.embedded.secrets import Secrets

OPERATOR = "operator"
REPLIES = "rpc[.]reply-{name}-.*|amq[.]gen-.*"
OWN = "{name}[.].*|rpc-{name}"
SHARED = "contracts|dead-letters|nameko-rpc"


def definitions(secrets: Secrets) -> dict[str, Any]:
    """What the node loads at each start; it makes no account of its own then."""
    names = (OPERATOR, *SERVICES)
    return {
        "vhosts": [{"name": "/"}],
        "users": [account(name, secrets.password(f"amqp.{name}")) for name in names],
        "permissions": [permission(OPERATOR, ".*"), *map(service, SERVICES)],
    }


def account(name: str, password: str) -> dict[str, str]:
    return {
        "name": name,
        "password_hash": hashed(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "administrator" if name == OPERATOR else "",
    }


def hashed(password: str) -> str:
    salt = os.urandom(4)
    return b64encode(salt + sha256(salt + password.encode()).digest()).decode()


def service(name: str) -> dict[str, str]:
    """Its own queues, and the exchanges they all share."""
    touch = "|".join([OWN, REPLIES, SHARED]).format(name=name)
    return permission(name, f"^({touch})$")


def permission(name: str, touch: str) -> dict[str, str]:
    rights = dict.fromkeys(("configure", "write", "read"), touch)
    return {"user": name, "vhost": "/", **rights}
