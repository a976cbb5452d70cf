"""Everything around deciding: what is new, drafts, templates, the daily digest."""

from __future__ import annotations

from services.workflow.digests import Digests
from services.workflow.phrases import Phrases
from services.workflow.reviewing import Reviewing


class Review(Reviewing, Digests, Phrases):
    """Commands answer the position in the log at which they became true."""
