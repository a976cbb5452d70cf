"""Leaving a draft, and coming back to it by a link."""

from __future__ import annotations

import json
from typing import Any

from services.portal import pseudonyms
from shared.actor import Actor
from shared.personal import Personal, unseal
from tests.builders.filing_pages import HERE, a_filing, form_of
from tests.builders.portal import APortal

PHONE = "+84912345678"


def by_phone(portal: APortal) -> Actor:
    key = portal.parts.settings.pseudonym_key
    return Actor(pseudonyms.citizen(key, f"phone:{PHONE}"), level=1)


def told(portal: APortal) -> dict[str, Any]:
    """What notifications were ordered to say last."""
    order = [x for x in portal.bus.orders if x.method == "notifications.send_code"][-1]
    opened = unseal(order.arguments["recipient"], portal.parts.accounts.keys)
    assert isinstance(opened, Personal)
    found: dict[str, Any] = json.loads(opened.value)
    return found


def test_a_link_to_the_draft_goes_to_the_phone_that_was_named() -> None:
    portal, browser = a_filing()
    html = browser.get(f"{HERE}/return").text

    answer = browser.post(f"{HERE}/return", data=form_of(html) | {"to": "0912 345 678"})

    said = told(portal)
    assert answer.headers["location"] == f"{HERE}/tasks?done=link_sent"
    assert said["to"] == PHONE
    assert "/en/return/word-0" in said["link"]


def test_a_number_that_no_phone_has_gets_nothing() -> None:
    portal, browser = a_filing()
    html = browser.get(f"{HERE}/return").text

    for wrong in ("12", "nobody@nowhere"):
        answer = browser.post(f"{HERE}/return", data=form_of(html) | {"to": wrong})

        assert answer.status_code == 422
        assert f'value="{wrong}"' in answer.text
    assert portal.bus.orders == []


def test_who_signed_in_by_phone_comes_back_by_a_code() -> None:
    portal, _ = a_filing()
    owner = by_phone(portal)
    person = portal.person(owner)
    html = person.get(f"{HERE}/return").text
    person.post(f"{HERE}/return", data=form_of(html) | {"to": PHONE})
    stranger = portal.browser()

    asked = stranger.get("/en/return/word-0")
    sent = stranger.post("/en/return/word-0", data=form_of(asked.text))

    assert "***678" in asked.text
    assert PHONE not in asked.text
    assert sent.headers["location"] == "/en/sign-in/phone/code"
    entered = stranger.post(
        "/en/sign-in/phone/code",
        data=form_of(stranger.get("/en/sign-in/phone/code").text)
        | {"code": told(portal)["code"]},
    )
    assert entered.headers["location"] == f"{HERE}/tasks"


def test_who_signed_in_by_a_provider_has_to_do_so_again() -> None:
    portal, person = a_filing()
    html = person.get(f"{HERE}/return").text
    person.post(f"{HERE}/return", data=form_of(html) | {"to": PHONE})
    stranger = portal.browser()

    asked = stranger.get("/en/return/word-0")

    assert f"/en/sign-in?next={HERE}/tasks" in asked.text
    assert person.get("/en/return/word-0").headers["location"] == f"{HERE}/tasks"


def test_a_link_that_was_made_up_leads_nowhere() -> None:
    _, browser = a_filing()

    assert browser.get("/en/return/anything").status_code == 404
