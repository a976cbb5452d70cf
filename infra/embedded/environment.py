"""What each process finds in its environment: its own settings, nobody else's."""

from __future__ import annotations

import json
from dataclasses import asdict

from infra.embedded.addresses import Addresses
from infra.embedded.databases import SERVICES
from infra.embedded.ports import HOST
from infra.embedded.site import Site
from infra.embedded.softhsm import MODULE, SoftHSM

__all__ = ["SERVICES", "environment"]


def environment(
    site: Site, addresses: Addresses, service: str, process: str
) -> dict[str, str]:
    own = common(site, addresses, service, process) | special(site, addresses, service)
    named = {f"GUICHET_{service.upper()}_{name}": value for name, value in own.items()}
    if service == "signing":
        named["SOFTHSM2_CONF"] = str(SoftHSM(site, addresses).configuration)
    return named


def common(
    site: Site, addresses: Addresses, service: str, process: str
) -> dict[str, str]:
    database = addresses.postgres
    return {
        "AMQP_URI": addresses.amqp(service),
        "POSTGRES_HOST": database.host,
        "POSTGRES_PORT": str(database.port),
        "POSTGRES_PASSWORD": site.secrets.password(f"postgres.{service}"),
        "MASTER_KEY": site.secrets.key("master_key"),
        "ACTOR_PUBLIC_KEY": site.secrets.actor_public_key(),
        "HEALTH_PORT": str(site.ports[f"health.{process}"]),
        "CATALOGUE_DIR": str(site.settings.catalogue_dir.resolve()),
        "PUBLIC_URL": addresses.public_url,
    }


def special(site: Site, addresses: Addresses, service: str) -> dict[str, str]:
    match service:
        case "intake":
            return treasury(addresses)
        case "documents":
            return storage(addresses, service)
        case "signing":
            return storage(addresses, service) | sealing(site, addresses)
        case "notifications":
            return storage(addresses, service) | channels(addresses)
        case "portal":
            return web(site, addresses)
    return {}


def treasury(addresses: Addresses) -> dict[str, str]:
    gateway = addresses.gateway
    bin, number, name = addresses.account
    return {
        "VNPAY_TERMINAL": gateway.terminal,
        "VNPAY_SECRET": gateway.secret,
        "VNPAY_URL": gateway.url,
        "BANK_BIN": bin,
        "BANK_ACCOUNT": number,
        "BANK_ACCOUNT_NAME": name,
    }


def storage(addresses: Addresses, service: str) -> dict[str, str]:
    address = addresses.s3(service)
    return {
        "S3_ENDPOINT": address.endpoint,
        "S3_ACCESS_KEY": address.access_key,
        "S3_SECRET_KEY": address.secret_key,
        "S3_SECURE": str(address.secure).lower(),
    }


def sealing(site: Site, addresses: Addresses) -> dict[str, str]:
    return {
        "PKCS11_MODULE": str(MODULE),
        "PKCS11_TOKEN": "guichet",
        "PKCS11_PIN": site.secrets.pin("pkcs11"),
        "PKCS11_KEY": "seal",
        "TSA_URL": addresses.tsa,
        "TRUST_ROOTS": str(site.home / "pki" / "root.pem"),
    }


def channels(addresses: Addresses) -> dict[str, str]:
    (smtp_host, smtp_port), smpp = addresses.smtp, addresses.smpp
    return {
        "SMTP_HOST": smtp_host,
        "SMTP_PORT": str(smtp_port),
        "SMPP_HOST": smpp.host,
        "SMPP_PORT": str(smpp.port),
        "SMPP_SYSTEM_ID": smpp.system_id,
        "SMPP_PASSWORD": smpp.password,
        "SMS_SENDER": "GUICHET",
        "MAIL_FROM": "guichet@localhost.localdomain",
    }


def web(site: Site, addresses: Addresses) -> dict[str, str]:
    return {
        "ACTOR_PRIVATE_KEY": site.secrets.actor_private_key(),
        "HOST": HOST,
        "PORT": str(site.ports["portal"]),
        "OIDC_PROVIDERS": json.dumps(
            [{"id": each.profile, **asdict(each)} for each in addresses.providers]
        ),
        "PSEUDONYM_KEY": site.secrets.key("pseudonym_key"),
        "SESSION_SECRET": site.secrets.key("session_secret"),
        "UPLOADS_DIR": str(site.home / "uploads"),
        "ADMIN_PASSWORD": site.secrets.password("admin"),
    }
