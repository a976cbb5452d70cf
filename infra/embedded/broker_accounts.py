"""One account of the broker for each service, and what each may touch there."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from typing import Any

from infra.declare import RPC
from infra.embedded.databases import SERVICES
from infra.embedded.secrets import Secrets
from shared.contracts.base import EventRecorded
from shared.messaging.topology import CONTRACTS, SPEAKERS, said_by

OPERATOR = "operator"
OWN = "{name}(-[a-z]+)?[.].*|rpc-{name}|rpc[.]reply-{name}-.*|amq[.]gen-.*"
A_REPLY = "[0-9a-f-]{36}"
A_REPAIR = "[a-z]+[.]told"
A_CALL = "[a-z]+[.][a-z_]+"

Right = dict[str, str]


def definitions(secrets: Secrets) -> dict[str, Any]:
    """What the node loads at each start; it makes no account of its own then."""
    names = (OPERATOR, *SERVICES)
    return {
        "vhosts": [{"name": "/"}],
        "users": [account(name, secrets.password(f"amqp.{name}")) for name in names],
        "permissions": [everything(OPERATOR), *map(touches, SERVICES)],
        "topic_permissions": [
            right for name in SERVICES for right in (tells(name), calls(name))
        ],
    }


def account(name: str, password: str) -> Right:
    return {
        "name": name,
        "password_hash": hashed(password),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "administrator" if name == OPERATOR else "",
    }


def hashed(password: str) -> str:
    salt = os.urandom(4)
    return b64encode(salt + sha256(salt + password.encode()).digest()).decode()


def everything(name: str) -> Right:
    return {"user": name, "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}


def touches(name: str) -> Right:
    """Its own queues and two exchanges; the default one would lead to all queues."""
    reach = f"^({OWN.format(name=name)}|{CONTRACTS.name}|{RPC})$"
    rights = dict.fromkeys(("configure", "write", "read"), reach)
    return {"user": name, "vhost": "/", **rights}


def tells(name: str) -> Right:
    """It says what its contract promises, and hears whatever it is bound to."""
    said = {EventRecorded.model_fields["type"].default}
    said |= said_by(name) if name in SPEAKERS else set()
    types = "|".join(sorted(said)).replace(".", "[.]")
    return topics(name, CONTRACTS.name, f"^({types})[.]([0-9]+|all)$")


def calls(name: str) -> Right:
    """The portal calls; a service answers, and asks an owner for what it missed."""
    called = f"{A_CALL}|{A_REPLY}" if name == "portal" else f"{A_REPAIR}|{A_REPLY}"
    return topics(name, RPC, f"^({called})$")


def topics(name: str, exchange: str, write: str) -> Right:
    place = {"user": name, "vhost": "/", "exchange": exchange}
    return {**place, "write": write, "read": ".*"}
