"""Renders papers: from what stands on a sheet to a PDF."""

from __future__ import annotations

from services.signing.gateways.pages import PaperPages
from services.signing.ports import Sheet
from shared.printing.pdf import pdf


class WeasyRenderer(PaperPages):
    """Keeps its fonts warm, too."""

    def render(self, sheet: Sheet) -> bytes:
        return pdf(self.html(sheet))
