from __future__ import annotations

import re

import pytest

from services.portal.built import asset
from tests.builders import an_officer
from tests.builders.portal import APortal, a_citizen, a_portal, a_row
from tests.weights import CITIZENS, OFFICERS, weight

LANGUAGES = ("vi", "en", "fr")
COUNTS = {"open": 0, "mine": 0, "unassigned": 0}


@pytest.fixture
def portal() -> APortal:
    portal = a_portal({"workflow.queue": {"items": [], "next": None, "counts": COUNTS}})
    portal.views.rows = [a_row()]
    return portal


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "t/BHWSGQMZSVVN", "t/WR0NG", "staff/sign-in"])
def test_a_first_view_loads_quickly_on_a_slow_line(
    portal: APortal, page: str, language: str
) -> None:
    limit = OFFICERS if page.startswith("staff") else CITIZENS

    assert 0 < weight(portal.browser(), f"/{language}/{page}") <= limit


def test_only_scripts_with_the_answers_own_nonce_run(portal: APortal) -> None:
    browser = portal.browser()

    answers = [browser.get("/vi/") for _ in range(2)]

    nonce_of = re.compile(r'<script[^>]* nonce="([^"]+)"')
    nonces = [nonce_of.findall(each.text) for each in answers]
    assert nonces[0][0] != nonces[1][0]
    for answer, [nonce, *_] in zip(answers, nonces, strict=True):
        policy = answer.headers["content-security-policy"]
        assert f"script-src 'self' 'nonce-{nonce}'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("way", ["br", "gzip"])
def test_pages_and_styles_travel_packed(portal: APortal, way: str) -> None:
    browser = portal.browser()
    browser.headers["Accept-Encoding"] = way

    page, style = browser.get("/vi/"), browser.get(asset("portal.css"))

    for answer in (page, style):
        assert answer.headers["content-encoding"] == way
        assert "Accept-Encoding" in answer.headers["vary"]
    assert "<!doctype html>" in page.text


def test_who_knows_no_packing_gets_plain_text(portal: APortal) -> None:
    browser = portal.browser()
    browser.headers["Accept-Encoding"] = "identity, br;q=0"

    assert "content-encoding" not in browser.get("/vi/").headers


def test_a_built_file_is_kept_for_ever_under_the_address_of_its_content(
    portal: APortal,
) -> None:
    browser = portal.browser()

    named, old = browser.get(asset("portal.js")), browser.get("/static/built/portal.js")

    assert "immutable" in named.headers["cache-control"]
    assert "immutable" not in old.headers["cache-control"]
    assert browser.get("/static/built/sources.json").status_code == 404


def test_packed_pages_never_repeat_a_form_token(portal: APortal) -> None:
    browser = portal.browser()
    token = re.compile(r'name="form_token" value="([^"]+)"')
    browser.get("/en/staff/sign-in")

    seen = {token.findall(browser.get("/en/staff/sign-in").text)[0] for _ in range(3)}

    assert len(seen) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_its_other_languages(
    portal: APortal, language: str
) -> None:
    html = portal.browser().get(f"/{language}/t/BHWSGQMZSVVN").text

    others = set(LANGUAGES) - {language}
    assert set(re.findall(r'hreflang="(\w+)"', html)) == others
    assert f'aria-current="true" lang="{language}"' in html


def test_an_officer_finds_what_the_role_has_and_nothing_else(portal: APortal) -> None:
    clerk = an_officer("clerk", subject="staff:lan")

    html = portal.person(clerk).get("/en/staff/queue").text

    assert 'href="/en/staff/sealing"' in html
    assert 'href="/en/staff/approvals"' not in html
    assert 'href="/en/staff/queue" aria-current="page"' in html


def test_a_citizen_sees_no_place_of_officers(portal: APortal) -> None:
    html = portal.person(a_citizen()).get("/fr/").text

    assert "/staff/" not in html
    assert 'href="/fr/dossiers"' in html


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        pytest.param(
            "procedures?q=x%C3%A2y&done=1", "procedures?q=x%C3%A2y", id="words"
        ),
        pytest.param(
            "sign-in?next=/vi/dossiers", "sign-in?next=%2Ffr%2Fdossiers", id="way back"
        ),
        pytest.param(
            "sign-in?next=//elsewhere/x", "sign-in?next=%2F%2Felsewhere%2Fx", id="alien"
        ),
        pytest.param('?q="><script>', "?q=%22%3E%3Cscript%3E", id="hostile"),
    ],
)
def test_another_language_shows_the_same_page(asked: str, link: str) -> None:
    page = a_portal().browser().get(f"/vi/{asked}")

    assert f'href="/fr/{link}" rel="alternate"' in page.text
