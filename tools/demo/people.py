"""People who might live in Ea Kly: made up, but valid to the last digit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import factory.random
from factory.base import Factory
from factory.declarations import LazyAttribute, LazyFunction
from faker import Faker

LOCALE = "vi_VN"
MOBILE = ("032", "034", "036", "039", "086", "096", "097", "098")
BIRTH_PROVINCES = ("066", "066", "066", "064", "052", "067", "038", "040", "079")
PROVINCE = "66"
COMMUNES = ("24490", "24493", "24496", "24499")
STREETS = ("Y Jút", "Lê Lợi", "Nguyễn Huệ", "Trần Phú", "Hùng Vương", "Điện Biên Phủ")
MIDDLE = {"male": ("Văn", "Đức", "Quang", "Hữu"), "female": ("Thị", "Mai", "Ngọc")}
YOUNGEST = date(2005, 12, 31)
OLDEST = date(1950, 1, 1)


@dataclass(frozen=True)
class Person:
    """A citizen as the identity card and the telephone book know them."""

    full_name: str
    gender: str
    birth_date: date
    personal_id: str
    phone: str
    email: str
    residence: dict[str, Any]


def personal_number(province: str, gender: str, born: date, tail: int) -> str:
    """Province of birth, century and sex, year, six random digits (Decree 137/2015)."""
    century = (born.year - 1900) // 100 * 2 + (gender == "female")
    return f"{province}{century}{born.year % 100:02}{tail:06}"


def mail_name(full_name: str) -> str:
    plain = unicodedata.normalize("NFD", full_name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return ".".join(letters.lower().split())


def address(random: Random) -> dict[str, Any]:
    number = f"{random.randint(1, 240)} {random.choice(STREETS)}"
    return {
        "province_code": PROVINCE,
        "commune_code": random.choice(COMMUNES),
        "street": number,
        "address_text_old": None,
    }


def name_of(gender: str, random: Random) -> str:
    faker = Faker(LOCALE)
    faker.seed_instance(random.getrandbits(32))
    given = faker.first_name_male if gender == "male" else faker.first_name_female
    return f"{faker.last_name()} {random.choice(MIDDLE[gender])} {given()}"


class PersonFactory(Factory[Person]):
    """`PersonFactory(gender="female")`; name only what matters."""

    class Meta:
        model = Person

    class Params:
        random = LazyFunction(lambda: Random(factory.random.randgen.getrandbits(64)))

    gender = LazyAttribute(lambda o: o.random.choice(("male", "female")))
    full_name = LazyAttribute(lambda o: name_of(o.gender, o.random))
    birth_date = LazyAttribute(
        lambda o: OLDEST + timedelta(o.random.randrange((YOUNGEST - OLDEST).days))
    )
    personal_id = LazyAttribute(
        lambda o: personal_number(
            o.random.choice(BIRTH_PROVINCES),
            o.gender,
            o.birth_date,
            o.random.randrange(10**6),
        )
    )
    phone = LazyAttribute(
        lambda o: f"+84{o.random.choice(MOBILE)[1:]}{o.random.randrange(10**7):07}"
    )
    email = LazyAttribute(
        lambda o: f"{mail_name(o.full_name)}.{o.random.randrange(10**4):04}@example.vn"
    )
    residence = LazyAttribute(lambda o: address(o.random))


def a_person(seed: str, **known: Any) -> Person:
    """Always the same person for the same seed."""
    factory.random.reseed_random(seed)
    person: Person = PersonFactory.build(**known)
    return person
