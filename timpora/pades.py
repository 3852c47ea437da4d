"""The only place that knows pyHanko: signing a field, and what a file's signatures say.

Nothing here asks the network: no time-stamping, no revocation lists, no chains fetched.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext

from timpora.certificates import Certificate, as_der, described

SIGNS = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)

# The library judges what follows a signature; ours also what follows the unsigned paper,
# where the first signature raises the flags of the form.
SIGNED_ONLY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)


class Unreadable(Exception):
    """The file is no PDF whose signatures could be read."""


@dataclass(frozen=True)
class Found:
    """One signature of a file: by whom, when they say, and whether it still holds."""

    field: str
    certificate: Certificate
    signed_at: dt.datetime | None
    # Its bytes are those that were signed, and whatever came later only signed too.
    is_intact: bool
    # Nothing at all came after it.
    covers_file: bool
    is_trusted: bool


class Addition(IncrementalPdfFileWriter):
    """Appends to a file and leaves its metadata alone, for they carry the marks of PDF/A
    and PDF/UA; the same addition to the same file gives the same bytes."""

    def _update_meta(self) -> None:
        """No new date of change, no second XMP block."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        first, _second = prev.trailer["/ID"]
        prev.stream.seek(0)
        digest = hashlib.sha256(prev.stream.read()).digest()[:16]
        return generic.ArrayObject([first, generic.ByteStringObject(digest)])


class DatedSigner(PdfSigner):
    """Writes the moment of the act, whenever the worker comes to it."""

    def __init__(self, *args: Any, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sign(
    content: bytes, *, field: str, key: bytes, at: dt.datetime, stamp: bytes
) -> bytes:
    """``content`` with a PAdES signature appended into ``field``, which shows ``stamp``.

    ``key`` is PKCS#12 without a password; ``stamp`` is a PDF of one page.
    """
    addition = Addition(BytesIO(content))
    show(addition, field, stamp)
    signer = DatedSigner(
        PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        ),
        signer=SimpleSigner.load_pkcs12_data(key, other_certs=()),
        stamp_style=NoOpStampStyle(),
        at=at.astimezone(dt.UTC).replace(microsecond=0),
    )
    signed: BytesIO = signer.sign_pdf(addition, existing_fields_only=True)
    return signed.getvalue()


def show(addition: Addition, field: str, stamp: bytes) -> None:
    """Make the page ``stamp`` what the box of ``field`` looks like."""
    for name, _value, reference in enumerate_sig_fields(addition):
        if name == field:
            box = reference.get_object()
            drawn = addition.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
            box["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): drawn})
            addition.update_container(box)


def signatures(
    content: bytes, *, roots: Sequence[x509.Certificate] = ()
) -> list[Found]:
    """What each signature of a file says, in the order in which they were made."""
    try:
        reader = PdfFileReader(BytesIO(content))
        return [judged(one, roots) for one in reader.embedded_regular_signatures]
    # A file from outside may break the library anywhere; none of it is our state.
    except Exception as error:
        raise Unreadable from error


def judged(embedded: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> Found:
    signed_at = embedded.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in as_der(roots)],
        moment=signed_at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(
        embedded, signer_validation_context=context, key_usage_settings=SIGNS
    )
    return Found(
        field=embedded.field_name,
        certificate=described(
            x509.load_der_x509_certificate(embedded.signer_cert.dump())
        ),
        signed_at=signed_at,
        is_intact=status.intact and status.valid and bool(status.docmdp_ok),
        covers_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_trusted=status.trusted,
    )


def only_signed_since(content: bytes, *, before: int) -> bool:
    """Whether what follows the first ``before`` bytes only fills signature fields."""
    try:
        base = PdfFileReader(BytesIO(content[:before])).xrefs.total_revisions
        found = SIGNED_ONLY.review_file(
            PdfFileReader(BytesIO(content)), base_revision=base - 1
        )
    except Exception as error:
        raise Unreadable from error
    return isinstance(found, DiffResult)
