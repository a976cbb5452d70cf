"""Short messages by SMPP 3.4: one session, kept, that sends and hears of deliveries."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from socket import SHUT_RDWR
from threading import Event, Lock
from typing import Any

import structlog
from smpplib import consts
from smpplib.client import Client
from smpplib.exceptions import ConnectionError as SessionError
from smpplib.exceptions import PDUError, UnknownCommandError
from smpplib.gsm import gsm_encode
from smpplib.smpp import make_pdu

from services.notifications.ports import (
    HindranceError,
    NoAnswerError,
    Outgoing,
    PutOffError,
    Receipt,
    Receipts,
    RejectedError,
)

log = structlog.get_logger()

LINK_CHECK = 15  # seconds of silence, then we ask whether the centre is still there
ANSWER_WITHIN = 20.0  # seconds
BOUND_WITHIN = 5.0
PAUSE = 1.0  # seconds before we call again

LATER = {
    consts.SMPP_ESME_RSYSERR,
    consts.SMPP_ESME_RMSGQFUL,
    consts.SMPP_ESME_RTHROTTLED,
    consts.SMPP_ESME_RX_T_APPN,
    consts.SMPP_ESME_RSUBMITFAIL,
}
BAD_NUMBER = {
    consts.SMPP_ESME_RINVDSTADR,
    consts.SMPP_ESME_RINVDSTTON,
    consts.SMPP_ESME_RINVDSTNPI,
}

FINAL: dict[str, str | None] = {  # what a receipt may end with, and why it failed
    "DELIVRD": None,
    "EXPIRED": "expired",
    "DELETED": "deleted",
    "UNDELIV": "undeliverable",
    "REJECTD": "rejected-by-network",
}
STATES = {
    consts.SMPP_MESSAGE_STATE_DELIVERED: "DELIVRD",
    consts.SMPP_MESSAGE_STATE_EXPIRED: "EXPIRED",
    consts.SMPP_MESSAGE_STATE_DELETED: "DELETED",
    consts.SMPP_MESSAGE_STATE_UNDELIVERABLE: "UNDELIV",
    consts.SMPP_MESSAGE_STATE_REJECTED: "REJECTD",
}
ID, STAT = re.compile(rb"\bid:(\S+)"), re.compile(rb"\bstat:([A-Z]+)")
RECEIPT_KINDS = 0x3C  # the bits of `esm_class` that make a message a receipt

BROKEN = (OSError, SessionError, PDUError, UnknownCommandError)


class Numbers:
    """Each request has its number, whichever thread makes it."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.sequence = 0

    def next_sequence(self) -> int:
        self.sequence = next(self._numbers)
        return self.sequence


class Session(Client):  # type: ignore[misc]  # the library has no types
    """A connection on which one thread reads and others write."""

    def __init__(self, host: str, port: int) -> None:
        self._writing = Lock()
        super().__init__(
            host,
            port,
            timeout=LINK_CHECK,
            sequence_generator=Numbers(),
            allow_unknown_opt_params=True,
        )

    def send_pdu(self, p: Any) -> bool:
        with self._writing:
            return bool(super().send_pdu(p))

    def hang_up(self) -> None:
        """Wakes whoever reads."""
        if connection := self._socket:
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


@dataclass(frozen=True)
class Account:
    host: str
    port: int
    system_id: str
    password: str
    sender: str


class SmsCentre:
    """`listen` keeps the session in one thread; `send` uses it from another."""

    def __init__(
        self,
        account: Account,
        receipts: Receipts,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._account = account
        self._receipts = receipts
        self._sleep = sleep
        self._session: Session | None = None
        self._bound = Event()
        self._asked: dict[int, Future[str]] = {}

    def send(self, outgoing: Outgoing) -> str:
        """The centre's own name for the message, by which it tells of the delivery."""
        self._bound.wait(BOUND_WITHIN)
        if (session := self._session) is None:
            raise PutOffError("sms-centre-unreachable")
        unit = self._unit(session, outgoing)
        answer = self._asked[unit.sequence] = Future()
        try:
            session.send_pdu(unit)
            return answer.result(ANSWER_WITHIN)
        except PDUError as error:  # the session ended before anything was said
            raise PutOffError("sms-centre-unreachable") from error
        except (OSError, SessionError) as error:
            session.hang_up()
            raise NoAnswerError("no-answer") from error
        finally:
            self._asked.pop(unit.sequence, None)

    def listen(self) -> None:
        """Stay bound for ever; after a broken session begin another."""
        while True:
            try:
                self.converse()
            except BROKEN as error:
                log.warning("sms.unbound", reason=type(error).__name__)
            self._sleep(PAUSE)

    def converse(self) -> None:
        """One session, until it breaks. Receipts are stored, then answered."""
        account = self._account
        session = Session(account.host, account.port)
        session.set_message_received_handler(self._on_delivery)
        session.set_message_sent_handler(self._on_answer)
        session.set_error_pdu_handler(self._on_answer)
        try:
            session.connect()
            session.bind_transceiver(
                system_id=account.system_id, password=account.password
            )
            self._session = session
            self._bound.set()
            log.info("sms.bound")
            stay(session)
        finally:
            self._break_off(session)

    def leave(self) -> None:
        """End the session; whoever listens begins another."""
        if session := self._session:
            session.hang_up()

    def _break_off(self, session: Session) -> None:
        """Who waits for an answer will get none."""
        self._session = None
        self._bound.clear()
        for answer in list(self._asked.values()):
            with suppress(Exception):  # it was answered at the last moment
                answer.set_exception(NoAnswerError("no-answer"))
        session.state = consts.SMPP_CLIENT_STATE_OPEN
        session.disconnect()

    def _unit(self, session: Session, outgoing: Outgoing) -> Any:
        return make_pdu(
            "submit_sm",
            client=session,
            source_addr_ton=consts.SMPP_TON_ALNUM,
            source_addr_npi=consts.SMPP_NPI_UNK,
            source_addr=self._account.sender,
            dest_addr_ton=consts.SMPP_TON_INTL,
            dest_addr_npi=consts.SMPP_NPI_ISDN,
            destination_addr=outgoing.address.lstrip("+"),
            short_message=gsm_encode(outgoing.text),
            data_coding=consts.SMPP_ENCODING_DEFAULT,
            registered_delivery=True,
        )

    def _on_answer(self, pdu: Any) -> None:
        """The library shows a refusal twice; whoever asked hears it once."""
        answer = self._asked.pop(pdu.sequence, None)
        if answer is None:
            return
        if pdu.status == consts.SMPP_ESME_ROK:
            answer.set_result(pdu.message_id.decode())
        else:
            answer.set_exception(hindrance(pdu.status))

    def _on_delivery(self, pdu: Any) -> None:
        if receipt := receipt_in(pdu):
            self._receipts.keep(receipt)


def stay(session: Session) -> None:
    """Read for as long as the centre gives a sign of life when it is asked for one."""
    asked = False
    while True:
        try:
            session.read_once(auto_send_enquire_link=False)
            asked = False
        except TimeoutError:
            if asked:
                raise
            session.send_pdu(make_pdu("enquire_link", client=session))
            asked = True


def hindrance(status: int) -> HindranceError:
    if status in LATER:
        return PutOffError(f"smpp-{status}")
    return RejectedError("number-invalid" if status in BAD_NUMBER else "sms-rejected")


def receipt_in(pdu: Any) -> Receipt | None:
    """What became of a message, once it is final; other messages are not for us."""
    if not pdu.esm_class & RECEIPT_KINDS:
        return None
    text = pdu.short_message or b""
    reference = pdu.receipted_message_id or first(ID, text)
    state = STATES.get(pdu.message_state) or (first(STAT, text) or b"").decode()
    if not reference or state not in FINAL:
        return None
    return Receipt(reference.decode(), FINAL[state])


def first(pattern: re.Pattern[bytes], text: bytes) -> bytes | None:
    found = pattern.search(text)
    return found.group(1) if found else None
