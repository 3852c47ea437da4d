"""PKCS#12 files as an administrator would bring them, and signers who have one."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import Signer, User
from agencies.tests.factories import SignerFactory, UserFactory
from documents.models import SigningCertificate
from documents.services.certificates import keep_certificate
from timpora.certificates import open_pkcs12, self_made

PASSWORD = "kata-sandi-berkas-uji"
DAY = dt.timedelta(days=1)


def pkcs12(name: str, *, since: int = -1, until: int = 300, **fields) -> bytes:
    """A test certificate of ``name``; days from now, before it is not valid and after."""
    now = timezone.now()
    return self_made(
        name,
        password=PASSWORD,
        valid_from=now + since * DAY,
        valid_to=now + until * DAY,
        **fields,
    )


def key_of(name: str) -> bytes:
    """Certificate and key as the vault keeps them, for signing without a row."""
    return open_pkcs12(pkcs12(name), PASSWORD).content


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("kunci.p12", content)


def administrator_of(signer: Signer) -> User:
    return UserFactory(agency=signer.office.agency, role=User.Role.ADMINISTRATOR)


def certify(signer: Signer, **fields) -> SigningCertificate:
    """The signer has a certificate in their own name."""
    return keep_certificate(
        signer,
        file=file_of(pkcs12(signer.name, **fields)),
        password=PASSWORD,
        by=administrator_of(signer),
    )


def certify_user(user: User) -> SigningCertificate:
    """As the office's list of signers has them, or newly on it."""
    office = user.agency.office
    listed = Signer.objects.filter(office=office, user=user).first()
    return certify(listed or SignerFactory(office=office, user=user, name=user.name))
