"""Somebody is forgotten: also what they were typing and bringing is gone at once."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page

from infra.embedded.system import System
from services.portal.sessions import identifier
from tests.acceptance.callers import Caller, caller, until
from tests.acceptance.test_signing_in import codes_sent
from tools.demo.world import world
from tools.pages.browser import chromium
from tools.pages.stage import SESSION

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

NUMBER, CALLED = "0912 000 987", "84912000987"
FORM = "/en/dossiers/{}/form/residence"
KEPT = """
    SELECT (SELECT count(*) FROM portal_sessions WHERE subject = %(who)s)
        + (SELECT count(*) FROM portal_codes WHERE subject = %(who)s)
        + (SELECT count(*) FROM portal_drafts WHERE subject = %(who)s)
"""


@pytest.fixture(scope="module")
def protector(system: System) -> Caller:
    """The data protection officer."""

    async def hire() -> Caller:
        async with world(system.connect()) as here:
            await here.learn_procedures()
            return caller(await here.staff.officer("ubnd_xa", "data_protection"))

    return asyncio.run(hire())


@pytest.fixture
def page(protector: Caller) -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page(base_url=protector.url, java_script_enabled=False)


def test_who_is_forgotten_leaves_nothing_half_typed_or_half_brought(
    page: Page, system: System, protector: Caller
) -> None:
    places = system.connect()
    dsn = places.postgres_dsn.rsplit("/", 1)[0] + "/portal"
    dossier_id = begun(page, places.sms_folder)
    subject = subject_of(page, dsn)
    page.goto(FORM.format(dossier_id))
    page.locator("#f-residence-street").fill("12 Hàng Bài")
    page.locator("main form button[value=later]").click()
    half = half_brought(page, places.home / "uploads", dossier_id)
    before = count(dsn, subject)

    order = {"subject": subject}
    assert protector.order("POST", "/erasures", json=order).is_success

    assert before == 3
    assert until(lambda: count(dsn, subject), lambda found: not found) == 0
    assert until(half.exists, lambda is_there: not is_there) is False
    page.goto(FORM.format(dossier_id))
    assert "/sign-in?" in page.url


def begun(page: Page, sms: Path) -> str:
    """Signed in by phone, with a draft."""
    page.goto("/en/sign-in/phone?next=/en/procedures/permanent-residence")
    page.locator("#phone").fill(NUMBER)
    page.locator("main form button").first.click()
    [code] = until(lambda: codes_sent(sms, CALLED), bool)
    page.locator("#code").fill(code)
    page.locator("main form button").first.click()
    page.locator("button.govuk-button--start").click()
    page.wait_for_url("**/tasks")
    return page.url.split("/")[-2]


def half_brought(page: Page, folder: Path, dossier_id: str) -> Path:
    """A file of which the first bytes came, where they wait."""
    said = {"dossier": dossier_id, "document": "CT01", "key": str(uuid4())}
    said |= {"name": "a.pdf", "type": "application/pdf"}
    metadata = ",".join(
        f"{name} {base64.b64encode(each.encode()).decode()}"
        for name, each in said.items()
    )
    origin = "/".join(page.url.split("/")[:3])
    tus = {"Tus-Resumable": "1.0.0", "Origin": origin}
    declared = tus | {"Upload-Length": "1000", "Upload-Metadata": metadata}
    at = page.request.post("/uploads", headers=declared).headers["location"]
    piece = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    page.request.patch(at, headers=tus | piece, data=b"%PDF-1.7")
    [half] = folder.glob(f"arriving/*/{at.rpartition('/')[2]}.part")
    return half


def subject_of(page: Page, dsn: str) -> str:
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    with psycopg.connect(dsn) as connection:
        query = "SELECT subject FROM portal_sessions WHERE id = %s"
        found = connection.execute(query, [identifier(cookies[SESSION])]).fetchone()
    assert found
    return str(found[0])


def count(dsn: str, subject: str) -> int:
    with psycopg.connect(dsn) as connection:
        found = connection.execute(KEPT, {"who": subject}).fetchone()
    return int(found[0]) if found else 0
