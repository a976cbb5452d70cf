"""Judges sealed papers by what stands in them and by the roots we trust."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from asn1crypto.pem import unarmor
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from services.signing.ports import Verification


class PyHankoVerifier:
    """A seal holds as of its trusted time, also when its certificate has expired."""

    def __init__(self, trust_roots: Path) -> None:
        pems = unarmor(trust_roots.read_bytes(), multiple=True)
        self._roots = [Certificate.load(der) for _, _, der in pems]
        self._one_at_a_time = Lock()  # under green threads all share one event loop

    def verify(self, pdf: bytes) -> Verification:
        try:
            [seal] = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
            with self._one_at_a_time:
                return asyncio.run(self._judge(seal))
        except Exception:  # damaged files raise of many types: none holds
            return Verification()

    async def _judge(self, seal: EmbeddedPdfSignature) -> Verification:
        found: Any = await async_validate_pdf_signature(
            seal,
            signer_validation_context=self._trust(stamped_at(seal)),
            ts_validation_context=self._trust(None),
        )
        stamp = found.timestamp_validity
        return Verification(
            integrity=found.intact and found.valid,
            trusted=found.trusted,
            unchanged=is_unchanged(seal, found),
            timestamped=bool(stamp and stamp.intact and stamp.valid and stamp.trusted),
            signer=str(found.signing_cert.subject.native["common_name"]),
            sealed_at=stamp and stamp.timestamp,
        )

    def _trust(self, moment: datetime | None) -> ValidationContext:
        return ValidationContext(trust_roots=self._roots, moment=moment)


def stamped_at(seal: EmbeddedPdfSignature) -> datetime | None:
    """The moment the time-stamp names; whether to believe it is judged apart."""
    unsigned = seal.signer_info["unsigned_attrs"]
    for stamp in find_cms_attribute_iter(unsigned, "signature_time_stamp_token"):
        told = stamp["content"]["encap_content_info"]["content"].parsed
        moment: datetime = told["gen_time"].native
        return moment
    return None


def is_unchanged(seal: EmbeddedPdfSignature, found: Any) -> bool:
    """It certifies the whole file, and allows nothing after it."""
    return bool(
        seal.docmdp_level == MDPPerm.NO_CHANGES
        and found.docmdp_ok
        and found.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and found.modification_level == ModificationLevel.NONE
    )
