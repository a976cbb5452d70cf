"""Everybody, at every address, with somebody else's dossier: nobody gets in.

The addresses are those the portal has; whoever adds one finds it asked here.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from infra.embedded.system import System
from infra.standins.citizens import CITIZENS
from services.portal.domain import ROLES
from tests.acceptance.bodies import Bodies
from tests.builders.portal import the_application
from tools.demo.scenes.scene import Scene
from tools.demo.world import World, world
from tools.pages.stage import SESSION, session_of

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

ELSEWHERE = "bhxh"  # an agency that no step of the dossier names
CITIZEN, NOBODY = "another citizen", "nobody"
OFFICERS = sorted(ROLES - {"auditor"})  # an auditor looks at all, and changes nothing
PEOPLE = [*OFFICERS, CITIZEN, NOBODY]
OBJECTS = re.compile(r"{(dossier_id|case_id|file_id|paper_id|message_id)}")
CLOSED = {401, 403, 404}
THEIR_OWN = {  # kept for the session that typed it, and shown to no other
    "POST /vi/dossiers/{dossier_id}/messages/unsent",
    "POST /vi/staff/cases/{case_id}/typed",
}
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True)
class Matter:
    """One dossier with all it has, and strangers at the door."""

    url: str
    names: dict[str, str]
    sessions: dict[str, str]
    owner: str
    code: str


@pytest.fixture(scope="module")
def matter(system: System) -> Matter:
    return asyncio.run(set_up(system))


async def set_up(system: System) -> Matter:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        scene = Scene(here, "rights", "household-business", "online")
        await scene.file()
        names = await named(scene)
        return Matter(
            url=places.public_url,
            names=names,
            sessions=await strangers(here, scene),
            owner=session_of(scene.filing.filer),
            code=(await scene.watch.look())["code"],
        )


async def named(scene: Scene) -> dict[str, str]:
    """What an address may name of this dossier."""
    path, ask = scene.filing.path, scene.filing.filer.ask
    files = (await ask(f"{path}/files"))["items"]
    papers = (await ask(f"{path}/papers"))["items"]
    messages = (await ask(f"{path}/messages"))["items"]
    case = await scene.case()
    step = next(each["step"] for each in case["steps"] if each["state"] == "open")
    return {
        "dossier_id": scene.filing.id,
        "case_id": scene.id,
        "file_id": str(files[0].get("file_id") or files[0].get("id")),
        "paper_id": str(papers[0]["id"]),
        "message_id": str(messages[0]["id"]) if messages else str(uuid4()),
        "step": str(step),
        "kind": "control-sheet",
        "code": scene.filing.definition["documents"][0]["code"],
    }


async def strangers(here: World, scene: Scene) -> dict[str, str]:
    name = scene.filing.applicant.full_name
    other = next(sub for sub, each in CITIZENS.items() if each.name != name)
    officers = {
        role: session_of(await here.staff.officer(ELSEWHERE, role)) for role in OFFICERS
    }
    return officers | {CITIZEN: session_of(await here.citizens.signed_in(other))}


ROUTES = sorted(
    f"{method} {route.path}"
    for route in iter_route_contexts(the_application().routes)
    if route.path and not route.path.startswith(("/en", "/fr"))
    for method in route.methods or ()
    if OBJECTS.search(route.path)
    and method != "HEAD"
    and f"{method} {route.path}" not in THEIR_OWN
)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_stranger_gets_nowhere(matter: Matter, who: str) -> None:
    before = standing(matter)
    let_in = []
    with stranger(matter, who) as browser:
        asking = Asking(browser, matter.names)
        for route in ROUTES:
            answer = asking.ask(route)
            if not is_refused(answer, route):
                let_in.append((route, answer.status_code, answer.text[:300]))

    assert len(ROUTES) > 80
    assert let_in == []
    assert standing(matter) == before


@pytest.mark.parametrize("who", PEOPLE)
def test_no_list_shows_a_stranger_the_dossier(matter: Matter, who: str) -> None:
    lists = [
        route.path
        for route in iter_route_contexts(the_application().routes)
        if route.path
        and "GET" in (route.methods or ())
        and "{" not in route.path
        and not route.path.startswith(("/en", "/fr", "/live", "/ready", "/metrics"))
    ]
    seen = []
    with stranger(matter, who) as browser:
        for path in lists:
            for name in ("query", "code", "q"):
                answer = browser.get(path, params={name: matter.code})
                ours = answer.text.replace(f'value="{matter.code}"', "")
                if matter.names["dossier_id"] in ours:
                    seen.append((path, name))

    assert seen == []


def stranger(matter: Matter, who: str) -> httpx.Client:
    session = matter.sessions.get(who)
    cookies = {SESSION: session} if session else {}
    return httpx.Client(base_url=matter.url, cookies=cookies, timeout=30)


def standing(matter: Matter) -> Any:
    """The dossier as its owner sees it, history included."""
    with httpx.Client(base_url=f"{matter.url}/api/v1", timeout=30) as owner:
        owner.headers["Authorization"] = f"Bearer {matter.owner}"
        path = f"/dossiers/{matter.names['dossier_id']}"
        return [owner.get(path).json()["status"], owner.get(f"{path}/case").json()]


class Asking:
    """Every kind of address, asked as its own pages and programs would."""

    def __init__(self, browser: httpx.Client, names: dict[str, str]) -> None:
        self._browser, self._names = browser, names
        self._bodies = Bodies(the_application().openapi())
        found = TOKEN.search(browser.get("/vi/staff/sign-in").text)
        found = found or TOKEN.search(browser.get("/vi/").text)
        self._token = found[1] if found else ""

    def ask(self, route: str) -> httpx.Response:
        method, path = route.split(" ", 1)
        address = re.sub(r"{(\w+)}", self._named, path)
        key = {"Idempotency-Key": str(uuid4())}
        if method == "GET":
            return self._followed(address, self._query_of(path))
        if path.startswith("/api/"):
            body = self._bodies.of(method, path)
            return self._browser.request(method, address, json=body, headers=key)
        form = {"form_token": self._token, "key": str(uuid4()), "reason": "vì sao"}
        return self._browser.request(method, address, data=form)

    def _query_of(self, path: str) -> dict[str, Any]:
        return self._bodies.query("GET", path) if path.startswith("/api/") else {}

    def _followed(self, address: str, query: dict[str, Any]) -> httpx.Response:
        """Where it leads on our own pages; signing in is where it ends."""
        answer = self._browser.get(address, params=query)
        while answer.is_redirect and "sign-in" not in answer.headers["location"]:
            answer = self._browser.get(answer.headers["location"])
        return answer

    def _named(self, place: re.Match[str]) -> str:
        return self._names.get(place[1], str(uuid4()))


def is_refused(answer: httpx.Response, route: str) -> bool:
    """Not let in, or sent to sign in; what is only badly said was not done either."""
    if answer.status_code in CLOSED:
        return True
    if answer.is_redirect:
        return "sign-in" in answer.headers["location"]
    return 400 <= answer.status_code < 500 and not route.startswith("GET ")
