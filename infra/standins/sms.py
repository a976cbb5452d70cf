"""An SMS centre that speaks SMPP 3.4 and keeps every message in a folder."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from smpplib import consts
from smpplib.command import Command
from smpplib.exceptions import PDUError
from smpplib.smpp import make_pdu, parse_pdu

from infra.standins.settings import StandinsSettings
from infra.standins.sms_box import SmsBox, Submitted

REFUSED, UNDELIVERED = "999", "000"  # ends of numbers, so that failures can be tried
BINDS = ("bind_transmitter", "bind_receiver", "bind_transceiver")
LONGEST = 4096  # bytes of one protocol unit


async def listen(settings: StandinsSettings) -> asyncio.Server:
    box = SmsBox(settings.home / "sms")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, PDUError):
            await Session(settings, box, reader, writer).run()
        writer.close()

    return await asyncio.start_server(serve, settings.host, settings.smpp_port)


class Session:
    """One client's connection, from bind to unbind."""

    def __init__(
        self,
        settings: StandinsSettings,
        box: SmsBox,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._settings = settings
        self._box = box
        self._reader = reader
        self._writer = writer
        self._receives = False
        self._bound = False
        self._sequence = 0

    def next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    @property
    def sequence(self) -> int:
        return self._sequence

    async def run(self) -> None:
        while True:
            unit = await self._read()
            self._answer(unit)
            await self._writer.drain()
            if unit.command == "unbind":
                return

    async def _read(self) -> Command:
        length = await self._reader.readexactly(4)
        size = int.from_bytes(length)
        if not 16 <= size <= LONGEST:
            raise PDUError("A protocol unit of impossible length", size)
        rest = await self._reader.readexactly(size - 4)
        unit = parse_pdu(length + rest, client=self, allow_unknown_opt_params=True)
        if unit is None:
            raise PDUError("An unknown command", rest[:4])
        return unit

    def _answer(self, unit: Command) -> None:
        match unit.command:
            case name if name in BINDS:
                self._reply(unit, self._bind(unit), system_id="GUICHET")
            case "enquire_link" | "unbind":
                self._reply(unit)
            case "submit_sm" if self._bound:
                self._submit(unit)
            case "submit_sm":
                self._reply(unit, consts.SMPP_ESME_RINVBNDSTS)

    def _bind(self, unit: Command) -> int:
        secret = self._settings.smpp_password.get_secret_value()
        if unit.system_id.decode() != self._settings.smpp_system_id:
            return int(consts.SMPP_ESME_RINVSYSID)
        if unit.password.decode() != secret:
            return int(consts.SMPP_ESME_RINVPASWD)
        self._bound = True
        self._receives = unit.command != "bind_transmitter"
        return int(consts.SMPP_ESME_ROK)

    def _submit(self, unit: Command) -> None:
        number = unit.destination_addr.decode()
        if number.endswith(REFUSED):
            self._reply(unit, consts.SMPP_ESME_RINVDSTADR)
            return
        now = datetime.now(UTC)
        message = Submitted.of(unit, str(uuid4().int)[:10], now)
        self._box.keep(message)
        self._reply(unit, message_id=message.id)
        if unit.registered_delivery & 1 and self._receives:
            self._write(self._receipt(unit, message, now))

    def _receipt(self, unit: Command, message: Submitted, now: datetime) -> Command:
        failed = message.to.endswith(UNDELIVERED)
        state, word = (
            (consts.SMPP_MESSAGE_STATE_UNDELIVERABLE, "UNDELIV")
            if failed
            else (consts.SMPP_MESSAGE_STATE_DELIVERED, "DELIVRD")
        )
        text = (
            f"id:{message.id} sub:001 dlvrd:{0 if failed else 1:03} "
            f"submit date:{now:%y%m%d%H%M} done date:{now:%y%m%d%H%M} "
            f"stat:{word} err:{1 if failed else 0:03} text:"
        )
        return make_pdu(
            "deliver_sm",
            client=self,
            source_addr=unit.destination_addr.decode(),
            destination_addr=unit.source_addr.decode(),
            esm_class=consts.SMPP_MSGTYPE_DELIVERYACK,
            short_message=text.encode(),
            receipted_message_id=message.id,
            message_state=state,
        )

    def _reply(
        self, unit: Command, status: int = consts.SMPP_ESME_ROK, **fields: str
    ) -> None:
        reply = make_pdu(f"{unit.command}_resp", client=self, **fields)
        reply.sequence, reply.status = unit.sequence, status
        self._write(reply)

    def _write(self, unit: Command) -> None:
        self._writer.write(unit.generate())
