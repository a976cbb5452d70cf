"""Verifies a paper as a stranger would: with the root certificate and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class Verdict:
    """What a stranger finds out about a paper."""

    sha256: str
    signatures: int
    is_valid: bool
    why_not: str = ""


def verified(content: bytes, root: Path) -> Verdict:
    """Every seal intact and covered by the root; a time-stamp on the first."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        reasons = list(doubts(content, root))
        count = len(PdfFileReader(BytesIO(content)).embedded_signatures)
    except Exception as error:  # a broken paper may break any parser
        return Verdict(digest, 0, False, repr(error))
    return Verdict(digest, count, not reasons, "; ".join(reasons))


def doubts(content: bytes, root: Path) -> list[str]:
    seals = PdfFileReader(BytesIO(content)).embedded_regular_signatures
    if not seals:
        return ["no signature"]
    _, _, der = pem.unarmor(root.read_bytes())
    found = []
    for seal in seals:
        context = ValidationContext(trust_roots=[Certificate.load(der)])
        status = validate_pdf_signature(seal, context)
        checks = {
            "not intact": status.intact,
            "not valid": status.valid,
            "not trusted": status.trusted,
            "no time-stamp": status.timestamp_validity is not None
            and status.timestamp_validity.trusted,
        }
        found += [reason for reason, is_fine in checks.items() if not is_fine]
    return found
