"""Makes all queues before anybody publishes: `python -m infra.declare AMQP_URI`."""

from __future__ import annotations

import sys

from kombu import Connection, Exchange

from shared.messaging import topology

RPC = "nameko-rpc"


def declare(broker: Connection) -> None:
    topology.declare(broker)
    Exchange(RPC, type="topic")(broker.default_channel).declare()


def main() -> None:
    [amqp_uri] = sys.argv[1:] or [""]
    if not amqp_uri:
        raise SystemExit("Say where the broker is: python -m infra.declare AMQP_URI")
    with Connection(amqp_uri) as broker:
        declare(broker)


if __name__ == "__main__":
    main()
