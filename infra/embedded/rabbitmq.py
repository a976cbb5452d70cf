"""A private RabbitMQ node of Debian's rabbitmq-server, heard on the loopback only."""

from __future__ import annotations

import json
from pathlib import Path

from kombu import Connection

from infra.embedded.addresses import Addresses
from infra.embedded.broker_accounts import definitions
from infra.embedded.errors import MissingProgramError
from infra.embedded.files import write_private
from infra.embedded.ports import HOST
from infra.embedded.program import Program, run_once
from infra.embedded.site import Site

SERVER = Path(
    "/usr/lib/rabbitmq/bin/rabbitmq-server"
)  # the one in sbin wants an account
CONTROL = SERVER.with_name("rabbitmqctl")
EPMD = Path("/usr/bin/epmd")
SMALL = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"


class RabbitMQ:
    name = "rabbitmq"

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._addresses = addresses
        self._folder = site.folder("rabbitmq")
        self._ports = site.ports

    def prepare(self) -> None:
        if not SERVER.exists():
            raise MissingProgramError("RabbitMQ", "rabbitmq-server")
        cookie = self._folder / ".erlang.cookie"
        write_private(cookie, self._site.secrets.password("erlang"))
        write_private(self._folder / "rabbitmq.conf", self._configuration())
        accounts = json.dumps(definitions(self._site.secrets), indent=1)
        write_private(self._folder / "definitions.json", accounts)

    def programs(self) -> list[Program]:
        epmd = str(self._ports["epmd"])
        return [
            Program(
                name="epmd",
                command=(str(EPMD), "-address", HOST, "-port", epmd),
                environment={"HOME": str(self._folder)},
            ),
            Program(
                name=self.name,
                command=(str(SERVER),),
                environment=self.environment(),
                is_ready=self._answers,
                orphaned_with="TERM",
            ),
        ]

    def furnish(self) -> None:
        """Users and rights come from the definitions; queues from the topology."""

    def environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            "HOME": folder,
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": str(self._ports["epmd"]),
            "RABBITMQ_NODENAME": "guichet@localhost",
            "RABBITMQ_DIST_PORT": str(self._ports["amqp_distribution"]),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "RABBITMQ_ADVANCED_CONFIG_FILE": f"{folder}/none.config",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_ALLOW_INPUT": "1",  # one process instead of a shell around it
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                f"-noinput -kernel inet_dist_use_interface {{127,0,0,1}} {SMALL}"
            ),
        }

    def _configuration(self) -> str:
        return f"""listeners.tcp.1 = {HOST}:{self._ports["amqp"]}
load_definitions = {self._folder}/definitions.json
log.file = false
log.console = true
log.console.level = warning
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 200MB
"""

    def _answers(self) -> bool:
        return answers(self._addresses.amqp("operator"))


def answers(uri: str) -> bool:
    try:
        with Connection(uri, connect_timeout=2) as connection:
            connection.connect()
            return True
    except Connection(uri).connection_errors:
        return False


def transient_queues(site: Site) -> list[str]:
    """Queues that neither last nor belong to one connection."""
    columns = ("name", "durable", "exclusive")
    asked = [str(CONTROL), "--quiet", "--formatter", "json", "list_queues", *columns]
    own = RabbitMQ(site, Addresses(site)).environment()
    told = run_once("rabbitmqctl", asked, **own)
    queues = json.loads(told)
    return [each["name"] for each in queues if is_transient(each)]


def is_transient(queue: dict[str, object]) -> bool:
    """Its owner, when it has one, is a process; the rest says true or false."""
    return not queue["durable"] and queue["exclusive"] in (False, "")
