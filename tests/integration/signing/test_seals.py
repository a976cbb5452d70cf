from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pydantic import SecretStr
from pyhanko.pdf_utils.generic import NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from services.signing.config import SigningSettings
from services.signing.gateways.sealing import Token, TokenSealer
from services.signing.gateways.verifying import PyHankoVerifier
from services.signing.ports import TimeStampsAwayError, TokenAwayError, Verification


def a_token(settings: SigningSettings, *, pin: SecretStr | None = None) -> Token:
    return Token(
        module=settings.pkcs11_module,
        label=settings.pkcs11_token,
        pin=pin or settings.pkcs11_pin,
        key=settings.pkcs11_key,
    )


def test_a_sealed_decision_holds(verifier: PyHankoVerifier, decision: bytes) -> None:
    found = verifier.verify(decision)

    assert found.is_valid
    assert found.signer == "Guichet demo"
    assert found.sealed_at is not None
    assert datetime.now(UTC) - found.sealed_at < timedelta(minutes=10)


def test_the_seal_leaves_the_file_archivable(decision: bytes) -> None:
    with pikepdf.open(BytesIO(decision)) as pdf:
        [field] = pdf.Root.AcroForm.Fields
        widget = field.Kids[0] if "/Kids" in field else field
        assert pdf.pdf_version == "1.7"
        assert [float(each) for each in widget.Rect] == [0, 0, 0, 0]
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


def test_a_flipped_bit_is_found(verifier: PyHankoVerifier, decision: bytes) -> None:
    """Everywhere but in the seal's own place, which only the hash covers."""
    _, length, resume, rest = seal_of(decision).byte_range

    for place in (*range(9, length, 4001), *range(resume, resume + rest, 401)):
        forged = bytearray(decision)
        forged[place] ^= 1

        assert not verifier.verify(bytes(forged)).is_valid, place


def test_an_addition_is_refused(verifier: PyHankoVerifier, decision: bytes) -> None:
    writer: Any = IncrementalPdfFileWriter(BytesIO(decision))
    writer.root[NameObject("/Lang")] = TextStringObject("fr")
    writer.update_root()
    forged = BytesIO()
    writer.write(forged)

    found = verifier.verify(forged.getvalue())

    assert not found.is_valid
    assert not found.unchanged


def test_even_a_comment_behind_the_end_is_refused(
    verifier: PyHankoVerifier, decision: bytes
) -> None:
    assert not verifier.verify(decision + b"\n% looks harmless\n").is_valid


def test_an_unsealed_file_does_not_hold(verifier: PyHankoVerifier) -> None:
    assert verifier.verify(b"%PDF-1.7 nothing") == Verification()


def test_a_seal_of_strangers_is_not_trusted(
    settings: SigningSettings, decision: bytes
) -> None:
    """The time-stamp authority's own certificate is no root of ours."""
    other = settings.trust_roots.with_name("tsa.pem")

    found = PyHankoVerifier(other).verify(decision)

    assert found.integrity
    assert not found.trusted
    assert not found.is_valid


def test_without_time_stamps_nothing_is_sealed(
    settings: SigningSettings, sealer: TokenSealer
) -> None:
    sealer.close()
    alone = TokenSealer(a_token(settings), "http://127.0.0.1:9/tsa")

    with pytest.raises(TimeStampsAwayError):
        alone.seal(a_small_pdf())

    alone.close()


def test_without_the_token_nothing_is_sealed(
    settings: SigningSettings, sealer: TokenSealer
) -> None:
    sealer.close()
    locked_out = TokenSealer(a_token(settings, pin=SecretStr("0000")), settings.tsa_url)

    with pytest.raises(TokenAwayError):
        locked_out.seal(a_small_pdf())
    with pytest.raises(TokenAwayError):
        _ = locked_out.name


def test_a_token_that_was_lost_is_opened_again(
    verifier: PyHankoVerifier, sealer: TokenSealer
) -> None:
    sealer.close()

    again = sealer.seal(a_small_pdf())

    assert verifier.verify(again.pdf).is_valid


def seal_of(pdf: bytes) -> EmbeddedPdfSignature:
    seal: EmbeddedPdfSignature
    [seal] = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    return seal


def a_small_pdf() -> bytes:
    out, pdf = BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()
