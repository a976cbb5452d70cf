"""Mail servers and SMS centres that behave badly, in the real protocols."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from smpplib import consts
from smpplib.smpp import make_pdu, parse_pdu

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Postmaster:
    """Answers each step of a delivery as it was told to; keeps what it took."""

    def __init__(self, *, rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.rcpt = rcpt
        self.data = data
        self.asked = Event()
        self.letters: list[bytes] = []

    async def handle_RCPT(self, *arguments: Any) -> str:  # noqa: N802 -- the library's
        envelope, address = arguments[2], arguments[3]
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(  # noqa: N802 -- the library's
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.letters.append(envelope.content)
        self.asked.set()
        if self.data == "hang up":
            server.transport.abort()
        if self.data == "say nothing":
            await asyncio.sleep(600)
        return self.data


class MailServer(Controller):
    """A mail server of one test, at a port of its own."""

    def __init__(self, postmaster: Postmaster, port: int | None = None) -> None:
        super().__init__(postmaster, hostname=HOST, port=port or free_port())


class Centre:
    """An SMS centre of one test: binds anybody, and answers as it was told to."""

    def __init__(self, *statuses: int | str) -> None:
        self.statuses = list(statuses)
        self.commands: list[str] = []
        self._socket = socket.create_server((HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self._client: Any = None
        Thread(target=self._serve, daemon=True).start()

    def next_sequence(self) -> int:
        return 1

    sequence = 1

    def close(self) -> None:
        self._socket.close()
        self.hang_up()

    def hang_up(self) -> None:
        if self._client:
            with suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)

    def tells(self, unit: Any) -> None:
        self._client.sendall(unit.generate())

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                self._client, _ = self._socket.accept()
                with suppress(OSError, EOFError), self._client:
                    self._converse(self._client.makefile("rb"))

    def _converse(self, stream: Any) -> None:
        while length := stream.read(4):
            unit = parse_pdu(
                length + stream.read(int.from_bytes(length) - 4),
                client=self,
                allow_unknown_opt_params=True,
            )
            self.commands.append(unit.command)
            self._answer(unit)

    def _answer(self, unit: Any) -> None:
        answer: int | str = consts.SMPP_ESME_ROK
        if unit.command == "submit_sm" and self.statuses:
            answer = self.statuses.pop(0)
        match answer:
            case "hang up":
                raise EOFError
            case int() if not unit.command.endswith("_resp"):
                self._reply(unit, answer)

    def _reply(self, unit: Any, status: int) -> None:
        fields = {"message_id": "17"} if unit.command == "submit_sm" else {}
        reply = make_pdu(f"{unit.command}_resp", client=self, **fields)
        reply.sequence, reply.status = unit.sequence, status
        self.tells(reply)


def eventually(seen: Callable[[], Any], *, within: float = 20) -> Any:
    """What can be seen at last; waits for it, and not a moment longer."""
    waited = Event()
    for _ in range(int(within / 0.05)):
        if found := seen():
            return found
        waited.wait(0.05)
    raise TimeoutError
