"""People talk about a dossier: messages, a helper, a rating, a complaint."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.embedded.system import System
from infra.standins.citizens import CITIZENS, Citizen
from tests.acceptance.test_browser import received, wait_for
from tools.demo.filing import Filing
from tools.demo.plans import Ending, Plan
from tools.demo.staff import SignIn
from tools.demo.world import World, world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

UNIT = "ttpvhcc_xa"
DIGITS = re.compile(r"\b\d{6}\b")
PATIENCE = 60.0


@dataclass(frozen=True)
class Story:
    """A dossier that was received, one not yet sent, one withdrawn; their people."""

    url: str
    sms: Path
    applicant: str
    owner: str  # of the draft
    received: str  # the dossier's id
    draft: str
    withdrawn: str
    leaver: str
    desk: SignIn
    manager: SignIn


@pytest.fixture(scope="module")
def story(system: System) -> Story:
    return asyncio.run(tell(system))


async def tell(system: System) -> Story:
    async with world(system.connect()) as here:
        await here.learn_procedures()
        filed = await received(here, "permanent-residence", "online")
        draft, withdrawn = await begun(here, "draft"), await begun(here, "withdrawn")
        await withdrawn.submit()
        address = f"{withdrawn.path}/withdrawal"
        await withdrawn.filer.order("POST", address, {"reason": ""})
        await here.staff.officer(UNIT, "front_desk")
        await here.staff.officer(UNIT, "manager")
        known = {(each.unit, each.role): each for each in here.staff.sign_ins}
        return Story(
            url=here.places.public_url,
            sms=here.places.home / "sms",
            applicant=filed.applicant.full_name,
            owner=draft.applicant.full_name,
            leaver=withdrawn.applicant.full_name,
            received=str(filed.id),
            draft=str(draft.id),
            withdrawn=str(withdrawn.id),
            desk=known[UNIT, "front_desk"],
            manager=known[UNIT, "manager"],
        )


async def begun(here: World, seed: str) -> Filing:
    plan = Plan(1, "permanent-residence", "online", Ending.GRANTED, f"talk {seed}")
    filing = Filing(here, plan)
    await filing.prepare()
    await filing.draft()
    return filing


@pytest.fixture(scope="module")
def browser(story: Story) -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def citizen(
    browser: Browser, story: Story, name: str, *, scripts: bool = False
) -> Iterator[Page]:
    """Somebody signed in at their provider."""
    context = browser.new_context(base_url=story.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/sign-in?provider=vneid&next=/en/dossiers")
    page.get_by_role("button", name=name).click()
    expect(page.locator("h1")).to_be_visible()
    yield page
    context.close()


@contextmanager
def officer(browser: Browser, story: Story, who: SignIn) -> Iterator[Page]:
    context = browser.new_context(base_url=story.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/staff/sign-in")
    page.locator("#username").fill(who.username)
    page.locator("#password").fill(who.password)
    page.locator("main form button").click()
    yield page
    context.close()


def test_the_citizen_writes_and_reads_what_the_officer_answers(
    browser: Browser, story: Story
) -> None:
    with citizen(browser, story, story.applicant) as page:
        page.goto(f"/en/dossiers/{story.received}/messages")
        page.locator("#text").fill("Bao giờ có kết quả?")
        page.locator("main form button").click()
        expect(page.locator("main")).to_contain_text("The message was sent")
    with officer(browser, story, story.desk) as page:
        page.goto("/en/staff/messages")
        link = page.locator(f"a[href*='{story.received}/messages']")
        wait_for(page, "Messages waiting")
        link.first.click()
        expect(page.locator("main")).to_contain_text("Bao giờ có kết quả?")
        page.locator("#text").fill("Thứ Hai tới.")
        page.locator("form[action$='/messages'] button").click()
    with citizen(browser, story, story.applicant) as page:
        page.goto(f"/en/dossiers/{story.received}")
        expect(page.locator("#part-conversation")).to_contain_text("1 new")
        page.goto(f"/vi/dossiers/{story.received}/messages")
        expect(page.locator("main")).to_contain_text("Thứ Hai tới.")
        expect(page.locator("main")).to_contain_text("Đã đọc")


def test_what_is_typed_and_not_sent_is_still_there(
    browser: Browser, story: Story
) -> None:
    with citizen(browser, story, story.applicant, scripts=True) as page:
        page.goto(f"/fr/dossiers/{story.received}/messages")
        page.route("**/messages/unsent", lambda route: route.abort())
        page.locator("#text").fill("Une question que je n'ai pas finie")
        expect(page.locator(".app-kept-failure")).to_contain_text("pas de connexion")
        page.unroute("**/messages/unsent")
        kept = page.locator(".app-kept")
        expect(kept).to_contain_text("Texte conservé", timeout=30_000)
        expect(page.locator(".app-kept-failure")).to_be_empty()
        page.goto("/fr/")
        page.goto(f"/fr/dossiers/{story.received}/messages")
        expect(page.locator("#text")).to_have_value(
            "Une question que je n'ai pas finie"
        )


def test_a_helper_accepts_an_invitation_and_files_on_behalf(
    browser: Browser, story: Story
) -> None:
    helper = next(each for each in CITIZENS.values() if each.name != story.owner)
    with citizen(browser, story, story.owner) as page:
        invite(page, story, helper)
    with citizen(browser, story, helper.name) as page:
        accept(page, story, helper)
        send(page, story)
    with citizen(browser, story, story.owner) as page:
        page.goto(f"/en/dossiers/{story.draft}")
        page.locator("#part-history summary").click()
        expect(page.locator("#part-history")).to_contain_text("On behalf of")
        page.goto(f"/en/dossiers/{story.draft}/helpers")
        page.locator("form[action$='/end'] button").click()
        expect(page.locator("main")).to_contain_text("sees the dossier no more")
    with citizen(browser, story, helper.name) as page:
        answer = page.goto(f"/en/dossiers/{story.draft}")
        assert answer is not None
        assert answer.status == 403


def invite(page: Page, story: Story, helper: Citizen) -> None:
    page.goto(f"/en/dossiers/{story.draft}/helpers")
    page.locator("#name").fill(helper.name)
    page.locator("#to").fill(helper.phone_number)
    page.locator("form[action$='/helpers'] button").click()
    expect(page.locator("main")).to_contain_text("The invitation was sent")


def accept(page: Page, story: Story, helper: Citizen) -> None:
    link = told(story, helper, r"\S+/helpers/\S+")
    page.goto(link[link.index("/") :])
    page.get_by_role("button", name="Send a code").click()
    page.locator("#code").fill(told(story, helper, DIGITS.pattern))
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("main")).to_contain_text("on behalf of the applicant")
    page.goto("/en/dossiers")
    expect(page.locator(f"a[href*='{story.draft}']").first).to_be_visible()


def send(page: Page, story: Story) -> None:
    page.goto(f"/en/dossiers/{story.draft}/check")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.locator("form[action$='/submission'] button").click()
    expect(page).to_have_url(re.compile("/confirmation"))


def test_a_complaint_is_answered_by_somebody_above_the_counter(
    browser: Browser, story: Story
) -> None:
    with citizen(browser, story, story.applicant) as page:
        page.goto(f"/en/dossiers/{story.received}/complaint")
        page.get_by_label("Delay").check()
        page.locator("#text").fill("Chờ ba tiếng ở quầy.")
        page.get_by_role("button", name="Send the complaint").click()
        expect(page.locator("main")).to_contain_text("Answer by")
    with officer(browser, story, story.desk) as page:
        page.goto(f"/en/staff/complaints/{story.received}")
        expect(page.locator("main")).not_to_contain_text("Chờ ba tiếng")
    with officer(browser, story, story.manager) as page:
        page.goto("/en/staff/complaints")
        page.locator(f"a[href$='{story.received}']").first.click()
        page.get_by_label("Upheld", exact=True).check()
        page.locator("#text").fill("Xin lỗi. Đã thêm một quầy.")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.locator("main")).to_contain_text("was answered")
    with citizen(browser, story, story.applicant) as page:
        page.goto(f"/fr/dossiers/{story.received}/complaint")
        expect(page.locator("main")).to_contain_text("Đã thêm một quầy.")


def test_it_is_rated_with_one_tap_once_it_is_over(
    browser: Browser, story: Story
) -> None:
    with citizen(browser, story, story.owner) as page:
        page.goto(f"/en/dossiers/{story.draft}")
        expect(page.locator("#part-rating")).to_have_count(0)
    with citizen(browser, story, story.leaver) as page:
        page.goto(f"/vi/dossiers/{story.withdrawn}")
        page.locator("#part-rating").get_by_role("button").first.click()
        expect(page.locator("main")).to_contain_text("Đã ghi nhận đánh giá")
        expect(page.locator("#part-rating")).to_contain_text("5 trên 5")


def told(story: Story, who: Citizen, pattern: str) -> str:
    """The last short message to somebody that says such a thing."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        letters = [json.loads(each.read_text()) for each in story.sms.glob("*.json")]
        letters.sort(key=lambda each: str(each["received_at"]))
        mine = [each["text"] for each in letters if each["to"] in who.phone_number]
        found = [match[0] for text in mine for match in re.finditer(pattern, text)]
        if found:
            return str(found[-1])
    raise AssertionError(f"nothing like {pattern} was told")
