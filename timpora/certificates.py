"""Signing certificates: what one says of itself, and a PKCS#12 file opened once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

SMALLEST_RSA_BITS = 2048
TRIAL = "SERTIFIKAT UJI TIMPORA, TIDAK TERSERTIFIKASI"


class NotPkcs12(Exception):
    """The bytes are no PKCS#12 file, or it lacks a key or its certificate."""


class WrongPassword(Exception):
    """A PKCS#12 file, but the password does not open it."""


@dataclass(frozen=True)
class Certificate:
    """Whom a certificate names, by whom, and from when to when."""

    holder: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    is_self_made: bool
    may_sign: bool


@dataclass(frozen=True)
class OpenedKey:
    """Key and certificates as PKCS#12 without a password of its own, for the vault."""

    content: bytes
    certificate: Certificate


def described(certificate: x509.Certificate) -> Certificate:
    return Certificate(
        holder=name_in(certificate.subject),
        issuer=authority(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        is_self_made=certificate.subject == certificate.issuer,
        may_sign=may_sign(certificate),
    )


def name_in(name: x509.Name) -> str:
    """The common name, or all of the name where it has none."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value if common else name.rfc4514_string())[:200]


def authority(name: x509.Name) -> str:
    """Who issued it: the organisation where one is named, for that is who vouches."""
    body = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    common = name_in(name)
    return f"{common}, {body[0].value!s}"[:200] if body else common


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether its key is meant for documents; silence permits (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def open_pkcs12(content: bytes, password: str) -> OpenedKey:
    """The key and certificates of a PKCS#12 file; the password is not needed again."""
    if not content.startswith(b"\x30"):
        raise NotPkcs12
    try:
        bundle = pkcs12.load_pkcs12(content, password.encode() or None)
    except ValueError as error:
        # The library tells a wrong password from a broken file by its words alone.
        wrong = "password" in str(error).lower() or "mac" in str(error).lower()
        raise (WrongPassword if wrong else NotPkcs12) from error
    key, own = bundle.key, bundle.cert
    if own is None or not isinstance(
        key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    ):
        raise NotPkcs12
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < SMALLEST_RSA_BITS:
        raise NotPkcs12
    return OpenedKey(
        content=pkcs12.serialize_key_and_certificates(
            b"timpora",
            key,
            own.certificate,
            [other.certificate for other in bundle.additional_certs],
            serialization.NoEncryption(),
        ),
        certificate=described(own.certificate),
    )


@cache
def trusted_roots(path: Path) -> tuple[x509.Certificate, ...]:
    """The roots in a PEM file that the installation trusts."""
    return tuple(x509.load_pem_x509_certificates(path.read_bytes()))


def as_der(certificates: Iterable[x509.Certificate]) -> list[bytes]:
    return [one.public_bytes(serialization.Encoding.DER) for one in certificates]


def self_made(
    name: str,
    *,
    password: str,
    valid_from: dt.datetime,
    valid_to: dt.datetime,
    signs: bool = True,
) -> bytes:
    """A PKCS#12 file for a trial: whoever reads it sees that nobody vouches for it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=SMALLEST_RSA_BITS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TRIAL),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs,
                content_commitment=signs,
                key_encipherment=not signs,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(),
        key,
        certificate,
        None,
        serialization.BestAvailableEncryption(password.encode()),
    )
