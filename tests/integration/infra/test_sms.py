"""The SMS centre answers a real SMPP client: accepted, delivered, or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from smpplib import consts, gsm
from smpplib.client import Client
from smpplib.command import Command
from smpplib.exceptions import PDUError

from infra.embedded import Servers


class Phone:
    """A client, and all that it has been told."""

    def __init__(self, servers: Servers) -> None:
        self.box = servers.site.home / "sms"
        self.address = servers.addresses.smpp
        self.ids: list[str] = []
        self.receipts: list[Command] = []
        self._client = Client(
            self.address.host,
            self.address.port,
            timeout=5,
            allow_unknown_opt_params=True,
        )
        self._client.set_message_sent_handler(self._on_sent)
        self._client.set_message_received_handler(self._on_receipt)
        self._client.connect()

    def binds(self, password: str | None = None) -> None:
        secret = self.address.password if password is None else password
        self._client.bind_transceiver(system_id=self.address.system_id, password=secret)

    def sends(self, text: str, *, to: str) -> None:
        parts, coding, esm_class = gsm.make_parts(text)
        for part in parts:
            self._client.send_message(
                source_addr="GUICHET",
                destination_addr=to,
                short_message=part,
                data_coding=coding,
                esm_class=esm_class,
                registered_delivery=True,
            )
        while len(self.receipts) < len(parts):
            self._client.read_once()

    def letter(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(
            Path(self.box, f"{self.ids[0]}.json").read_text()
        )
        return found

    def leaves(self) -> None:
        if self._client.state != consts.SMPP_CLIENT_STATE_OPEN:
            self._client.unbind()
        self._client.disconnect()

    def _on_sent(self, pdu: Command) -> None:
        self.ids.append(pdu.message_id.decode())

    def _on_receipt(self, pdu: Command) -> None:
        self.receipts.append(pdu)


@pytest.fixture
def phone(servers: Servers) -> Iterator[Phone]:
    client = Phone(servers)
    yield client
    client.leaves()


def test_a_message_is_kept_and_its_receipt_comes(phone: Phone) -> None:
    phone.binds()

    phone.sends("Hồ sơ đã được tiếp nhận.", to="84900000001")

    [receipt] = phone.receipts
    assert phone.letter()["text"] == "Hồ sơ đã được tiếp nhận."
    assert phone.letter()["to"] == "84900000001"
    assert receipt.receipted_message_id.decode().rstrip("\0") == phone.ids[0]
    assert f"id:{phone.ids[0]} sub:001 dlvrd:001 " in receipt.short_message.decode()
    assert "stat:DELIVRD err:000" in receipt.short_message.decode()


def test_a_long_message_is_one(phone: Phone) -> None:
    phone.binds()
    text = "Hồ sơ của bạn đã được tiếp nhận và đang được giải quyết. " * 4

    phone.sends(text, to="84900000001")

    assert len(phone.receipts) > 1
    assert phone.letter()["text"] == text


def test_some_numbers_are_never_reached(phone: Phone) -> None:
    phone.binds()

    phone.sends("Lost", to="84900000000")

    assert "stat:UNDELIV" in phone.receipts[0].short_message.decode()


def test_some_numbers_do_not_exist(phone: Phone) -> None:
    phone.binds()

    with pytest.raises(PDUError) as refusal:
        phone.sends("Nowhere", to="84900000999")

    assert refusal.value.args[1] == consts.SMPP_ESME_RINVDSTADR


def test_a_wrong_password_is_refused(phone: Phone) -> None:
    with pytest.raises(PDUError) as refusal:
        phone.binds(password="wrong")

    assert refusal.value.args[1] == consts.SMPP_ESME_RINVPASWD
