"""Time-stamps, revocation lists and the seal hold up under a real validator."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from cryptography import x509

from infra.embedded import Servers
from infra.embedded.softhsm import MODULE

OPENSSL = "/usr/bin/openssl"


@pytest.fixture(scope="module")
def pki(servers: Servers) -> Path:
    return servers.site.home / "pki"


def openssl(*arguments: str | Path) -> str:
    done = subprocess.run(
        [OPENSSL, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def stamped(servers: Servers, query: bytes) -> bytes:
    asked = Request(
        servers.addresses.tsa,
        query,
        {"Content-Type": "application/timestamp-query"},
    )
    with urlopen(asked) as answer:
        return bytes(answer.read())


def test_a_time_stamp_verifies(servers: Servers, pki: Path, tmp_path: Path) -> None:
    document, query, reply = (tmp_path / name for name in ("doc", "query", "reply"))
    document.write_text("decided")
    openssl("ts", "-query", "-data", document, "-sha256", "-cert", "-out", query)

    reply.write_bytes(stamped(servers, query.read_bytes()))

    chain = ("-CAfile", pki / "root.pem", "-untrusted", pki / "issuing.pem")
    ours = openssl("ts", "-verify", "-data", document, "-in", reply, *chain)
    document.write_text("decided otherwise")
    other = openssl("ts", "-verify", "-data", document, "-in", reply, *chain)
    assert "Verification: OK" in ours
    assert "Verification: FAILED" in other


def test_nonsense_is_not_stamped(servers: Servers, tmp_path: Path) -> None:
    reply = tmp_path / "reply"

    reply.write_bytes(stamped(servers, b"no query"))

    assert "Status: Rejected" in openssl("ts", "-reply", "-in", reply, "-text")


@pytest.mark.parametrize("name", ["seal", "tsa"])
def test_a_certificate_leads_to_the_root_and_is_not_revoked(
    pki: Path, tmp_path: Path, name: str
) -> None:
    certificate = x509.load_pem_x509_certificate((pki / f"{name}.pem").read_bytes())
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    [place] = points.value[0].full_name or []
    revoked = tmp_path / "issuing.crl"
    with urlopen(place.value) as answer:
        revoked.write_bytes(answer.read())

    listed = openssl("crl", "-in", revoked, "-CAfile", pki / "issuing.pem", "-noout")
    chain = ("-CAfile", pki / "root.pem", "-untrusted", pki / "issuing.pem")
    trusted = openssl("verify", *chain, pki / f"{name}.pem")

    assert "verify OK" in listed
    assert f"{name}.pem: OK" in trusted


SEALS = """
import sys, pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
token = pkcs11.lib(sys.argv[1]).get_token(token_label="guichet")
with token.open(user_pin=sys.argv[2]) as session:
    key = session.get_key(pkcs11.ObjectClass.PRIVATE_KEY, label="seal")
    sealed = key.sign(b"decided", mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
    kind = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
    [held] = session.get_objects({**kind, pkcs11.Attribute.LABEL: "seal"})
    certificate = x509.load_der_x509_certificate(held[pkcs11.Attribute.VALUE])
    certificate.public_key().verify(sealed, b"decided", PKCS1v15(), SHA256())
    print(key[pkcs11.Attribute.EXTRACTABLE], certificate.subject.rfc4514_string())
"""


def test_the_seal_signs_and_never_leaves_its_token(servers: Servers) -> None:
    own = servers.environment("signing")
    pin = own["GUICHET_SIGNING_PKCS11_PIN"]

    told = subprocess.run(
        [sys.executable, "-c", SEALS, str(MODULE), pin],
        env={"SOFTHSM2_CONF": own["SOFTHSM2_CONF"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert told.startswith("False CN=Guichet demo")
