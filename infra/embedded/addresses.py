"""Where everything is: our own servers, or those the person named instead."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from infra.embedded.ports import HOST
from infra.embedded.site import Site


@dataclass(frozen=True)
class PostgresAddress:
    host: str
    port: int
    user: str
    password: str

    def dsn(self, database: str = "postgres") -> str:
        account = f"{quote(self.user)}:{quote(self.password, safe='')}"
        return f"postgresql://{account}@{self.host}:{self.port}/{database}"


@dataclass(frozen=True)
class S3Address:
    endpoint: str
    access_key: str
    secret_key: str
    secure: bool


@dataclass(frozen=True)
class SmppAddress:
    host: str
    port: int
    system_id: str
    password: str


@dataclass(frozen=True)
class OidcAddress:
    """A provider, and how it speaks: one of the portal's profiles."""

    profile: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class GatewayAddress:
    url: str
    terminal: str
    secret: str


TERMINAL = "GUICHET1"  # the code of our merchant at the stand-in gateway
ACCOUNT = "970436/0011001234567/TTPVHCC XA EA KLY"  # made up, of a real bank


class Addresses:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._settings = site.settings
        self._secrets = site.secrets

    @property
    def public_url(self) -> str:
        own = f"http://{HOST}:{self._site.ports['portal']}"
        return self._settings.public_url or own

    @property
    def standins_url(self) -> str:
        return f"http://{HOST}:{self._site.ports['standins']}"

    @property
    def postgres(self) -> PostgresAddress:
        if outside := self._settings.external_postgres:
            url = urlsplit(outside)
            return PostgresAddress(
                url.hostname or HOST, url.port or 5432, user(url), password(url)
            )
        secret = self._secrets.password("postgres")
        return PostgresAddress(HOST, self._site.ports["postgres"], "postgres", secret)

    def amqp(self, account: str) -> str:
        secret = self._secrets.password(f"amqp.{account}")
        if outside := self._settings.external_amqp:
            return with_account(outside, account, secret)
        return f"amqp://{account}:{secret}@{HOST}:{self._site.ports['amqp']}//"

    def s3(self, account: str) -> S3Address:
        secret = self._secrets.password(f"s3.{account}")
        if outside := self._settings.external_s3:
            url = urlsplit(with_account(outside, account, secret))
            keys = (user(url), password(url))
            return S3Address(netloc(url), *keys, secure=url.scheme == "https")
        endpoint = f"{HOST}:{self._site.ports['s3']}"
        return S3Address(endpoint, account, secret, secure=False)

    @property
    def smtp(self) -> tuple[str, int]:
        if outside := self._settings.external_smtp:
            url = urlsplit(outside)
            return url.hostname or HOST, url.port or 25
        return HOST, self._site.ports["smtp"]

    @property
    def smpp(self) -> SmppAddress:
        if outside := self._settings.external_smpp:
            url = urlsplit(outside)
            return SmppAddress(
                url.hostname or HOST, url.port or 2775, user(url), password(url)
            )
        secret = self._secrets.password("smpp")[:8]  # the protocol allows eight
        return SmppAddress(HOST, self._site.ports["smpp"], "guichet", secret)

    @property
    def oidc(self) -> OidcAddress:
        """The first, at which citizens sign in unless they choose another."""
        return self.providers[0]

    @property
    def providers(self) -> list[OidcAddress]:
        """From outside as `https://ID:SECRET@issuer#profile`, with spaces between."""
        if outside := self._settings.external_oidc:
            return [provider_at(each) for each in outside.split()]
        secret, own = self._secrets.password("oidc"), ("oidc", "franceconnect")
        return [
            OidcAddress(
                profile, f"{self.standins_url}/{path}", "guichet-portal", secret
            )
            for profile, path in zip(("vneid", "franceconnect"), own, strict=True)
        ]

    @property
    def gateway(self) -> GatewayAddress:
        """Of payments: its page, our merchant's code, and the secret of both."""
        if outside := self._settings.external_vnpay:
            url = urlsplit(outside)
            page = urlunsplit(url._replace(netloc=netloc(url)))
            return GatewayAddress(page, user(url), password(url))
        page = f"{self.standins_url}/vnpay/vpcpay.html"
        return GatewayAddress(page, TERMINAL, self._secrets.password("vnpay"))

    @property
    def account(self) -> tuple[str, str, str]:
        """Where fees are transferred to: the bank's BIN, the number, whose it is."""
        bin, number, name = (self._settings.bank_account or ACCOUNT).split("/", 2)
        return bin, number, name

    @property
    def tsa(self) -> str:
        return self._settings.external_tsa or f"{self.standins_url}/tsa"


def provider_at(outside: str) -> OidcAddress:
    url = urlsplit(outside)
    issuer = urlunsplit(url._replace(netloc=netloc(url), fragment=""))
    return OidcAddress(url.fragment or "vneid", issuer, user(url), password(url))


def with_account(outside: str, account: str, secret: str) -> str:
    """An address that names no account has ours, each with its own rights."""
    url = urlsplit(outside)
    if url.username:
        return outside
    return urlunsplit(url._replace(netloc=f"{account}:{secret}@{url.netloc}"))


def user(url: SplitResult) -> str:
    return unquote(url.username or "")


def password(url: SplitResult) -> str:
    return unquote(url.password or "")


def netloc(url: SplitResult) -> str:
    return url.netloc.rpartition("@")[2]
