"""The certificates with which an office's signers sign: brought, checked, kept, removed."""

import base64
import re

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Signer, User
from agencies.services.audit import record
from agencies.services.notifying import notify
from documents.models import SigningCertificate
from documents.models.certificate import WARNED_BEFORE
from timpora.certificates import (
    Certificate,
    NotPkcs12,
    OpenedKey,
    WrongPassword,
    open_pkcs12,
)
from timpora.dates import local_date, long_date
from timpora.errors import DomainError
from timpora.vault import seal, unseal

MOST_BYTES = 64 * 1024


class CertificateRefused(DomainError):
    pass


class NameDiffers(CertificateRefused):
    """The certificate names somebody else than the signer; a reason lets it pass."""


@transaction.atomic
def keep_certificate(
    signer: Signer,
    *,
    file: UploadedFile,
    password: str,
    name_reason: str = "",
    by: User,
) -> SigningCertificate:
    """Keep what is in a PKCS#12 file for a signer; the one before loses its key.

    The password opens the file here and is not kept. Refused: what is not such a file, a
    wrong password, a key that is not for signing, a certificate that is not valid today,
    and without a reason one that names somebody else.
    """
    opened = opened_from(file, password)
    certificate = opened.certificate
    refuse_useless(certificate, signer)
    if not names_match(signer.name, certificate.holder) and not name_reason.strip():
        raise NameDiffers(
            _(
                "Sertifikat ini atas nama “%(holder)s”, bukan “%(signer)s”. Bila "
                "memang milik penanda tangan, tulis alasan nama berbeda."
            )
            % {"holder": certificate.holder, "signer": signer.name}
        )
    forget_key(signer)
    kept = SigningCertificate.objects.create(
        signer=signer,
        key_sealed=seal(base64.b64encode(opened.content).decode()),
        holder=certificate.holder,
        issuer=certificate.issuer,
        serial=certificate.serial,
        fingerprint=certificate.fingerprint,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        is_self_made=certificate.is_self_made,
        name_reason=name_reason.strip(),
        added_by=by,
    )
    record(
        by,
        "documents.keep_certificate",
        signer,
        office_id=signer.office_id,
        reason=kept.name_reason,
        fingerprint=kept.fingerprint,
        valid_to=kept.valid_to.isoformat(),
    )
    return kept


@transaction.atomic
def remove_certificate(certificate: SigningCertificate, *, by: User) -> None:
    """Forget the key; a second click finds nothing to forget."""
    if not forget_key(certificate.signer):
        return
    record(
        by,
        "documents.remove_certificate",
        certificate.signer,
        office_id=certificate.signer.office_id,
        fingerprint=certificate.fingerprint,
    )


def forget_key(signer: Signer) -> int:
    return (
        SigningCertificate.objects.in_use()
        .filter(signer=signer)
        .update(key_sealed="", removed_at=timezone.now())
    )


def opened_from(file: UploadedFile, password: str) -> OpenedKey:
    wrong = _("Berkas ini bukan PKCS#12 (.p12 atau .pfx) dengan kunci tanda tangan.")
    if (file.size or 0) > MOST_BYTES:
        raise CertificateRefused(wrong)
    try:
        return open_pkcs12(file.read(), password)
    except NotPkcs12 as error:
        raise CertificateRefused(wrong) from error
    except WrongPassword as error:
        raise CertificateRefused(
            _("Kata sandi tidak membuka berkas sertifikat ini.")
        ) from error


def refuse_useless(certificate: Certificate, signer: Signer) -> None:
    now, zone = timezone.now(), signer.office.time_zone
    if certificate.valid_to < now:
        raise CertificateRefused(
            _("Sertifikat ini kedaluwarsa sejak %s. Mintalah yang baru.")
            % long_date(local_date(certificate.valid_to, zone))
        )
    if certificate.valid_from > now:
        raise CertificateRefused(
            _("Sertifikat ini baru berlaku mulai %s. Unggah pada hari itu.")
            % long_date(local_date(certificate.valid_from, zone))
        )
    if not certificate.may_sign:
        raise CertificateRefused(
            _("Kunci sertifikat ini tidak diperuntukkan bagi tanda tangan.")
        )


def names_match(one: str, other: str) -> bool:
    """The same name, whatever the titles, the dots and the capitals."""
    return bare_name(one) == bare_name(other)


def bare_name(name: str) -> list[str]:
    """ "Dr. H. Bima Contoh, S.H., M.H." as ["bima", "contoh"]."""
    before_titles = name.split(",")[0]
    words = [word for word in before_titles.split() if not word.endswith(".")]
    return [re.sub(r"\W", "", word).casefold() for word in words]


def certificate_of(signer: Signer) -> SigningCertificate | None:
    """With what the signer signs at this moment, if with anything."""
    now = timezone.now()
    return (
        SigningCertificate.objects.in_use()
        .filter(signer=signer.pk, valid_from__lte=now, valid_to__gt=now)
        .first()
        if signer.pk
        else None
    )


def key_of(certificate: SigningCertificate) -> bytes:
    return base64.b64decode(unseal(certificate.key_sealed))


def warn_of_expiry() -> None:
    """The sweep: one mail to each administrator while there is time for a new one."""
    now = timezone.now()
    ending = (
        SigningCertificate.objects.in_use()
        .filter(valid_to__lt=now + WARNED_BEFORE, valid_to__gt=now)
        .select_related("signer__office__agency")
    )
    for certificate in ending:
        office = certificate.signer.office
        day = long_date(local_date(certificate.valid_to, office.time_zone))
        for pk, email in User.objects.filter(
            agency=office.agency, role=User.Role.ADMINISTRATOR, is_active=True
        ).values_list("pk", "email"):
            notify(
                key=f"certificate:{certificate.pk}:{pk}",
                to=email,
                subject=_("Sertifikat tanda tangan berakhir %s") % day,
                body=_(
                    "Sertifikat tanda tangan %(name)s berakhir %(day)s. Sesudah itu berkas "
                    "terbit tanpa tanda tangan elektronik. Ganti di %(site)s/kelola/sertifikat/"
                )
                % {
                    "name": certificate.signer.name,
                    "day": day,
                    "site": settings.SITE_URL,
                },
                office_id=office.pk,
            )
