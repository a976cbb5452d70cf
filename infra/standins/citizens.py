"""The people of the demonstration. None of them exists."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Citizen:
    sub: str
    family_name: str
    given_name: str
    birthdate: str
    gender: str
    personal_id: str
    phone_number: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_name}"

    def claims(self) -> dict[str, object]:
        """As a provider of the second level of sign-in states them."""
        verified = {"phone_number_verified": True, "email_verified": True}
        return {**asdict(self), "name": self.name, **verified, "acr": "2", "loa": "2"}


@dataclass(frozen=True)
class Usager:
    """Somebody abroad, as FranceConnect knows them: without any national number."""

    sub: str
    family_name: str
    given_name: str
    birthdate: str
    gender: str
    birthplace: str
    birthcountry: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def claims(self) -> dict[str, object]:
        return {**asdict(self), "preferred_username": self.family_name}


@dataclass(frozen=True)
class Business:
    """A business, and who of the people may act for it."""

    tax_code: str
    name: str
    representative: str

    @property
    def sub(self) -> str:
        return f"{self.representative}@{self.tax_code}"

    def claims(self) -> dict[str, object]:
        return {"organization": {"tax_code": self.tax_code, "name": self.name}}


def citizen(
    sub: str, family: str, given: str, born: str, gender: str, personal_id: str
) -> Citizen:
    phone = f"+8491{personal_id[-7:]}"
    email = f"{sub}@example.org"
    return Citizen(sub, family, given, born, gender, personal_id, phone, email)


CITIZENS = {
    each.sub: each
    for each in (
        citizen("mai", "Nguyễn", "Thị Mai", "1990-03-14", "female", "001190012345"),
        citizen("hung", "Trần", "Văn Hùng", "1985-11-02", "male", "079085023416"),
        citizen("lan", "Lê", "Thị Ngọc Lan", "1978-07-21", "female", "046178034527"),
        citizen("duc", "Phạm", "Minh Đức", "1969-01-30", "male", "031069045638"),
        citizen("huong", "Hoàng", "Thu Hương", "1995-09-09", "female", "048195056749"),
        citizen("tuan", "Vũ", "Anh Tuấn", "2001-05-05", "male", "092201067851"),
        citizen("linh", "Đặng", "Khánh Linh", "2004-12-24", "female", "001304078962"),
        citizen("binh", "Bùi", "Thanh Bình", "1956-04-18", "male", "034056089173"),
        citizen("thao", "Đỗ", "Phương Thảo", "1988-08-08", "female", "079188091284"),
        citizen("quang", "Ngô", "Nhật Quang", "1992-02-29", "male", "048092102395"),
        citizen("yen", "Dương", "Hải Yến", "1983-10-10", "female", "056183113416"),
        citizen("phuc", "Lý", "Gia Phúc", "1974-06-01", "male", "091074124527"),
    )
}

USAGERS = {
    each.sub: each
    for each in (
        Usager(
            sub="9a1f4c27v1",
            family_name="LEFÈVRE",
            given_name="Camille Anne",
            birthdate="1981-06-23",
            gender="female",
            birthplace="75112",
            birthcountry="99100",
            email="camille@example.org",
        ),
        Usager(
            sub="51c07bd8v1",
            family_name="NGUYEN",
            given_name="Thierry",
            birthdate="1972-00-00",
            gender="male",
            birthplace="",
            birthcountry="99243",
            email="thierry@example.org",
        ),
    )
}

BUSINESSES = {
    each.sub: each
    for each in (
        Business("0100109106", "Công ty TNHH Ban Mai (thử nghiệm)", "lan"),
        Business("0100109106-001", "Chi nhánh Ban Mai tại Ea Kly", "duc"),
    )
}
