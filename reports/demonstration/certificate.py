"""The chief's signing certificate: for a trial, and saying so wherever it is shown."""

import datetime as dt
import secrets

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import User
from documents.services.certificates import keep_certificate
from reports.demonstration.masters import Cast
from timpora.certificates import self_made

# Before the first act of the demonstration, and until long after its last.
VALID = dt.timedelta(days=1000)


def certify_chief(cast: Cast) -> None:
    """Minutes and decisions of the demonstration are signed with it, letters that an
    officer sends are not."""
    signer = cast.office.signers.get()
    password, now = secrets.token_urlsafe(12), timezone.now()
    content = self_made(
        signer.name, password=password, valid_from=now - VALID, valid_to=now + VALID
    )
    keep_certificate(
        signer,
        file=SimpleUploadedFile("sertifikat-uji.p12", content),
        password=password,
        by=User.objects.get(agency=cast.office.agency, role=User.Role.ADMINISTRATOR),
    )
