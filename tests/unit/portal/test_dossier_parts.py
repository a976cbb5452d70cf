"""A dossier's page is made of parts; one that is away hides no other."""

from __future__ import annotations

from services.portal.bus import ServiceUnavailableError
from services.portal.pages import dossier_parts
from services.portal.pages.rendering import FOLDER
from tests.builders.portal import DOSSIER, a_citizen, a_portal, a_row


def test_every_part_has_its_template_and_a_place_of_its_own() -> None:
    parts = dossier_parts.PARTS.values()

    missing = [
        part.name
        for part in parts
        if not (FOLDER / "templates" / part.template).exists()
    ]

    assert missing == []
    assert len({part.place for part in parts}) == len(parts)


def test_a_part_that_is_away_says_so_and_hides_no_other() -> None:
    away = ServiceUnavailableError("away")
    portal = a_portal({"signing.papers": away, "audit.history": away})
    portal.views.rows = [a_row()]
    content = {"id": str(DOSSIER), "status": 2, "documents": [], "fees": []}
    portal.bus.answers["intake.dossier"] = content | {"supplement": None}

    html = portal.person(a_citizen()).get(f"/en/dossiers/{DOSSIER}").text

    papers = html.partition('id="part-papers"')[2].partition("</div>")[0]
    assert "This part is not available" in papers
    assert 'id="part-timeline"' in html
