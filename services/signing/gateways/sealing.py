"""Seals papers with the key in the token, and has the moment certified."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pkcs11.exceptions import PKCS11Error
from pydantic import SecretStr
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from services.signing.ports import SealedFile, TimeStampsAwayError, TokenAwayError

FIELD = "Seal"
LEVEL = "B-T"  # PAdES with a trusted time


@dataclass(frozen=True)
class Token:
    """Where the seal's key is: a module, a token in it, a label in the token."""

    module: Path
    label: str
    pin: SecretStr
    key: str

    def open(self) -> PKCS11Signer:
        session = open_pkcs11_session(
            str(self.module),
            token_criteria=TokenCriteria(label=self.label),
            user_pin=self.pin.get_secret_value(),
        )
        return PKCS11Signer(
            session,
            cert_label=self.key,
            key_label=self.key,
            other_certs_to_pull=None,  # all: the chain stands in the token
        )


class TokenSealer:
    """Keeps one session with the token, and one line to the time-stamp authority."""

    def __init__(self, token: Token, tsa_url: str) -> None:
        self._token = token
        self._time_stamps = HTTPTimeStamper(tsa_url)
        self._signer: PKCS11Signer | None = None

    @property
    def name(self) -> str:
        try:
            subject = self._opened().signing_cert.subject.native
        except PKCS11Error as error:
            raise self._lost() from error
        return str(subject["common_name"])

    def seal(self, pdf: bytes) -> SealedFile:
        try:
            sealed = self._signed(pdf)
        except TimestampRequestError as error:
            raise TimeStampsAwayError from error
        except (PKCS11Error, SigningError) as error:
            raise self._lost() from error
        return SealedFile(sealed, LEVEL)

    def _signed(self, pdf: bytes) -> bytes:
        """The first signature: it forbids every later change, and shows nothing."""
        terms = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        signer = signers.PdfSigner(
            terms,
            signer=self._opened(),
            timestamper=self._time_stamps,
            new_field_spec=SigFieldSpec(FIELD),
        )
        out = BytesIO()
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
        return out.getvalue()

    def _opened(self) -> PKCS11Signer:
        if self._signer is None:
            self._signer = self._token.open()
        return self._signer

    def close(self) -> None:
        """Leave the token; the next seal begins with a new session."""
        signer, self._signer = self._signer, None
        if signer:
            with suppress(PKCS11Error):
                signer.pkcs11_session.close()

    def _lost(self) -> TokenAwayError:
        self.close()
        return TokenAwayError()
