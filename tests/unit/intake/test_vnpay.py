from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.payment import Payment
from services.intake.gateways.vnpay import VNPay, is_signed, joined, read, signature
from shared.personal import Erased, Personal
from tests.builders.payments import GATEWAY, SECRET, a_notice, signed

VECTOR = {
    "vnp_Amount": "15000000",
    "vnp_Command": "pay",
    "vnp_CreateDate": "20261121093000",
    "vnp_CurrCode": "VND",
    "vnp_ExpireDate": "20261121094500",
    "vnp_IpAddr": "203.0.113.5",
    "vnp_Locale": "vn",
    "vnp_OrderInfo": "Thanh toan ho so H15.50.05.13-261008-0975",
    "vnp_OrderType": "other",
    "vnp_ReturnUrl": "https://dvc.example.vn/pay/return",
    "vnp_TmnCode": "DEMO0001",
    "vnp_TxnRef": "PAY-0001",
    "vnp_Version": "2.1.0",
}
SIGNED = (
    "3759089141a45b95658316aa1b00a07b797bab6f558af75819ffda69f43fec2f"
    "8790816ea5f2adc8bbfd5d9b12739231645ba104bcdb37d56423808bbf2d7a83"
)
PAYMENT = UUID("8f14e45f-ceea-467f-a8a5-2bd0d1d3a8f1")
NOTICE = a_notice(PAYMENT, 37500)
HERE = Personal("citizen-1", "203.0.113.5")


def a_payment(ip: Personal | Erased = HERE) -> Payment:
    return Payment(
        id=uuid4(),
        dossier_id=uuid4(),
        amount=150_000,
        method="vnpay",
        txn_ref="PAY-0001",
        info="Thanh toan ho so H15.50.05.13-261008-0975",
        return_url="https://dvc.example.vn/pay/return",
        ip=ip,
        language="vi",
        begun_at=datetime(2026, 11, 21, 2, 30, tzinfo=UTC),
        expires_at=datetime(2026, 11, 21, 2, 45, tzinfo=UTC),
    )


def test_it_signs_as_the_gateway_says() -> None:
    assert signature(VECTOR, SECRET) == SIGNED


def test_the_way_to_the_gateway_is_the_signed_vector() -> None:
    url = urlsplit(GATEWAY.address(a_payment()))

    assert url.query == f"{joined(VECTOR)}&vnp_SecureHash={SIGNED}"


def test_a_forgotten_payer_has_no_address() -> None:
    url = urlsplit(GATEWAY.address(a_payment(ip=Erased("citizen-1"))))

    assert dict(parse_qsl(url.query))["vnp_IpAddr"] == "0.0.0.0"


def test_a_signature_counts_in_either_case_and_without_empty_values() -> None:
    given = VECTOR | {"vnp_SecureHash": SIGNED.upper(), "vnp_BankCode": ""}

    assert is_signed(given | {"vnp_SecureHashType": "HmacSHA512"}, SECRET)
    assert not is_signed(given, "another secret")
    assert not is_signed(VECTOR, SECRET)


@given(st.data())
def test_a_notice_changed_in_any_byte_is_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(NOTICE)))
    place = data.draw(st.integers(0, len(NOTICE[name]) - 1))
    other = data.draw(
        st.characters(codec="utf-8").filter(lambda x: x != NOTICE[name][place])
    )
    changed = NOTICE[name][:place] + other + NOTICE[name][place + 1 :]

    is_the_same = changed.lower() == NOTICE[name].lower() and name == "vnp_SecureHash"

    assert GATEWAY.is_genuine(NOTICE | {name: changed}) == is_the_same


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_notice_with_more_in_it_is_refused(name: str, value: str) -> None:
    if name.startswith("vnp_"):
        name = f"x{name}"

    assert not GATEWAY.is_genuine(NOTICE | {name: value})


@given(st.sampled_from(sorted(set(NOTICE) - {"vnp_SecureHash"})))
def test_a_notice_that_lacks_something_is_refused(name: str) -> None:
    rest = {key: value for key, value in NOTICE.items() if key != name}

    assert not GATEWAY.is_genuine(rest)


def test_two_parameters_cannot_pass_as_one() -> None:
    """What is signed would read the same, if names were not written as values are."""
    rest = dict(NOTICE)
    bank, card = rest.pop("vnp_BankCode"), rest.pop("vnp_CardType")

    assert not GATEWAY.is_genuine(
        rest | {"vnp_BankCode": f"{bank}&vnp_CardType={card}"}
    )
    assert not GATEWAY.is_genuine(rest | {f"vnp_BankCode={bank}&vnp_CardType": card})


def test_paid_is_what_both_codes_say() -> None:
    outcomes = [
        GATEWAY.read(
            signed(NOTICE | {"vnp_ResponseCode": a, "vnp_TransactionStatus": b})
        )
        for a, b in [("00", "00"), ("00", "02"), ("24", "00"), ("24", "02")]
    ]

    assert [each and each.is_paid for each in outcomes] == [True, False, False, False]
    assert [each and each.code for each in outcomes] == ["00", "02", "24", "24"]


def test_what_cannot_be_made_out_is_no_notice() -> None:
    for amount in ("", "-1", "1.5", "x", "1" * 16, "\uff11"):
        assert GATEWAY.read(NOTICE | {"vnp_Amount": amount}) is None
    assert GATEWAY.read(NOTICE | {"vnp_TmnCode": "OTHER001"}) is None
    assert VNPay("OTHER001", SECRET, "https://x").read(NOTICE) is None


def test_a_day_that_is_none_is_not_read() -> None:
    notice = GATEWAY.read(NOTICE | {"vnp_PayDate": "20261399000000"})

    assert notice
    assert notice.paid_at is None
    assert read("20261121093000") == datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
