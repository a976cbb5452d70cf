"""Makes one decision again and again: as the worker does, then with its tools alone."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from io import BytesIO
from time import monotonic
from uuid import UUID

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.pkcs11 import PKCS11Signer
from pyhanko.sign.timestamps import HTTPTimeStamper
from weasyprint import HTML

from services.signing import bootstrap
from services.signing.config import SigningSettings
from services.signing.domain import Paper
from services.signing.gateways.rendering import WeasyRenderer
from services.signing.gateways.sealing import Token, TokenSealer
from services.signing.ports import Sheet
from services.signing.sheets import sheet
from shared import clock
from shared.directory import Directory
from tools.bench.figures import rate

WARM = 2  # the first ones load fonts, and are not counted


def main() -> None:
    seconds, settings = float(sys.argv[1]), SigningSettings()
    renderer = WeasyRenderer()
    sealer = TokenSealer(token(settings), settings.tsa_url)
    words = sheet_of(last_decision(settings), settings, sealer.name)
    html, stamps = renderer.html(words), HTTPTimeStamper(settings.tsa_url)
    signer = sealer._opened()  # the token allows one session for each process
    measured(
        "papers of the worker, rendered and sealed",
        lambda: sealer.seal(renderer.render(words)),
        seconds,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stderr.write(f"The worker's tools used {peak} MiB at most.\n")
    measured(
        "WeasyPrint and pyHanko alone", lambda: bare(html, signer, stamps), seconds
    )


def measured(what: str, make: Callable[[], object], seconds: float) -> None:
    for _ in range(WARM):
        make()
    begun, times = monotonic(), list[float]()
    while (now := monotonic()) < begun + seconds:
        make()
        times.append(monotonic() - now)
    sys.stdout.write(rate(what, times, monotonic() - begun).model_dump_json() + "\n")


def bare(html: str, signer: PKCS11Signer, stamps: HTTPTimeStamper) -> None:
    """The same page and key by the libraries' shortest way; time-stamped, too."""
    pdf = HTML(string=html).write_pdf()
    terms = signers.PdfSignatureMetadata(field_name="Seal")
    writer = IncrementalPdfFileWriter(BytesIO(pdf or b""))
    signers.sign_pdf(writer, terms, signer=signer, timestamper=stamps)


def last_decision(settings: SigningSettings) -> Paper:
    """The latest issued decision in the log."""
    app, found = bootstrap.application(settings), list[Paper]()
    for event in app.recorder.select_notifications(start=None, limit=100_000):
        if event.topic == Paper.Issued.TOPIC:
            paper = app.paper_to_issue(UUID(str(event.originator_id)))
            if paper.kind == "decision":
                found.append(paper)
    return found[-1]


def sheet_of(paper: Paper, settings: SigningSettings, sealed_by: str) -> Sheet:
    return sheet(
        paper,
        Directory.load(settings.catalogue_dir),
        public_url=settings.public_url,
        sealed_by=sealed_by,
        sealed_at=clock.now(),
    )


def token(settings: SigningSettings) -> Token:
    return Token(
        module=settings.pkcs11_module,
        label=settings.pkcs11_token,
        pin=settings.pkcs11_pin,
        key=settings.pkcs11_key,
    )


if __name__ == "__main__":
    main()
