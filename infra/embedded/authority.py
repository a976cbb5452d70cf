"""A local certificate authority: root, issuing, time-stamps, and the agency's seal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
    load_pem_private_key,
)
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)
from pkcs11.util.rsa import encode_rsa_public_key
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.embedded.files import write_private

YEARS = {"root": 20, "issuing": 15, "tsa": 10, "seal": 3}
TOKEN, LABEL = "guichet", "seal"


class AuthoritySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GUICHET_AUTHORITY_", frozen=True)

    folder: Path
    url: str
    module: Path
    pin: SecretStr


def main() -> None:
    """Makes what is missing; may run again."""
    settings = AuthoritySettings()
    if (settings.folder / "seal.pem").exists():
        return
    now = datetime.now(UTC)
    authority = Authority(settings.folder, settings.url, now=now)
    authority.make_chain()
    library = pkcs11.lib(str(settings.module))
    token = library.get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=settings.pin.get_secret_value()) as session:
        certificate = authority.seal(seal_key(session))
        store(session, LABEL, certificate)
        store(session, "issuing", authority.read("issuing"))  # papers carry the chain
    authority.write("seal", certificate)


class Authority:
    def __init__(self, folder: Path, url: str, *, now: datetime) -> None:
        self._folder = folder
        self._url = url
        self._now = now

    def make_chain(self) -> None:
        root_key, key, tsa_key = (self._new_key(name) for name in list(YEARS)[:3])
        root = self._certify("root", root_key.public_key(), root_key, None)
        issuing = self._certify("issuing", key.public_key(), root_key, root)
        tsa = self._certify("tsa", tsa_key.public_key(), key, issuing)
        for name, certificate in (("root", root), ("issuing", issuing), ("tsa", tsa)):
            self.write(name, certificate)

    def seal(self, public_key: RSAPublicKey) -> x509.Certificate:
        key = load_pem_private_key((self._folder / "issuing.key").read_bytes(), None)
        assert isinstance(key, RSAPrivateKey)  # noqa: S101 -- we made it
        return self._certify("seal", public_key, key, self.read("issuing"))

    def read(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate(
            (self._folder / f"{name}.pem").read_bytes()
        )

    def write(self, name: str, certificate: x509.Certificate) -> None:
        pem = certificate.public_bytes(Encoding.PEM)
        write_private(self._folder / f"{name}.pem", pem)

    def _new_key(self, name: str) -> RSAPrivateKey:
        key = generate_private_key(65537, 3072)
        form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_private(self._folder / f"{name}.key", key.private_bytes(*form))
        return key

    def _certify(
        self,
        name: str,
        public_key: RSAPublicKey,
        signer: RSAPrivateKey,
        issuer: x509.Certificate | None,
    ) -> x509.Certificate:
        subject = SUBJECTS[name]
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(minutes=5))
            .not_valid_after(self._now + timedelta(days=365 * YEARS[name]))
        )
        for extension, critical in self._extensions(name, public_key, signer):
            builder = builder.add_extension(extension, critical)
        return builder.sign(signer, SHA256())

    def _extensions(
        self, name: str, public_key: RSAPublicKey, signer: RSAPrivateKey
    ) -> list[tuple[x509.ExtensionType, bool]]:
        is_authority = name in ("root", "issuing")
        depth = {"root": 1, "issuing": 0}.get(name)
        found: list[tuple[x509.ExtensionType, bool]] = [
            (x509.BasicConstraints(ca=is_authority, path_length=depth), True),
            (key_usage(is_authority=is_authority), True),
            (x509.SubjectKeyIdentifier.from_public_key(public_key), False),
            (authority_key(signer), False),
        ]
        if name == "tsa":
            stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            found.append((stamping, True))
        if name != "root":
            issuer = "root" if name == "issuing" else "issuing"
            found.append((revocations(f"{self._url}/{issuer}.crl"), False))
            found.append((parent(f"{self._url}/{issuer}.crt"), False))
        return found


def key_usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def authority_key(signer: RSAPrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())


def revocations(url: str) -> x509.CRLDistributionPoints:
    point = [x509.UniformResourceIdentifier(url)]
    return x509.CRLDistributionPoints([x509.DistributionPoint(point, None, None, None)])


def parent(url: str) -> x509.AuthorityInformationAccess:
    where = x509.UniformResourceIdentifier(url)
    how = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)
    return x509.AuthorityInformationAccess([how])


def named(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Guichet demo"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


SUBJECTS = {
    "root": named("Guichet demo root"),
    "issuing": named("Guichet demo issuing"),
    "tsa": named("Guichet demo time-stamps"),
    "seal": named("Guichet demo"),
}


def seal_key(session: pkcs11.Session) -> RSAPublicKey:
    """Made inside the token; only its public half comes out."""
    public, _ = session.generate_keypair(
        pkcs11.KeyType.RSA, 3072, id=LABEL.encode(), label=LABEL, store=True
    )
    found = load_der_public_key(encode_rsa_public_key(public))
    assert isinstance(found, RSAPublicKey)  # noqa: S101 -- we asked for RSA
    return found


def store(session: pkcs11.Session, label: str, certificate: x509.Certificate) -> None:
    session.create_object(
        {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: label,
            pkcs11.Attribute.ID: label.encode(),
            pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
            pkcs11.Attribute.VALUE: certificate.public_bytes(Encoding.DER),
        }
    )


if __name__ == "__main__":
    main()
