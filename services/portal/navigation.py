"""What each role finds in the navigation of the officers' pages."""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.desk import Desk
from shared.actor import Actor


@dataclass(frozen=True)
class Entry:
    """A place, the key of its word, and whether the reader stands there."""

    word: str
    address: str
    is_here: bool


EVERYBODY = ()
DESK = ("front_desk",)
OFFICES = ("front_desk", "return_officer")
LEADERS = ("unit_leader", "agency_leader")
OVERSIGHT = ("manager", "auditor")
PLACES = (
    ("nav_desk", "desk", DESK),
    ("nav_today", "desk/today", DESK),
    ("nav_calls", "desk/calls", DESK),
    ("nav_results", "desk/results", OFFICES),
    ("nav_lookup", "desk/lookup", OFFICES),
    ("nav_queue", "queue", EVERYBODY),
    ("nav_approvals", "approvals", LEADERS),
    ("nav_sealing", "sealing", ("clerk",)),
    ("nav_phrases", "phrases", ("reviewer", *LEADERS)),
    ("nav_absences", "absences", EVERYBODY),
    ("nav_messages", "messages", EVERYBODY),
    ("nav_complaints", "complaints", (*OVERSIGHT, *LEADERS)),
    ("nav_dashboard", "dashboard", OVERSIGHT),
    ("nav_ratings", "ratings", OVERSIGHT),
    ("nav_register", "register", ("front_desk", "clerk", "manager")),
    ("nav_reconciliation", "reconciliation", ("cashier", "manager")),
    ("nav_refunds", "refunds", ("cashier", "agency_leader", *OVERSIGHT)),
    ("nav_calendar", "calendar", EVERYBODY),
    ("nav_decrees", "decrees", EVERYBODY),
    ("nav_procedures", "admin/procedures", ("administrator", "manager")),
    ("nav_accounts", "admin/accounts", ("administrator",)),
    ("nav_agencies", "admin/agencies", ("administrator",)),
    ("nav_operations", "operations", ("administrator",)),
)


def shown(desk: Desk, path: str) -> list[Entry]:
    """The places for who is here, with the one marked where they stand."""
    home = f"/{desk.language}/"
    if desk.is_staff:
        places = [(word, f"{home}staff/{to}") for word, to in places_of(desk.actor)]
    else:
        places = [("nav_find", home), *citizens(desk, home)]
    here = max((each for _, each in places if is_inside(path, each)), default="")
    return [Entry(word, address, address == here) for word, address in places]


def citizens(desk: Desk, home: str) -> list[tuple[str, str]]:
    if desk.session:
        return [("my_dossiers", f"{home}dossiers")]
    own = ("sign_in_citizen", f"{home}sign-in?next={home}dossiers")
    return [own, ("sign_in_staff", f"{home}staff/sign-in")]


def places_of(actor: Actor) -> list[tuple[str, str]]:
    return [
        (word, place) for word, place, roles in PLACES if not roles or actor.has(*roles)
    ]


def is_inside(path: str, address: str) -> bool:
    """A case is opened from the queue, a procedure from the front page."""
    path = path.replace("/staff/cases/", "/staff/queue/")
    if address.endswith("/"):
        return path == address or path.startswith(f"{address}procedures")
    return path == address or path.startswith(f"{address}/")
