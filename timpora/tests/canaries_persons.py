"""Words of their own in every place of a person that not everybody may read."""

from typing import Any

from agencies.models import User
from foreigners.models import Foreigner, Merge, Reading, Statement, Verdict
from foreigners.services.disclosing import unmask_document
from foreigners.services.judging import judge
from foreigners.services.matching import index_names
from foreigners.services.merging import merge, undo_merge
from foreigners.services.settling import settle
from foreigners.tests.factories import (
    ForeignerFactory,
    GuaranteeFactory,
    OtherNameFactory,
    ProtectionFactory,
    StatementFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from timpora.tests import canaries_cases
from timpora.tests.world import World
from timpora.vault import seal

HEADS = canaries_cases.HEADS
OFFICE = canaries_cases.OFFICE
# A ground that the audit keeps names nobody: the service refuses names and numbers.
AUDITED = OFFICE | {"auditor"}

CANARIES: dict[str, set[str]] = {
    "KXNAMAOA": OFFICE,
    "kxlahir": OFFICE,
    "kxalias": OFFICE,
    "kxsumber": OFFICE,
    "kxketerangan": OFFICE,
    "kxinap": OFFICE,
    "kxpenjamin": OFFICE,
    # A number is shown by an act alone, never by following links.
    "KX7712349": set(),
    "KXIZIN0009": set(),
    "KXMRZCONTOH": set(),
    "kxlindung": HEADS,
    "kxkantorizin": OFFICE,
    "kxnib": OFFICE,
    "kxalamatpenjamin": OFFICE,
    # Kept, and shown on no page.
    "kxkbli": set(),
    "kxhubung": set(),
    "kxsebagai": OFFICE,
    "kxpilihan": AUDITED,
    # The pair is one person since: its verdict is read in the audit alone.
    "kxsama": HEADS | {"officer", "auditor"},
    "kxgabung": AUDITED,
    "kxpisah": HEADS | {"officer", "auditor"},
    "kxalasanbuka": HEADS | {"officer", "auditor"},
}


def plant_persons(world: World, people: dict[str, Any]) -> None:
    person, twin = (
        ForeignerFactory(
            office=world.office, name=f"KXNAMAOA CONTOH{end}", birth_place="kxlahir"
        )
        for end in ("", "O")
    )
    for one in (person, twin):
        index_names(one)
    OtherNameFactory(foreigner=person, name="kxalias", source="kxsumber")
    StatementFactory(foreigner=person, value="kxketerangan", lodging="kxinap")
    StatementFactory(foreigner=person, value="Yang lain")
    GuaranteeFactory(
        foreigner=person,
        role="kxsebagai",
        guarantor__name="kxpenjamin",
        guarantor__nib="kxnib",
        guarantor__kbli="kxkbli",
        guarantor__address="kxalamatpenjamin",
        guarantor__contact="kxhubung",
    )
    StayPermitFactory(
        foreigner=person, number="KXIZIN0009", issuing_office="kxkantorizin"
    )
    ProtectionFactory(
        foreigner=person, note="kxlindung", determined_by=people["officer"]
    )
    document = TravelDocumentFactory(
        foreigner=person, number="KX7712349", mrz_sealed=seal("KXMRZCONTOH")
    )
    unmask_document(
        document,
        purpose=Reading.Purpose.EXAMINATION,
        reason="kxalasanbuka untuk pemeriksaan",
        by=people["officer"],
    )
    settle_marriage(person, people["officer"])
    merge_and_part(world, people["officer"])


def settle_marriage(person: Foreigner, by: User) -> None:
    said = [
        StatementFactory(
            foreigner=person, subject=Statement.Subject.MARRIAGE, value=value
        )
        for value in ("Kawin", "Belum kawin")
    ]
    settle(
        person,
        kept=said[0],
        seen=said,
        reason="kxpilihan menurut buku nikah",
        by=by,
    )


def merge_and_part(world: World, by: User) -> None:
    """Two records of one day of birth made one, parted, and made one again."""
    kept, gone = (
        ForeignerFactory(office=world.office, birth_month=4, birth_day=12)
        for _record in range(2)
    )
    for end in ("", " lagi"):
        judge(
            kept,
            gone,
            answer=Verdict.Answer.SAME,
            ground=f"kxsama menurut paspor{end}",
            revisions=(kept.revision, gone.revision),
            by=by,
        )
        done = merge(
            kept,
            gone,
            basis=Merge.Basis.BIRTH_DATE,
            ground=f"kxgabung menurut paspor{end}",
            by=by,
        )
        if not end:
            undo_merge(done, reason="kxpisah karena keliru", by=by)
