"""VNPay 2.1.0: the signed way to its page, and the notices it sends us (IPN)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha512
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from services.intake.domain.payment import Payment
from services.intake.ports import DONG, Notice

VERSION = "2.1.0"
SIGNATURES = ("vnp_SecureHash", "vnp_SecureHashType")
GOOD = "00"
AMOUNT = re.compile(r"[0-9]{1,15}")
TIME, ZONE = "%Y%m%d%H%M%S", ZoneInfo("Etc/GMT-7")  # GMT+7, as the protocol says it

Params = Mapping[str, str]


def joined(params: Params) -> str:
    """What is signed: parameters that have a value, by name, as a query."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value)}"
        for name, value in sorted(params.items())
        if value and name not in SIGNATURES
    )


def signature(params: Params, secret: str) -> str:
    return hmac.new(secret.encode(), joined(params).encode(), sha512).hexdigest()


def is_signed(params: Params, secret: str) -> bool:
    """In constant time, whatever the case of the digits."""
    given = params.get("vnp_SecureHash", "").lower()
    return hmac.compare_digest(given.encode(), signature(params, secret).encode())


class VNPay:
    method = "vnpay"

    def __init__(self, terminal: str, secret: str, url: str) -> None:
        self._terminal = terminal
        self._secret = secret
        self._url = url

    def address(self, payment: Payment) -> str:
        """No call is made: whoever cannot reach the gateway pays another way."""
        params = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": self._terminal,
            "vnp_Amount": str(payment.amount * DONG),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": payment.txn_ref,
            "vnp_OrderInfo": payment.info,
            "vnp_OrderType": "other",
            "vnp_Locale": "vn" if payment.language == "vi" else "en",
            "vnp_ReturnUrl": payment.return_url,
            "vnp_IpAddr": payment.address,
            "vnp_CreateDate": written(payment.begun_at),
            "vnp_ExpireDate": written(payment.expires_at),
        }
        signed = signature(params, self._secret)
        return f"{self._url}?{joined(params)}&vnp_SecureHash={signed}"

    def is_genuine(self, params: Params) -> bool:
        return is_signed(params, self._secret)

    def read(self, params: Params) -> Notice | None:
        amount = params.get("vnp_Amount", "")
        is_ours = params.get("vnp_TmnCode") == self._terminal
        if not (is_ours and AMOUNT.fullmatch(amount)):
            return None
        code = params.get("vnp_ResponseCode", "")
        status = params.get("vnp_TransactionStatus", "")
        return Notice(
            txn_ref=params.get("vnp_TxnRef", ""),
            hundredths=int(amount),
            is_paid=code == status == GOOD,
            code=code if code != GOOD else status,
            transaction=params.get("vnp_TransactionNo", ""),
            paid_at=read(params.get("vnp_PayDate", "")),
        )


def written(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime(TIME)


def read(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=ZONE)
    except ValueError:
        return None
