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
from services.signing.gateways.sealing import Token
from services.signing.ports import Sheet
from services.signing.sheets import sheet
from services.signing.worker import SigningWorker
from tools.bench.figures import rate

WARM = 2  # the first ones load fonts, and are not counted


def main() -> None:
    seconds, settings = float(sys.argv[1]), SigningSettings()
    worker = bootstrap.worker(settings)
    words = sheet_of(worker, last_decision(worker))
    renderer = WeasyRenderer()
    html = renderer.html(words)
    signer, stamps = token(settings).open(), HTTPTimeStamper(settings.tsa_url)
    measured(
        "papers of the worker, rendered and sealed",
        lambda: worker.sealer.seal(worker.renderer.render(words)),
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


def last_decision(worker: SigningWorker) -> Paper:
    """The latest issued paper in the log; a decision, when there is one."""
    found: Paper | None = None
    for event in worker.app.recorder.select_notifications(start=None, limit=100_000):
        if event.topic == Paper.Issued.TOPIC:
            found = worker.app.paper_to_issue(UUID(str(event.originator_id)))
            if found.kind == "decision":
                return found
    if found is None:
        raise SystemExit("No paper has been issued yet")
    return found


def sheet_of(worker: SigningWorker, paper: Paper) -> Sheet:
    return sheet(
        paper,
        worker.directory,
        public_url=worker.public_url,
        sealed_by=worker.sealer.name,
        sealed_at=worker.app.clock(),
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
