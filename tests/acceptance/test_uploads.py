"""Documents in a real browser: through lost lines, from photos, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    Route,
    ViewportSize,
    expect,
)

from infra.embedded.system import System
from tests.acceptance.callers import until
from tests.acceptance.towns import PROCEDURE, Town
from tests.builders.documents import a_pdf, an_image
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PHONE: ViewportSize = {"width": 360, "height": 740}
CODE = "CT01"
DOCUMENT = f"[data-document={CODE}]"
MIB = 1024 * 1024
PHOTO: FilePayload = {
    "name": "1.jpg",
    "mimeType": "image/jpeg",
    "buffer": an_image(size=(900, 1200)),
}
FINE = {"vi": "Đã kiểm tra, dùng được", "en": "Checked, in order", "fr": "en ordre"}


@pytest.fixture(scope="module")
def browser(town: Town) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def citizen(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    yield from context(browser, town)


@pytest.fixture
def scriptless(browser: Browser, town: Town) -> Iterator[BrowserContext]:
    yield from context(browser, town, java_script_enabled=False)


def context(browser: Browser, town: Town, **how: Any) -> Iterator[BrowserContext]:
    """The citizen of the town, with their phone."""
    made = browser.new_context(base_url=town.citizen.url, viewport=PHONE, **how)
    for name, value in town.citizen.cookies.items():
        made.add_cookies([{"name": name, "value": value, "url": town.citizen.url}])
    yield made
    made.close()


@pytest.fixture
def draft(town: Town) -> str:
    opened = town.citizen.order("POST", "/dossiers", json={"procedure": PROCEDURE})
    return f"/dossiers/{opened.json()['id']}"


def a_large_pdf(path: Path) -> bytes:
    """Six megabytes that do not compress: two pieces on their way."""
    noise = Random(7).randbytes(6 * MIB)

    def fill(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Noise = pdf.make_stream(noise)

    content = a_pdf(fill)
    assert 5 * MIB < len(content) < 10 * MIB
    path.write_bytes(content)
    return content


def stored(town: Town, draft: str) -> dict[str, Any]:
    """The only file of the document, once it was looked into."""

    def ask() -> list[dict[str, Any]]:
        documents = town.citizen.ask(draft).json()["documents"]
        files: list[dict[str, Any]] = next(
            each["files"] for each in documents if each["code"] == CODE
        )
        return files

    def is_settled(files: list[dict[str, Any]]) -> bool:
        return bool(files) and all(x["state"] != "being-checked" for x in files)

    [file] = until(ask, is_settled)
    return dict(file)


def open_documents(context: BrowserContext, draft: str, language: str = "en") -> Page:
    page = context.new_page()
    page.goto(f"/{language}{draft}/documents")
    return page


def choose(page: Page, *files: Any) -> None:
    page.locator(f"{DOCUMENT} input[type=file]").set_input_files(list(files))


def test_a_file_survives_a_network_that_dies_in_the_middle(
    citizen: BrowserContext, town: Town, draft: str, tmp_path: Path
) -> None:
    content = a_large_pdf(tmp_path / "plan.pdf")
    page = open_documents(citizen, draft)
    pieces: list[int] = []

    def die_once(route: Route) -> None:
        """The first piece arrives; at the second one there is no network any more."""
        pieces.append(int(route.request.headers["upload-offset"]))
        if len(pieces) == 2:
            citizen.set_offline(True)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(
        "**/uploads/*",
        lambda route: (
            die_once(route) if route.request.method == "PATCH" else route.continue_()
        ),
    )
    choose(page, tmp_path / "plan.pdf")
    expect(page.locator(DOCUMENT).get_by_role("alert")).to_contain_text(
        "connection is lost"
    )
    citizen.set_offline(False)

    expect(page.locator(DOCUMENT)).to_contain_text(FINE["en"], timeout=60_000)
    assert stored(town, draft)["sha256"] == sha256(content).hexdigest()
    assert pieces[0] == 0
    assert pieces[-1] > 0
    fetched = town.citizen.ask(f"/files/{stored(town, draft)['file_id']}/content")
    assert fetched.content == content


def test_a_closed_page_goes_on_with_the_same_file(
    citizen: BrowserContext, town: Town, draft: str, tmp_path: Path
) -> None:
    content = a_large_pdf(tmp_path / "plan.pdf")
    page = open_documents(citizen, draft)
    page.route(
        "**/uploads/*",
        lambda route: (
            route.abort()
            if route.request.headers.get("upload-offset", "0") != "0"
            else route.continue_()
        ),
    )
    choose(page, tmp_path / "plan.pdf")
    expect(page.locator(DOCUMENT).get_by_role("alert")).to_be_visible()
    page.close()

    page = open_documents(citizen, draft)
    expect(page.locator(DOCUMENT)).to_contain_text("has arrived")
    choose(page, tmp_path / "plan.pdf")

    expect(page.locator(DOCUMENT)).to_contain_text(FINE["en"], timeout=60_000)
    assert stored(town, draft)["sha256"] == sha256(content).hexdigest()


def test_a_file_that_is_not_taken_does_not_keep_the_next_one(
    citizen: BrowserContext, town: Town, draft: str
) -> None:
    page = open_documents(citizen, draft)
    word = {"name": "a.docx", "mimeType": "application/msword", "buffer": b"PK"}
    liar = {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"MZ\0\0"}
    good = {"name": "c.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}

    choose(page, word, liar, good)

    card = page.locator(DOCUMENT)
    expect(card).to_contain_text(FINE["en"], timeout=60_000)
    expect(card).to_contain_text("does not take files of that kind")
    expect(card).to_contain_text("not of the kind its name claims")
    card.locator("li", has_text="a.docx").get_by_role("button").click()
    expect(card).not_to_contain_text("a.docx")
    assert stored(town, draft)["state"] == "clean"


@pytest.mark.parametrize("language", FINE)
def test_without_a_script_a_file_is_sent_and_its_state_is_seen(
    scriptless: BrowserContext, town: Town, draft: str, language: str
) -> None:
    page = open_documents(scriptless, draft, language)
    good = {"name": "Tờ khai.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}

    choose(page, good)
    page.locator(f"{DOCUMENT} [data-adding] button").click()
    assert stored(town, draft)["state"] == "clean"
    page.locator(".app-renew a").click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(DOCUMENT)).to_contain_text(FINE[language])
    expect(page.locator(DOCUMENT)).to_contain_text("Tờ khai.pdf")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_photos_of_a_paper_become_a_pdf(
    browser: Browser, town: Town, draft: str, has_script: bool
) -> None:
    made = context(browser, town, java_script_enabled=has_script)
    page = open_documents(next(made), draft)
    page.locator(f"{DOCUMENT} a[href$='/photos']").click()

    for number in (1, 2):
        page.locator("#photo").set_input_files([PHOTO])
        if not has_script:
            page.locator("form:has(#photo) button").click()
        expect(page.locator(".app-photos li img")).to_have_count(number)
    page.locator("form[action$='/turn'] button").first.click()
    expect(page.locator(".app-turn-90")).to_have_count(1)
    page.locator("form[action$='/pdf'] button").click()

    file = stored(town, draft)
    assert (file["state"], file["media_type"]) == ("clean", "application/pdf")
    fetched = town.citizen.ask(f"/files/{file['file_id']}/content").content
    with pikepdf.open(BytesIO(fetched)) as pdf:
        assert [page.obj.Rotate for page in pdf.pages] == [90, 0]


def test_a_photo_taken_while_another_is_sent_is_not_lost(
    citizen: BrowserContext, draft: str
) -> None:
    page = citizen.new_page()
    page.goto(f"/en{draft}/documents/{CODE}/photos")

    for _ in range(3):
        page.locator("#photo").set_input_files([PHOTO])

    expect(page.locator(".app-photos li img")).to_have_count(3, timeout=30_000)


A_FOLDER = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
SCAN = """async (content) => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle("scan.pdf", { create: true });
    const writer = await file.createWritable();
    await writer.write(new Uint8Array(content));
    await writer.close();
}"""


def test_what_the_scanner_puts_into_its_folder_comes_by_itself(
    browser: Browser, town: Town
) -> None:
    somebody = {"personal_id": "001190012345"}
    wish = {"procedure": PROCEDURE, "channel": "counter", "applicant": somebody}
    opened = town.desk.order("POST", "/dossiers", json=wish)
    signed_in = {"Authorization": town.desk.headers["Authorization"]}
    context = browser.new_context(
        base_url=town.citizen.url, extra_http_headers=signed_in
    )
    context.add_init_script(A_FOLDER)
    page = open_documents(context, f"/dossiers/{opened.json()['id']}")

    page.locator("[data-folder-place] select").select_option(CODE)
    page.locator("[data-folder-place] button").click()
    expect(page.locator("[data-folder-place]")).to_contain_text("Watching the folder")
    page.evaluate(SCAN, list(a_pdf()))

    expect(page.locator(DOCUMENT)).to_contain_text(FINE["en"], timeout=60_000)
    expect(page.locator(DOCUMENT)).to_contain_text("scan.pdf")
    context.close()


def test_a_phone_is_the_scanner_of_another_screen(
    browser: Browser, citizen: BrowserContext, town: Town, draft: str
) -> None:
    screen = open_documents(citizen, draft)
    screen.locator(f"{DOCUMENT} a[href$='/phone']").click()
    screen.locator("details summary").click()
    link = screen.locator("details .app-breaks").inner_text()
    phone = browser.new_context(viewport=PHONE)
    page = phone.new_page()
    page.goto(link)

    page.locator("#photo").set_input_files([PHOTO])
    expect(page.locator(".app-photos li img")).to_have_count(1)
    page.locator("form[action$='/pdf'] button").click()
    expect(page.locator("main")).to_contain_text("The PDF was sent")

    assert stored(town, draft)["state"] == "clean"
    assert page.goto(f"{town.citizen.url}/en{draft}/documents") is not None
    expect(page).not_to_have_title("Documents")
    phone.close()


def test_an_officer_looks_into_a_file_page_by_page(
    browser: Browser, system: System, town: Town
) -> None:
    documents = town.desk.ask(town.received).json()["documents"]
    file = next(x["file_id"] for each in documents for x in each["files"])
    context = browser.new_context(base_url=town.citizen.url)
    token = town.desk.headers["Authorization"]

    answer = context.request.get(
        f"/en/staff/files/{file}", headers={"Authorization": token}
    )
    picture = context.request.get(
        f"/en/staff/files/{file}/pages/1", headers={"Authorization": token}
    )

    assert answer.ok
    assert "Page 1 of" in answer.text()
    assert picture.headers["content-type"] == "image/webp"
    context.close()
