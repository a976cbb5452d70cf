"""What runs in the one process that makes PDFs for an asyncio server."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from threading import Thread


def settle() -> None:
    """Live as long as the server, and no longer; its Ctrl-C is not ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if server := parent_process():
        server.join()
        os._exit(0)


def printed(html: str) -> bytes:
    """Only this process pays for the typesetting in memory."""
    from shared.printing.pdf import pdf

    return pdf(html)
