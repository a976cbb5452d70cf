"""The broker hears the loopback only; each service reaches its own queues."""

from __future__ import annotations

from uuid import uuid4

import psutil
import pytest
from amqp.exceptions import AccessRefused, NotFound
from kombu import Connection, Consumer, Exchange, Producer, Queue

from infra.embedded import Servers, databases
from infra.embedded.ports import HOST
from infra.embedded.rabbitmq import transient_queues
from shared.messaging import topology


def connection(servers: Servers, account: str) -> Connection:
    return Connection(servers.addresses.amqp(account), connect_timeout=5)


def test_nobody_is_guest_here(servers: Servers) -> None:
    port = servers.site.ports["amqp"]
    guest = Connection(f"amqp://guest:guest@{HOST}:{port}//", connect_timeout=5)

    with pytest.raises(AccessRefused):
        guest.connect()


def test_everything_listens_on_the_loopback_only(servers: Servers) -> None:
    addresses = {
        each.laddr.ip
        for pid in servers.supervisor.pids().values()
        for each in psutil.Process(pid).net_connections("inet")
        if each.status == psutil.CONN_LISTEN
    }

    assert addresses <= {HOST, "::1"}


def test_the_distribution_and_its_name_server_have_ports_of_our_own(
    servers: Servers,
) -> None:
    listening = {
        each.laddr.port
        for name in ("epmd", "rabbitmq")
        for each in psutil.Process(servers.supervisor.pids()[name]).net_connections()
        if each.status == psutil.CONN_LISTEN
    }

    wanted = {"amqp", "amqp_distribution", "epmd"}
    assert listening == {servers.site.ports[name] for name in wanted}


@pytest.mark.parametrize("name", databases.SERVICES)
def test_a_service_declares_and_hears_its_own_inbox(
    servers: Servers, name: str
) -> None:
    own = [each for each in topology.SUBSCRIPTIONS if each.split("-")[0] == name]
    with connection(servers, name) as service:
        for queue in (queue for each in own for queue in topology.inbox(each)):
            queue(service.default_channel).declare()

            with Consumer(service, [queue], on_message=ignore, auto_declare=False):
                assert queue.name


def ignore(message: object) -> None:
    """Nobody acknowledges it: it goes back when the connection ends."""


def test_a_service_answers_calls(servers: Servers) -> None:
    calls = Queue(
        "rpc-intake", Exchange("nameko-rpc", type="topic"), routing_key="intake.*"
    )
    with connection(servers, "intake") as intake:
        calls(intake.default_channel).declare()
        confirmed(intake, exchange="nameko-rpc", routing_key=str(uuid4()))


def test_a_service_cannot_read_what_others_hear(servers: Servers) -> None:
    with connection(servers, "intake") as intake, pytest.raises(AccessRefused):
        Queue("workflow.inbox.0", channel=intake.default_channel).get()


def test_a_service_cannot_put_anything_into_a_queue_of_others(
    servers: Servers,
) -> None:
    with connection(servers, "intake") as intake, pytest.raises(AccessRefused):
        confirmed(intake, exchange="", routing_key="workflow.inbox.0")


def test_a_service_cannot_say_what_another_promises(servers: Servers) -> None:
    with connection(servers, "notifications") as sender, pytest.raises(AccessRefused):
        confirmed(sender, exchange="contracts", routing_key="paper.issued.v1.0")


def test_a_service_gives_no_orders(servers: Servers) -> None:
    with connection(servers, "workflow") as sender, pytest.raises(AccessRefused):
        confirmed(sender, exchange="nameko-rpc", routing_key="intake.submit")


def test_a_service_cannot_bind_a_queue_of_others(servers: Servers) -> None:
    queue = Queue("audit.inbox.0", exchange=topology.CONTRACTS, routing_key="#")

    with connection(servers, "intake") as intake, pytest.raises(AccessRefused):
        queue(intake.default_channel).queue_bind()


def test_a_service_cannot_delete_the_dead_letters(servers: Servers) -> None:
    with connection(servers, "intake") as intake, pytest.raises(AccessRefused):
        intake.default_channel.exchange_delete("dead-letters")


def test_no_queue_is_transient_and_shared(servers: Servers) -> None:
    assert transient_queues(servers.site) == []


def test_every_inbox_is_there_before_any_service(servers: Servers) -> None:
    with connection(servers, "operator") as operator:
        for name in topology.SUBSCRIPTIONS:
            for queue in (*topology.inbox(name), topology.dead_letters(name)):
                try:
                    queue(operator.default_channel).queue_declare(passive=True)
                except NotFound:
                    pytest.fail(f"{queue.name} is missing")


def confirmed(sender: Connection, **where: str) -> None:
    """Published, and waited for: a refusal comes back on the channel."""
    channel = sender.channel()
    Producer(channel).publish({}, user_id=sender.userid, retry=False, **where)
    channel.basic_qos(0, 1, False)
