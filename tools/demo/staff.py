"""The officers of every unit: hired by the administrator when they are first needed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from tools.demo.client import Person, Present, RefusedError
from tools.demo.people import a_person

NewPerson = Callable[[str], Person]
WORKS_IN_ITS_PLACE = {"system": "reviewer", "third_party": "reviewer"}


@dataclass(frozen=True)
class SignIn:
    """What an officer types to sign in."""

    username: str
    password: str
    name: str
    unit: str
    role: str


async def sign_in(person: Person, username: str, password: str) -> Person:
    async def enter(person: Person) -> None:
        person.http.headers.pop("Authorization", None)
        said = {"username": username, "password": password}
        session = await person.order("POST", "/session", said)
        person.http.headers["Authorization"] = f"Bearer {session['token']}"

    async def prove(person: Person) -> None:
        await person.order("POST", "/session/step-up", {"proof": password})

    person.prove_by(prove)
    return await person.enter(enter)


class Staff:
    """`await staff.officer("ubnd_xa", "clerk")`: always the same person, signed in."""

    def __init__(self, administrator: Person, new_person: NewPerson) -> None:
        self._administrator, self._new_person = administrator, new_person
        self._at_work = Present(self._hire)
        self.sign_ins: list[SignIn] = []

    async def officer(self, unit: str, role: str, *, seat: str = "") -> Person:
        """Whoever has this role in this unit; another person for each seat."""
        role = WORKS_IN_ITS_PLACE.get(role, role)
        return await self._at_work.find((unit, role, seat))

    async def _hire(self, post: tuple[str, str, str]) -> Person:
        unit, role, seat = post
        name = a_person(f"{unit} {role}{seat}").full_name
        account = SignIn(
            username=f"{role}{seat}.{unit}".replace("_", "-"),
            password=secrets.token_urlsafe(12),
            name=name,
            unit=unit,
            role=role,
        )
        account = await self._open_account(account)
        self.sign_ins.append(account)
        officer = self._new_person(f"{name} ({role} of {unit})")
        return await sign_in(officer, account.username, account.password)

    async def _open_account(self, account: SignIn) -> SignIn:
        """Under the plain name; under a longer one when it was taken before."""
        try:
            await self._order_account(account)
        except RefusedError as refusal:
            if refusal.status != 409:
                raise
        else:
            return account
        longer = f"{account.username}-{secrets.token_hex(2)}"
        account = SignIn(**{**vars(account), "username": longer})
        await self._order_account(account)
        return account

    async def _order_account(self, account: SignIn) -> None:
        await self._administrator.order(
            "POST",
            "/accounts",
            {
                "username": account.username,
                "password": account.password,
                "name": account.name,
                "agency": account.unit,
                "roles": [account.role],
            },
        )
