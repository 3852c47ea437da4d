"""Whether the audit still is what was written: every chain, row by row.

What the chain cannot show is a chain that was computed anew from its first changed row
to its head; whoever keeps a head outside the installation can.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies.models import AuditEntry, AuditHead
from agencies.services.audit import digest_of

AT_A_TIME = 1000


@dataclass(frozen=True)
class Finding:
    chain: str
    position: int
    says: str

    def __str__(self) -> str:
        return f"{self.chain} no. {self.position}: {self.says}"


def heads() -> QuerySet[AuditHead]:
    return AuditHead.objects.order_by("chain")


def broken_links(head: AuditHead) -> Iterator[Finding]:
    """What does not fit between the first row of a chain and the head as it was read.

    Rows are read a few at a time; rows that are appended meanwhile are left out.
    """
    chain, expected, previous = head.chain, 1, ""
    entries = AuditEntry.objects.filter(chain=chain, position__lte=head.position)
    for entry in entries.order_by("position").iterator(chunk_size=AT_A_TIME):
        if entry.position > expected:
            yield missing(chain, expected, entry.position - 1)
        elif entry.previous != previous:
            yield Finding(
                chain,
                entry.position,
                _(
                    "tidak menyambung ke baris sebelumnya; salah satunya diganti, "
                    "disisipkan, atau dipindah."
                ),
            )
        if digest_of(entry) != entry.digest:
            yield Finding(
                chain, entry.position, _("isi baris diubah atau baris dipindah.")
            )
        expected, previous = entry.position + 1, entry.digest
    if expected <= head.position:
        yield missing(chain, expected, head.position)
    elif previous != head.digest:
        yield Finding(
            chain, head.position, _("baris terakhir bukan yang dicatat kepala rantai.")
        )


def missing(chain: str, first: int, last: int) -> Finding:
    says = _("baris dihapus (no. %(first)d sampai %(last)d).")
    return Finding(chain, first, says % {"first": first, "last": last})


def beyond_the_heads() -> Iterator[Finding]:
    """Rows that no head knows of: put at the end of a chain, or in one without head."""
    head = AuditHead.objects.filter(chain=OuterRef("chain")).values("position")
    # One statement sees rows and heads of the same moment, whoever writes meanwhile.
    beyond = (
        AuditEntry.objects.annotate(known=Coalesce(Subquery(head), 0))
        .filter(position__gt=F("known"))
        .order_by("chain", "position")
    )
    for entry in beyond.iterator(chunk_size=AT_A_TIME):
        says = _("baris disisipkan di luar kepala rantai.")
        yield Finding(entry.chain, entry.position, says)
