"""The authority's certificates and revocation lists, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    load_pem_private_key,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

AUTHORITIES = ("root", "issuing")
FRESH = timedelta(days=7)


def routes(folder: Path) -> list[Route]:
    def certificate(request: Request) -> Response:
        found = load(folder, request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        der = found.public_bytes(Encoding.DER)
        return Response(der, media_type="application/pkix-cert")

    def revocations(request: Request) -> Response:
        found = load(folder, request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        key = (folder / f"{request.path_params['name']}.key").read_bytes()
        listed = revocation_list(found, key, now=datetime.now(UTC))
        der = listed.public_bytes(Encoding.DER)
        return Response(der, media_type="application/pkix-crl")

    return [Route("/{name}.crt", certificate), Route("/{name}.crl", revocations)]


def load(folder: Path, name: str) -> x509.Certificate | None:
    if name not in AUTHORITIES:
        return None
    return x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())


def revocation_list(
    issuer: x509.Certificate, key: bytes, *, now: datetime
) -> x509.CertificateRevocationList:
    """Nothing is revoked here; the list says so, signed, for a week."""
    private = load_pem_private_key(key, None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("The authority's keys are RSA keys.")
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        private.public_key()
    )
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(now - timedelta(minutes=5))
        .next_update(now + FRESH)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(identifier, critical=False)
        .sign(private, SHA256())
    )
