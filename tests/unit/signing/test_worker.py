from __future__ import annotations

from dataclasses import dataclass

import pytest

from services.signing.application import SigningApplication
from services.signing.domain import Paper
from services.signing.errors import PaperErasedError
from services.signing.ports import Renderer, StoreAwayError
from services.signing.worker import SigningWorker
from shared.directory import Directory
from tests.builders.signing import (
    a_paper_requested,
    a_requested_paper,
    a_signing,
    the_last_paper,
)
from tests.fakes import MemoryKeys
from tests.fakes_signing import MemoryStore, PlainRenderer, WaxSealer


def a_worker(
    app: SigningApplication, renderer: Renderer | None = None
) -> SigningWorker:
    return SigningWorker(
        app,
        directory=Directory.load(),
        renderer=renderer or PlainRenderer(),
        sealer=WaxSealer(),
        public_url="https://dichvu.example.vn",
    )


def facts(app: SigningApplication, paper: Paper) -> list[str]:
    return [type(event).__name__ for event in app.events.get(paper.id)]


def test_a_requested_paper_is_rendered_sealed_and_kept_under_its_hash() -> None:
    store, renderer = MemoryStore(), PlainRenderer()
    app = a_signing(store=store)
    paper = a_requested_paper(app)

    a_worker(app, renderer).handle(a_paper_requested(paper.id))

    issued = the_last_paper(app)
    assert store.files == {issued.require_hash(): b"01/2026-TN sealed"}
    assert renderer.sheets[0].tracking_url == "https://dichvu.example.vn/vi/t/TRACK7"
    assert facts(app, paper) == ["Requested", "Issued"]


def test_a_paper_asked_for_twice_is_issued_once() -> None:
    renderer, app = PlainRenderer(), a_signing()
    paper = a_requested_paper(app)
    worker = a_worker(app, renderer)

    worker.handle(a_paper_requested(paper.id))
    worker.handle(a_paper_requested(paper.id))
    worker.handle(a_paper_requested(paper.id, position=2))

    assert len(renderer.sheets) == 1
    assert facts(app, paper) == ["Requested", "Issued"]


def test_a_store_that_is_away_leaves_the_paper_waiting_and_says_why() -> None:
    app = a_signing(store=MemoryStore(away=True))
    paper = a_requested_paper(app)
    message = a_paper_requested(paper.id)
    worker = a_worker(app)

    for _ in range(2):
        with pytest.raises(StoreAwayError):
            worker.handle(message)

    assert the_last_paper(app).summary["hindrance"] == "store-away"
    assert facts(app, paper) == ["Requested", "Hindered"]
    assert not app.has_handled(message)


def test_a_paper_is_made_once_the_store_is_back() -> None:
    store = MemoryStore(away=True)
    app = a_signing(store=store)
    paper = a_requested_paper(app)
    worker = a_worker(app)
    with pytest.raises(StoreAwayError):
        worker.handle(a_paper_requested(paper.id))
    store.away = False

    worker.handle(a_paper_requested(paper.id))

    assert facts(app, paper) == ["Requested", "Hindered", "Issued"]
    assert the_last_paper(app).hindrance is None


def test_a_mistake_of_ours_is_visible_too() -> None:
    app = a_signing()
    paper = a_requested_paper(app)

    with pytest.raises(ZeroDivisionError):
        a_worker(app, BrokenRenderer()).handle(a_paper_requested(paper.id))

    assert the_last_paper(app).hindrance == "unexpected"


def test_a_paper_of_a_forgotten_person_is_never_made() -> None:
    keys, store = MemoryKeys(), MemoryStore()
    app = a_signing(keys=keys, store=store)
    paper = a_requested_paper(app)
    keys.erase("citizen-1")

    with pytest.raises(PaperErasedError):
        a_worker(app).handle(a_paper_requested(paper.id))

    assert store.files == {}
    assert the_last_paper(app).hindrance == "content-erased"


@dataclass
class BrokenRenderer:
    def render(self, sheet: object) -> bytes:
        raise ZeroDivisionError
